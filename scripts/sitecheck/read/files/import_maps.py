"""Data blocks that make the browser load something: import maps and speculation rules (WHATWG HTML)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from .strict_json import parse_json

ADDRESS = re.compile(r"/|\./|\.\./|[A-Za-z][A-Za-z0-9+.-]*:")  # of a module; browsers ignore any other word


def addresses(kind: str, text: str) -> Iterator[tuple[str, str]]:
    """(kind of reference, address) pairs of a block; none if it is not valid JSON."""
    try:
        block = members(parse_json(text))
    except ValueError:
        return iter(())
    return import_map(block) if kind == "importmap" else speculation_rules(block)


def members(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def import_map(block: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Modules of "imports" and of each scope; a name that ends in "/" needs an address that does."""
    for names in (block.get("imports"), *members(block.get("scopes")).values()):
        for name, raw in members(names).items():
            if isinstance(raw, str) and ADDRESS.match(raw) and (raw.endswith("/") or not name.endswith("/")):
                yield "importmap", raw


def speculation_rules(block: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Pages in lists of URLs. Rules by pattern list none."""
    for kind in ("prefetch", "prerender"):
        rules = block.get(kind)
        for rule in rules if isinstance(rules, list) else ():
            urls = members(rule).get("urls")
            yield from ((kind, raw) for raw in (urls if isinstance(urls, list) else ()) if isinstance(raw, str))
