"""The schema.org things in the structured data of a built page (JSON-LD 1.1)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...model.page import Page
from ...read.files.strict_json import parse_json


class BadLinkedData(ValueError):
    """The text is not a JSON-LD object. The message says why."""


def things(text: str) -> list[dict[str, Any]]:
    """The top-level things of one script: those of its @graph, or itself. Raises BadLinkedData."""
    try:
        data = parse_json(text)
    except ValueError as error:
        raise BadLinkedData(str(error)) from None
    objects = data if isinstance(data, list) else [data]
    if not all(isinstance(one, dict) for one in objects):
        raise BadLinkedData("it holds something that is not an object")
    if any("schema.org" not in str(one.get("@context", "")) for one in objects):
        raise BadLinkedData('it does not begin with "@context": "https://schema.org"')
    graphs = (one.get("@graph", [one]) for one in objects)
    return [thing for graph in graphs if isinstance(graph, list) for thing in graph if isinstance(thing, dict)]


def all_things(page: Page) -> list[dict[str, Any]]:
    """The page's top-level things; invalid scripts are skipped, because a rule of their own reports them."""
    found = []
    for text, *_ in page.json_ld:
        try:
            found += things(text)
        except BadLinkedData:
            continue
    return found


def of_type(page: Page, kind: str) -> list[dict[str, Any]]:
    """The page's top-level things of one schema.org type."""
    return [thing for thing in all_things(page) if kind in as_list(thing.get("@type"))]


def words_in(thing: Any, keys: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Every (key, text) at any depth whose key is one of `keys`."""
    for key, value in thing.items() if isinstance(thing, dict) else ():
        for one in as_list(value):
            if isinstance(one, dict):
                yield from words_in(one, keys)
            elif key in keys and isinstance(one, str):
                yield key, one


def objects(value: Any) -> list[dict[str, Any]]:
    """The objects in a value, which may be one or a list of them."""
    return [one for one in as_list(value) if isinstance(one, dict)]


def as_list(value: Any) -> list[Any]:
    """A value as a list: in schema.org, a single value means a list of one."""
    return value if isinstance(value, list) else [] if value is None else [value]
