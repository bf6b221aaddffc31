"""`python -m sitecheck`: the checker's only entry."""

import sys

from .cli import main

sys.exit(main(sys.argv[1:]))
