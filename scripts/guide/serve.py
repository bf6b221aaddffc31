"""scripts/serve: `mkdocs serve`, with every error of MkDocs in our words."""

from __future__ import annotations

import argparse
import sys

from mkdocs.commands.serve import serve

from guide.generators import refusal
from guide.mkdocs_errors import COMPLAINTS


def main(arguments: list[str]) -> int:
    """Serve until Ctrl-C. Returns 0, or 2 when the server could not start."""
    parser = argparse.ArgumentParser(prog="scripts/serve", description="Preview the guide, rebuilt after each save.")
    parser.add_argument("-a", "--dev-addr", metavar="HOST:PORT", help="where to serve it")
    parser.add_argument("-o", "--open", action="store_true", help="open it in a browser")
    options = parser.parse_args(arguments)
    COMPLAINTS.listen()
    try:
        serve(dev_addr=options.dev_addr, open_in_browser=options.open)
    except OSError as error:
        print(f"{options.dev_addr} cannot be used ({error.strerror}): name another with --dev-addr HOST:PORT")
        return 2
    except (Exception, SystemExit) as error:
        print(refusal(error)[1], end="")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
