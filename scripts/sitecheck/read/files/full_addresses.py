"""Addresses that a program reads without knowing the site they are on, so that they must name it."""

from __future__ import annotations

import re

from ..record import Row

FULL = re.compile(r"\s*+[A-Za-z][A-Za-z0-9+.-]*+:")


def lacks_host(raw: str) -> bool:
    """Whether an address holds only together with that of the page; an empty one is reported as such."""
    return bool(raw) and not FULL.match(raw)


def without_host(where: str, raw: str, line: int, column: int, in_main: bool = True) -> Row:
    """The `model.page.MarkupIssue` row of such an address; `where` is the element, field or name that holds it."""
    return ("address-without-host", f"{where} {raw}", line, column, in_main)
