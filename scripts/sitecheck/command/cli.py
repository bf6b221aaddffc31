"""The command line: one run, one exit status, and every error in one line."""

from __future__ import annotations

import gc
import os
import sys
import time
from typing import TextIO

from ..model.errors import CANNOT_RUN, CannotRun

INTERRUPTED = 130  # exit status


def main(arguments: list[str]) -> int:
    """Run the checker and return the exit status: 0 no error, 1 errors, 2 it could not run, 130 interrupted.

    No exception leaves it, unless SITECHECK_DEBUG is set.
    """
    started = time.perf_counter()
    gc.disable()  # millions of small objects with hardly a cycle: looking for cycles took a third of the time
    try:
        from .run import run

        sys.stdout, sys.stderr = sys.stdout or null_output(), sys.stderr or null_output()
        status = run(arguments, started)
        sys.stdout.flush()
        return status
    except KeyboardInterrupt:
        return print_error("stopped", INTERRUPTED)
    except BrokenPipeError:  # `scripts/check | head` has read all that it wants
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CANNOT_RUN
    except CannotRun as error:
        return print_error(str(error))
    except MemoryError:
        pass  # reported below, once the exception no longer holds what filled the memory
    except Exception as error:
        if os.environ.get("SITECHECK_DEBUG"):
            raise
        what = f"{type(error).__name__}: {error}"
        return print_error(f"the checker itself failed ({what}); SITECHECK_DEBUG=1 shows where")
    return print_error("the site needs more memory than there is; check a part of it, or with --jobs 1")


def null_output() -> TextIO:
    """A stream that discards text, for an output that the caller has closed (`>&-`): the run goes on without it."""
    return os.fdopen(os.open(os.devnull, os.O_WRONLY), "w")


def print_error(message: str, status: int = CANNOT_RUN) -> int:
    """Print a message as one line to stderr, and return the exit status."""
    print(f"sitecheck: {' '.join(message.split())}", file=sys.stderr)
    return status
