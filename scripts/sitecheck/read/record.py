"""The record that every reader returns."""

from typing import Any, NamedTuple

Row = tuple[Any, ...]  # the fields of a `model.page.Ref`, Heading, MarkupIssue …: a plain row is cheap to keep
Rows = tuple[Row, ...]


class Record(NamedTuple):
    """What is kept of a file: the fields of `model.page.Page` after its path, in types that marshal can store."""

    title: str = ""
    description: str = ""
    lang: str = ""
    refs: Rows = ()  # `model.page.Ref` rows; of a page, only where a rule needs them later
    packed_ids: str = ""
    packed_places: bytes = b""
    repeated_ids: frozenset[str] = frozenset()
    pointed_ids: frozenset[str] = frozenset()
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
    id_references: Rows = ()
    alternates: Rows = ()
    is_template: bool = False
    words: str = ""
