"""The shape in which every reader hands over what it found."""

from __future__ import annotations

from typing import NamedTuple


class Record(NamedTuple):
    """What is kept of a file: the fields of `facts.Page` after its path, as marshal can keep them."""

    title: str = ""
    description: str = ""
    lang: str = ""
    refs: tuple = ()  # `facts.Ref` rows; of a page, only if somebody will ask for them again
    ids: tuple = ()  # rows of (id, line, column); a Page keeps them packed
    repeats_ids: bool = False
    names: tuple = ()
    headings: tuple = ()
    json_ld: tuple = ()
    blocks: tuple = ()
    stated: tuple = ()
    base: str = ""
    maps: tuple = ()
    flaws: tuple = ()
    forwards: str = ""
    hidden: bool = False
    passes_on: bool = False
    named_links: tuple = ()
    pointers: tuple = ()
    alternates: tuple = ()
