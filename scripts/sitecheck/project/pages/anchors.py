"""Ids in Markdown: where one is given, and how an editor gives one."""

from __future__ import annotations

import functools
import re

from ..mark import Mark
from ..model import Document
from .markdown import body, mark_of

MADE_BY = {"in-short": "an /// in-short block", "sources": "{{ sources() }}"}
MAKERS = {"in-short": r"^///+[ \t]*in-short\b", "sources": r"\{\{[ \t]*sources\("}
CARDS = ("call-911", "call-today", "book-a-visit")


def anchor_mark(document: Document, anchor: str, last: bool = False) -> Mark | None:
    """Where the Markdown gives the id, first or last: behind a heading, in a block, in HTML, or by what makes it."""
    found = anchor_offsets(body(document), anchor)
    return mark_of(document.text, found[-1 if last else 0]) if found else None


@functools.lru_cache(maxsize=4096)
def anchor_offsets(text: str, anchor: str) -> list[int]:
    """The offsets at which a text gives the id."""
    if anchor not in text and anchor not in MAKERS:
        return []
    name = re.escape(anchor)
    known = rf"\{{[^{{}}\n]*#{name}(?![\w-])|\bid(?:=[\"']?|:[ \t]*){name}(?![\w-])|\bladder\([^()\n]*[\"']{name}[\"']"
    pattern = f"{known}|{MAKERS[anchor]}" if anchor in MAKERS else known
    return [match.start() for match in re.finditer(pattern, text, re.M)]


def how_to_add(anchor: str) -> str:
    """What an editor writes to get a section with this id."""
    if anchor in MADE_BY:
        return MADE_BY[anchor]
    if anchor in CARDS:
        return f"a section, or a card with attrs: {{id: {anchor}}}"
    return f"a section whose heading ends {{#{anchor}}}"
