"""Ids in Markdown: where one is given, and how an editor gives one."""

from __future__ import annotations

import functools
import re

from ..mark import Mark
from ..model import Document
from .markdown import body, mark_of

MADE_BY = {"in-short": "an /// in-short block", "sources": "{{ sources() }}"}
MAKERS = {"in-short": re.compile(r"^///+[ \t]*in-short\b", re.M), "sources": re.compile(r"\{\{[ \t]*sources\(")}
# Where ids are given, and how each is written there: in the braces behind a heading, in HTML or the attributes of a
# block, and in a call of ladder(). They may overlap, as in {{ ladder("call-911") }} and {id: call-911}.
GIVEN = (
    (re.compile(r"\{([^{}\n]*)"), re.compile(r"#([\w.:-]*[\w-])")),
    (re.compile(r"\bid(?:=[\"']?|:[ \t]*)([\w.:-]*[\w-])"), re.compile(r".+")),
    (re.compile(r"\bladder\(([^()\n]*)"), re.compile(r"""["']([^"'\n]+)["']""")),
)
CARDS = ("call-911", "call-today", "book-a-visit")


def anchor_mark(document: Document, anchor: str, last: bool = False) -> Mark | None:
    """Where the Markdown gives the id, first or last: behind a heading, in a block, in HTML, or by what makes it."""
    found = anchor_offsets(body(document), anchor)
    return mark_of(document.text, found[-1 if last else 0]) if found else None


def anchor_offsets(text: str, anchor: str) -> tuple[int, ...]:
    """The offsets at which a text gives the id."""
    made = [match.start() for match in MAKERS[anchor].finditer(text)] if anchor in MAKERS else []
    return tuple(sorted([*ids_in(text).get(anchor, ()), *made]))


@functools.lru_cache(maxsize=64)
def ids_in(text: str) -> dict[str, list[int]]:
    """Every id that a text gives, with the offsets of what gives it."""
    places: dict[str, list[int]] = {}
    for around, id in GIVEN:
        for match in around.finditer(text):
            for name in dict.fromkeys(id.findall(match[1])):
                places.setdefault(name, []).append(match.start())
    return places


def how_to_add(anchor: str) -> str:
    """What an editor writes to get a section with this id."""
    if anchor in MADE_BY:
        return MADE_BY[anchor]
    if anchor in CARDS:
        return f"a section, or a card with attrs: {{id: {anchor}}}"
    return f"a section whose heading ends {{#{anchor}}}"
