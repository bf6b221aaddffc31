"""The names of a site's files as suggestions look through them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from typing import NamedTuple


class Suggestion(NamedTuple):
    """What was probably meant, and whether nothing else could have been."""

    address: str = ""
    only_one: bool = False


NO_SUGGESTION = Suggestion()


class FileNames:
    """The names of a site's files as suggestions look through them, and what has been worked out already."""

    def __init__(self, files: Collection[str]) -> None:
        self.addresses = {bare(path): path for path in files}  # address without what differs in spelling -> file
        spelled = Counter(map(bare, files))
        self.several = {path for path, times in spelled.items() if times > 1}  # nobody can tell which is meant
        self.namesakes: dict[str, list[str]] = {}  # last part of an address -> the addresses that end with it
        self.siblings: dict[str, list[str]] = {}  # folder -> the last parts of the addresses in it
        for path in self.addresses:
            folder, _, name = path.rpartition("/")
            self.namesakes.setdefault(name, []).append(path)
            self.siblings.setdefault(folder, []).append(name)
        self.plain_ids: dict[str, dict[str, list[str]]] = {}  # page -> see `plain_ids`
        self.suggestions: dict[str, Suggestion] = {}  # wanted -> file


def bare(path: str) -> str:
    """A path without what differs between Markdown and the site: "a/b.md", "a/b/index.html" and "A/B/" are one."""
    path = path.casefold().rstrip("/").removesuffix("/index.html")
    return path.removesuffix(".md").removesuffix(".html")
