"""Addresses inside JSON-LD (schema.org): what search engines follow."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from .strict_json import parse_json

# Properties whose address is meant to be opened: "@id" only identifies, and "sameAs" is a page of another site.
OPENED = frozenset((
    "url", "image", "logo", "item", "mainEntityOfPage", "contentUrl", "embedUrl", "thumbnailUrl", "thumbnail",
    "photo", "hasMap", "target",
))  # fmt: skip
ADDRESS = re.compile(r"(https?://|/|\.{1,2}/)[^\s{}]*\Z")  # braces are a template's, as of a search


def addresses(text: str) -> Iterator[str]:
    """Yield the values of the properties that hold an address."""
    try:
        value = parse_json(text)
    except ValueError:
        return
    waiting: list[tuple[str, Any]] = [("", value)]
    while waiting:
        name, value = waiting.pop()
        if isinstance(value, dict):
            waiting += value.items()
        elif isinstance(value, list):
            waiting += [(name, one) for one in value]
        elif isinstance(value, str) and name in OPENED and ADDRESS.match(value):
            yield value
