"""Run a command so that no traceback reaches the person who typed it."""

from __future__ import annotations

import sys
from collections.abc import Callable

from guide.build import discard_output


def run(name: str, main: Callable[[list[str]], int]) -> int:
    """Run `main` with the arguments of this process. Returns its status; 130 when stopped, 2 when it cannot run."""
    try:
        status = main(sys.argv[1:])
        sys.stdout.flush()
        return status
    except KeyboardInterrupt:
        print(f"{name}: stopped", file=sys.stderr)
        return 130
    except BrokenPipeError:  # whoever read the output has enough: scripts/sign | head -3
        discard_output()
        return 2
    except OSError as error:
        print(f"{name}: {error.filename or 'a file'} cannot be read or written ({error.strerror})", file=sys.stderr)
        return 2
