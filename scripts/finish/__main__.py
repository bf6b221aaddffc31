"""python -m finish SITE: the finishing pass alone, on any built site."""

from __future__ import annotations

import sys
from pathlib import Path

from . import FinishError, finish


def main(arguments: list[str]) -> int:
    """Exit status: 0 finished; 1 finished, with pages to fix; 2 not a built site."""
    if len(arguments) != 1 or not Path(arguments[0]).is_dir():
        print("Name the folder of a built site: python -m finish site", file=sys.stderr)
        return 2
    try:
        finish(Path(arguments[0]))
    except FinishError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
