"""The names of a site's files, indexed for suggestions."""

from collections import Counter
from collections.abc import Collection
from typing import NamedTuple

from ..model.similar_names import Effort


class Suggestion(NamedTuple):
    """What was probably meant, and whether it is the only candidate."""

    address: str = ""
    only_one: bool = False


NO_SUGGESTION = Suggestion()


class FileNames:
    """Indexes of the files' names, and the suggestions made so far."""

    def __init__(self, files: Collection[str]) -> None:
        self.addresses = {bare(path): path for path in files}  # bare path -> file
        times = Counter(map(bare, files))
        self.ambiguous = {path for path, count in times.items() if count > 1}  # bare paths of several files
        self.namesakes: dict[str, list[str]] = {}  # last part of a bare path -> the bare paths that end with it
        self.siblings: dict[str, list[str]] = {}  # folder -> the last parts of the bare paths in it
        for path in self.addresses:
            folder, _, name = path.rpartition("/")
            self.namesakes.setdefault(name, []).append(path)
            self.siblings.setdefault(folder, []).append(name)
        self.plain_ids: dict[str, dict[str, list[str]]] = {}  # page -> see suggest.broken_links.plain_ids
        self.effort = Effort()
        self.suggestions: dict[str, Suggestion] = {}  # the path or "path#fragment" wanted -> the file or "#id" meant


def bare(path: str) -> str:
    """A path without the differences between Markdown and the site: "a/b.md", "a/b/index.html" and "A/B/" are equal."""
    path = path.casefold().rstrip("/").removesuffix("/index.html")
    return path.removesuffix(".md").removesuffix(".html")
