"""The targets of fragments on a page, and whether a fragment finds one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from ..model.page import ANY_ID, ids_of

if TYPE_CHECKING:
    from ..model.page import Page
    from ..read import Record

IGNORED = dict.fromkeys(map(ord, "\t\n\r"))
STRIPPED = "".join(map(chr, range(0x21)))  # at the end of an address (WHATWG URL, "C0 control or space")
UNESCAPED = "".join(chr(code) for code in range(0x21, 0x7F) if chr(code) not in '"<>`')  # WHATWG URL, "fragment" set
# Lines of a listing, which a script marks: 3-5 in rustdoc, L3-L5 on hosts of code. Each line has an id.
LINES = re.compile(r"(?P<first>(?P<of>[A-Za-z]*)\d+)-(?:(?P=of))?(?P<last>\d+)")
ROUTES = "/!"  # as in #/pets and #!: for a script, and never an id
HTML = (".html", ".htm", ".xhtml")


def fragments_of(page: Page | Record) -> frozenset[str]:
    """All that a fragment can point to on a page: ids and names."""
    return frozenset((*ids_of(page.packed_ids), *page.names))


def has_fragment(there: frozenset[str], fragment: str, file: str) -> bool:
    """Whether a fragment, as written in an address, points to one of the targets `there` in `file`.

    Follows WHATWG HTML, "find a potential indicated element": as written, then percent-decoded, then "top". True for
    files whose fragments cannot be checked.
    """
    if fragment in there or ANY_ID in there:
        return True
    name = file.lower()
    if not name.endswith(HTML) and (not name.endswith(".svg") or "(" in fragment or "=" in fragment):
        return True  # page 2 of a PDF, second 10 of a video, svgView(…): not ids, so nothing to check
    fragment = fragment.translate(IGNORED).rstrip(STRIPPED)  # as the URL parser does
    fragment = fragment.split(":~:")[0]  # a text fragment: words for the browser to highlight
    encoded, decoded = quote(fragment, UNESCAPED, errors="replace"), unquote(fragment)
    if decoded.lower() in ("", "top") or decoded[0] in ROUTES or not there.isdisjoint((fragment, encoded, decoded)):
        return True
    lines = LINES.fullmatch(decoded)
    return lines is not None and {lines["first"], lines["of"] + lines["last"]} <= there
