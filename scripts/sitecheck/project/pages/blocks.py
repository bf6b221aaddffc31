"""The blocks an editor writes in Markdown: /// emergency | Call 911 now if: … ///"""

import functools
import re
from collections.abc import Iterator
from typing import NamedTuple

from ..mark import Mark
from ..model import Document
from .markdown import body

FENCE = re.compile(
    r"^(?P<indent>[ ]{0,3})(?P<slashes>/{3,})[ \t]*(?P<kind>[\w-]*)[ \t]*"
    r"(?:\|[ \t]*(?P<title>(?:[^ \t]|[ \t]++(?!$))*))?[ \t]*$"
)
OPTION = re.compile(r"^(?: {4}|\t)\S")
ITEM = re.compile(r"^[ ]{0,3}(?:[-*+]|\d+[.)])[ \t]+(?P<text>.*)$")
WITH_CARE = ("emergency", "urgent", "routine")


class Block(NamedTuple):
    """One block: its kind, its title as typed, and the lines between its fences with the number of the first."""

    kind: str
    title: str
    mark: Mark
    lines: tuple[str, ...]
    first_line: int
    closed: bool

    @property
    def text(self) -> str:
        """The text between the fences."""
        return "\n".join(self.lines)

    def items(self) -> list[tuple[str, Mark]]:
        """The entries of the lists inside, the nested ones left out."""
        found = []
        for number, line in enumerate(self.lines, self.first_line):
            if match := ITEM.match(line):
                found.append((match["text"], Mark(number, match.start("text") + 1)))
        return found


def blocks(document: Document) -> tuple[Block, ...]:
    """Every block of a page, in the order in which they end; an outer one has more slashes than those inside it."""
    return _blocks(body(document))


@functools.lru_cache(maxsize=1024)  # many rules ask for the same pages
def _blocks(text: str) -> tuple[Block, ...]:
    return tuple(_parse(text.split("\n")))


def _parse(lines: list[str]) -> Iterator[Block]:
    open_blocks: list[tuple[int, int, re.Match[str]]] = []  # slashes, line, opener
    for number, line in enumerate(lines, 1):
        fence = FENCE.match(line)
        if not fence:
            continue
        slashes = len(fence["slashes"])
        if fence["kind"]:
            open_blocks.append((slashes, number, fence))
            continue
        while open_blocks:
            opened, start, match = open_blocks.pop()
            yield _block(lines, start, number, match, closed=opened == slashes)
            if opened == slashes:
                break
    for _, start, match in reversed(open_blocks):
        yield _block(lines, start, len(lines) + 1, match, closed=False)


def _block(lines: list[str], start: int, end: int, opener: re.Match[str], closed: bool) -> Block:
    first = start + 1
    while first < end and OPTION.match(lines[first - 1]):
        first += 1
    inside = tuple(lines[first - 1 : end - 1])
    return Block(opener["kind"], opener["title"] or "", Mark(start, opener.start("kind") + 1), inside, first, closed)
