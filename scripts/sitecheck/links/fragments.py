"""What a fragment can point to, and whether it does."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

if TYPE_CHECKING:
    from ..model.page import Page
    from ..read import Record

DROPPED = dict.fromkeys(map(ord, "\t\n\r"))
CUT_OFF = "".join(map(chr, range(0x21)))  # at the end of an address (WHATWG URL, "C0 control or space")
KEPT = "".join(chr(code) for code in range(0x21, 0x7F) if chr(code) not in '"<>`')  # WHATWG URL, "fragment" set
HTML = (".html", ".htm", ".xhtml")


def fragments_of(page: Page | Record) -> frozenset[str]:
    """The targets on a page."""
    return frozenset([row[0] for row in page.ids]).union(page.names)


def has_fragment(there: frozenset[str], fragment: str, file: str) -> bool:
    """WHATWG HTML, "find a potential indicated element": as an address has it, then percent-decoded, then "top"."""
    if fragment in there:
        return True
    name = file.lower()
    if not name.endswith(HTML) and (not name.endswith(".svg") or "(" in fragment or "=" in fragment):
        return True  # page 2 of a PDF, second 10 of a film, svgView(…): nothing here can tell
    fragment = fragment.translate(DROPPED).rstrip(CUT_OFF)  # as the URL parser does
    fragment = fragment.split(":~:")[0]  # what follows is for the browser alone: text to highlight
    encoded, decoded = quote(fragment, KEPT, errors="replace"), unquote(fragment)
    if decoded.lower() in ("", "top") or not there.isdisjoint((fragment, encoded, decoded)):
        return True
    first, _, last = decoded.partition("-")
    return first.isdecimal() and last.isdecimal() and first in there and last in there  # lines 3-5 of rustdoc's sources
