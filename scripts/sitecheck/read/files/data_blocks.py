"""Addresses in a page's scripts: modules, import maps and speculation rules (WHATWG HTML), and JSON-LD (schema.org)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from .modules import imported
from .strict_json import parse_json

JSON_LD = "application/ld+json"
MODULE = re.compile(r"/|\./|\.\./|[A-Za-z][A-Za-z0-9+.-]*:")  # how an address begins; browsers ignore any other word
# Properties whose address is meant to be opened: "@id" only identifies, and "sameAs" is a page of another site.
OPENED = frozenset((
    "url", "image", "logo", "item", "mainEntityOfPage", "contentUrl", "embedUrl", "thumbnailUrl", "thumbnail",
    "photo", "hasMap", "target",
))  # fmt: skip
ADDRESS = re.compile(r"(https?://|/|\.{1,2}/)[^\s{}]*\Z")  # braces are a template's, as of a search


def addresses(kind: str, text: str) -> Iterator[tuple[str, str]]:
    """(kind of reference, address) pairs of a block. Raises ValueError if it should be JSON and is not."""
    if kind == "module":
        return (("script", raw) for raw, _ in imported(text))
    value = parse_json(text)
    if kind == JSON_LD:
        return opened(value)
    return import_map(members(value)) if kind == "importmap" else speculation_rules(members(value))


def members(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def import_map(block: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Modules of "imports" and of each scope, and addresses in whose place a script gets them.

    A name that ends in "/" needs an address that does.
    """
    for names in (block.get("imports"), *members(block.get("scopes")).values()):
        for name, raw in members(names).items():
            if MODULE.match(name):
                yield "mapped", name
            if isinstance(raw, str) and MODULE.match(raw) and (raw.endswith("/") or not name.endswith("/")):
                yield "importmap", raw


def speculation_rules(block: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Pages in lists of URLs. Rules by pattern list none."""
    for kind in ("prefetch", "prerender"):
        rules = block.get(kind)
        for rule in rules if isinstance(rules, list) else ():
            urls = members(rule).get("urls")
            yield from ((kind, raw) for raw in (urls if isinstance(urls, list) else ()) if isinstance(raw, str))


def opened(value: Any) -> Iterator[tuple[str, str]]:
    """What search engines follow in structured data."""
    waiting: list[tuple[str, Any]] = [("", value)]
    while waiting:
        name, value = waiting.pop()
        if isinstance(value, dict):
            waiting += value.items()
        elif isinstance(value, list):
            waiting += [(name, one) for one in value]
        elif isinstance(value, str) and name in OPENED and ADDRESS.match(value):
            yield "json-ld", value
