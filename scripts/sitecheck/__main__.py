"""`python -m sitecheck`, or `sitecheck` where it is installed: the checker's only entry point."""

import os
import sys
from typing import NoReturn

from .command.cli import main


def run() -> NoReturn:
    """Check, and end the process with the exit status."""
    status = main(sys.argv[1:])
    os._exit(status)  # the system frees the memory at once; Python would first free every object


if __name__ == "__main__":
    run()
