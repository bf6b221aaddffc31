"""The command line: what was asked, one run, one exit status."""

from __future__ import annotations

import gc
import os
import sys
import time
from typing import TextIO

from ..model.errors import CannotRun

FOUND, CLEAN, FAILED, STOPPED = 1, 0, 2, 130


def main(arguments: list[str]) -> int:
    """Run the checker: 0 nothing found, 1 findings, 2 it could not run, 130 interrupted. Nobody sees a traceback."""
    started = time.perf_counter()
    gc.disable()  # millions of small facts, hardly a cycle among them: looking for some took a third of the time
    try:
        from .run import run

        sys.stdout, sys.stderr = sys.stdout or nowhere(), sys.stderr or nowhere()
        status = run(arguments, started)
        sys.stdout.flush()
        return status
    except KeyboardInterrupt:
        return say("stopped", STOPPED)
    except BrokenPipeError:  # whoever read the output has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except MemoryError:
        pass  # told below, where what filled the memory is gone
    except Exception as error:
        if os.environ.get("SITECHECK_DEBUG"):
            raise
        if isinstance(error, CannotRun):
            return say(str(error), FAILED)
        return say(
            f"the checker itself failed ({type(error).__name__}: {error}); SITECHECK_DEBUG=1 shows where", FAILED
        )
    return say("the site needs more memory than there is; check a part of it, or with --jobs 1", FAILED)


def nowhere() -> TextIO:
    """For an output that whoever called has closed: the rest is wanted all the same."""
    return os.fdopen(os.open(os.devnull, os.O_WRONLY), "w")


def say(message: str, status: int) -> int:
    """One line on the error stream."""
    print(f"sitecheck: {' '.join(message.split())}", file=sys.stderr)
    return status
