"""The shape in which every reader hands over what it found."""

from __future__ import annotations

from typing import Any, NamedTuple

Row = tuple[Any, ...]  # the fields of a `model.page.Ref`, Heading, MarkupIssue …: a plain row is cheap to keep
Rows = tuple[Row, ...]


class Record(NamedTuple):
    """What is kept of a file: the fields of `model.page.Page` after its path, as marshal can keep them."""

    title: str = ""
    description: str = ""
    lang: str = ""
    refs: Rows = ()  # `model.page.Ref` rows; of a page, only if somebody will ask for them again
    ids: Rows = ()  # rows of (id, line, column); a Page keeps them packed
    repeats_ids: bool = False
    names: tuple[str, ...] = ()
    headings: Rows = ()
    json_ld: Rows = ()
    blocks: Rows = ()
    stated: Rows = ()
    base: str = ""
    maps: tuple[str, ...] = ()
    markup_issues: Rows = ()
    forwards: str = ""
    hidden: bool = False
    passes_on: bool = False
    named_links: Rows = ()
    pointers: Rows = ()
    alternates: Rows = ()
