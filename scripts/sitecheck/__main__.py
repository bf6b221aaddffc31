"""`python -m sitecheck`: the checker's only entry point."""

import os
import sys

from .command.cli import main

status = main(sys.argv[1:])
os._exit(status)  # the system frees the memory at once; Python would first free every object
