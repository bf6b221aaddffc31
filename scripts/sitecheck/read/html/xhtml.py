"""XHTML put into the words of HTML: <title/> is an empty title, and not the start of one that never ends."""

from __future__ import annotations

import re

# Elements that HTML knows to be empty may keep their slash (WHATWG HTML, "void elements").
VOID = rb"area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr"
ATTRIBUTES = rb"""(?:[^<>"'/]|"[^"]*"|'[^']*'|/(?!>))*"""
CLOSED = re.compile(
    rb"(?P<kept><!--.*?(?:-->|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z))"
    rb"|<(?!(?:%s)[\s/])(?P<name>[A-Za-z][\w:.-]*)(?=[\s/])(?P<attributes>%s)/>" % (VOID, ATTRIBUTES),
    re.S,
)


def as_html(data: bytes) -> bytes:
    """The same page for a reader of HTML: on the same lines, with each element ended where XML ends it."""
    return CLOSED.sub(lambda match: match["kept"] or b"<%s%s></%s>" % match.group("name", "attributes", "name"), data)
