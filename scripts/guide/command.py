"""Run a command so that no traceback reaches the person who typed it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from finish import FinishError


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
    except OSError as error:
        problem = problem or f"{error.filename or 'a file'} cannot be read or written"
        print(f"{name}: {problem} ({error.strerror}){unchanged}", file=sys.stderr)
        return 2


def discard_output() -> None:
    """Send further output nowhere, after its reader has closed the pipe (`scripts/build | head -1`)."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
