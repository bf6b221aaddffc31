"""The shape in which every reader hands over what it found."""

from __future__ import annotations

from typing import NamedTuple


class Record(NamedTuple):
    """What is kept of a file: the fields of `facts.Page` after its path, as marshal can keep them."""

    title: str = ""
    description: str = ""
    lang: str = ""
    refs: bytes = b"\xa9\x00"  # marshalled tuple of `facts.Ref` rows; here the empty one
    ids: tuple = ()
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
