"""The options from pyproject.toml [tool.sitecheck] and the command line."""

from collections.abc import Mapping
from typing import Any, NamedTuple


class Options(NamedTuple):
    """How to read a site. The defaults are what a static host and a browser do."""

    base: str = ""  # where the site will live
    index_files: tuple[str, ...] = ("index.html",)  # the files that a host serves for a folder
    clean_urls: bool = False  # the host answers "foo" with foo.html
    ignore_elements: str = ""  # a CSS selector; references in what it finds are not followed
    rewrite: tuple[tuple[str, str], ...] = ()  # (pattern, replacement) for addresses, before they are followed
    ignore: tuple[Mapping[str, str], ...] = ()  # exceptions: code, page and target patterns, reason
    copies: tuple[tuple[str, int], ...] = ()  # patterns of pages made of others, and their lines in the settings
    raised: tuple[str, ...] = ()  # families or rules whose advice counts as errors; "" for all
    picture_bytes: int = 60_000  # largest picture: about a second on a slow phone line
    jobs: int = 0  # processes; 0: as many as save time
    cache: bool = True

    @property
    def reading(self) -> tuple[Any, ...]:
        """The options that change the facts read from a file."""
        return (self.ignore_elements,)
