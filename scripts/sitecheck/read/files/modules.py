"""The modules that a script imports at its very beginning, where code that only looks like an import cannot stand."""

from __future__ import annotations

import re
from collections.abc import Iterator

# ECMAScript, "Imports" and "Exports"; before and between them may stand space, comments and the attributes of the last.
_BETWEEN = (
    r"""(?:[\s;]++|//[^\n]*+|/\*[^*]*+(?:\*(?!/)[^*]*+)*\*/|(["'])use strict\1|(?:with|assert)\s*+\{[^{}]*+\})*"""
)
_NAMES = r"(?:import(?:[\w$\s{},*]*?\bfrom)?|export\s*+[*{][\w$\s{},*]*?\bfrom)"
_IMPORT = re.compile(rf"""{_BETWEEN}{_NAMES}\s*+(["'])(?P<raw>[^"'\n]*+)\2""")
_FILE = re.compile(r"(?:\.{1,2})?/[^\s\\]*\.m?js(?:[?#]\S*)?")  # others are names for a bundler or an import map


def imported(script: str) -> Iterator[tuple[str, int]]:
    """(address, offset) of each module."""
    match = _IMPORT.match(script)
    while match:
        if _FILE.fullmatch(match["raw"]):
            yield match["raw"], match.start("raw")
        match = _IMPORT.match(script, match.end())
