"""`python -m sitecheck`: the checker's only entry."""

import os
import sys

from .command.cli import main

status = main(sys.argv[1:])
os._exit(status)  # the system takes the memory back at once; Python would first take every fact apart
