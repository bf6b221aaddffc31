"""SVG files (SVG 2), read like SVG inside a page."""

from __future__ import annotations

import re

from ...model.page import SEPARATOR
from ..files.lines import Lines
from ..record import Record, Row
from .elements import read_ids, read_links, read_painted, read_references, read_styles
from .parsed_page import ParsedPage
from .parser import parse
from .references import References

_PROLOG = re.compile(r"<!--.*?(?:-->|\Z)|<\?xml-stylesheet\s(?P<data>.*?)(?:\?>|\Z)", re.S)


def read_svg(data: bytes) -> Record:
    """References and ids of an SVG file."""
    text = data.decode("utf-8", "replace")
    page = ParsedPage(parse(text))
    anchors, links = read_links(page)
    rows = read_prolog(text) + read_references(page) + read_styles(page) + read_painted(page)
    return Record(
        refs=References(rows, anchors, links, page.reference).all(), packed_ids=SEPARATOR.join(read_ids(page))
    )


def read_prolog(text: str) -> list[Row]:
    """References to style sheets in the prolog, before <svg>; few files have any."""
    prolog = text.partition("<svg")[0]
    if "<?xml-stylesheet" not in prolog:
        return []
    from ..files.xml import style_sheet

    lines, found = Lines(prolog), []
    for match in _PROLOG.finditer(prolog):
        if match["data"] and (raw := style_sheet(match["data"])):
            found.append(("stylesheet", raw, *lines.place(match.start()), "", True))
    return found
