"""Run a command so that no traceback reaches the person who typed it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Collection

from finish import FinishError
from sitecheck.model.nearest import nearest


class Refused(Exception):
    """One line for the person who typed a command: why nothing was done, and what to do."""


def run(
    name: str, main: Callable[[list[str]], int], arguments: list[str], problem: str = "", unchanged: str = ""
) -> int:
    """Run `main` with `arguments`. Returns its status; 130 when stopped, 2 when it cannot run.

    `problem` says what an OSError means, and `unchanged` what is as it was before.
    """
    try:
        status = main(arguments)
        sys.stdout.flush()
        return status
    except KeyboardInterrupt:
        print(f"{name}: stopped{unchanged}", file=sys.stderr)
        return 130
    except BrokenPipeError:  # whoever read the output has enough: scripts/sign | head -3
        discard_output()
        return 2
    except FinishError as error:
        print(error, file=sys.stderr)
        return 1
    except Refused as reason:
        print(reason, file=sys.stderr)
        return 2
    except OSError as error:
        problem = problem or f"{error.filename or 'a file'} cannot be read or written"
        print(f"{name}: {problem} ({error.strerror}){unchanged}", file=sys.stderr)
        return 2


def print_done(text: str) -> None:
    """Print what was done. It is done even if nobody reads it: `scripts/build | head -1`."""
    try:
        sys.stdout.buffer.write(f"{text}\n".encode("utf-8", "backslashreplace"))  # a folder's name may not be Unicode
        sys.stdout.flush()
    except OSError:
        discard_output()


def discard_output() -> None:
    """Send further output nowhere, after its reader has closed the pipe."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def instead_of(word: str, known: Collection[str]) -> str:
    """Return what to type in place of an unknown word."""
    near = nearest(word, known)
    return f"did you mean {near}?" if near else f"choose from {', '.join(known)}."
