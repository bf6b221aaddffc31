"""The command line: what was asked, one run, one exit status."""

from __future__ import annotations

import sys


def main(arguments: list[str]) -> int:
    """Run the checker. Returns 0 for nothing found, 1 for findings."""
    from .run import chosen, findings
    from .site import read_site

    site = read_site(arguments[0] if arguments else "site")
    found = findings(site, chosen(project=False))
    for one in found:
        print(f"{one.file}:{one.line}:{one.column} {one.code} {one.message}")
    print(f"{len(found)} findings", file=sys.stderr)
    return bool(found)
