"""XHTML as HTML: <title/> gets the end tag that an HTML parser needs, and xml:lang of the root its name in HTML."""

from __future__ import annotations

import re

# Void elements may keep their slash (WHATWG HTML).
VOID = rb"area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr"
ATTRIBUTES = rb"""(?:[^<>"'/]|"[^"]*"|'[^']*'|/(?!>))*"""
CLOSED = re.compile(
    rb"(?P<kept><!--.*?(?:-->|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z))"
    rb"|<(?!(?:%s)[\s/])(?P<name>[A-Za-z][\w:.-]*)(?=[\s/])(?P<attributes>%s)/>" % (VOID, ATTRIBUTES),
    re.S,
)


def as_html(data: bytes) -> bytes:
    """The page with an end tag for every self-closed element that is not void. Lines and columns stay the same."""
    data = data.replace(b" xml:lang=", b"     lang=", 1)
    return CLOSED.sub(lambda match: match["kept"] or b"<%s%s></%s>" % match.group("name", "attributes", "name"), data)
