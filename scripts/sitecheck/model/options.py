"""What a person may choose: pyproject.toml [tool.sitecheck] and the command line, in one frozen place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple


class Options(NamedTuple):
    """How to read a site. The defaults are what a static host and a browser do."""

    base: str = ""  # where the site will live
    index_files: tuple[str, ...] = ("index.html",)  # what a host answers with for a folder
    clean_urls: bool = False  # the host answers "foo" with foo.html
    ignore_elements: str = ""  # a CSS selector; references in what it finds are not followed
    rewrite: tuple[tuple[str, str], ...] = ()  # (pattern, replacement) for addresses, before they are followed
    ignore: tuple[Mapping[str, str], ...] = ()  # exceptions: code, page and target patterns, reason
    copies: tuple[tuple[str, int], ...] = ()  # patterns of pages made of others, with their lines
    picture_bytes: int = 60_000  # what a picture may weigh: about a second on a slow phone line
    jobs: int = 0  # processes; 0: as many as pay
    cache: bool = True

    @property
    def reading(self) -> tuple[Any, ...]:
        """What the facts of a file depend on."""
        return (self.ignore_elements,)
