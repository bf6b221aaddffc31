"""Find words of a built page again in the Markdown they came from."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from .markdown import mark_of
from .marked_yaml import Mark
from .model import Document

# What Markdown writes and a reader does not see; what a macro prints is not in the Markdown at all.
MARKS = re.compile(
    r"""\{\{.*?\}\} | \{%.*?%\} | \{[:#.][^}\n]*\}      # facts and macros, attributes
      | \]\([^)\n]*\) | \]\[[^\]\n]*\] | !?\[          # around a link's or picture's words
      | <(?:!--.*?--|/?[A-Za-z][^>]*)> | &[a-z]+;      # HTML
      | ^[ \t]*(?:[-*+]|\d+[.)]|\#{1,6}|///+[^|\n]*\|?|>)(?=[ \t\n]) | ^[ \t]*\|?[-: |]+\|[-: |]*$  # line openers
      | [*_`~|\\] | \s+""",
    re.X | re.S | re.M,
)
FEW, MANY = 3, 12  # words that are enough to know a place, and those that a macro is unlikely to leave whole


@functools.lru_cache(maxsize=64)
def _readable(text: str) -> tuple[str, tuple[int, ...]]:
    """A Markdown text as its reader sees it, and the offset that each character of it had."""
    shown: list[str] = []
    offsets: list[int] = []

    def keep(piece: str, start: int) -> None:
        shown.append(piece)
        offsets.extend(range(start, start + len(piece)))

    end = 0
    for match in MARKS.finditer(text):
        keep(text[end : match.start()], end)
        if match[0].isspace() and shown and not shown[-1].endswith(" "):
            keep(" ", match.start())
        end = match.end()
    keep(text[end:], end)
    return alike("".join(shown)), tuple(offsets)


def alike(text: str) -> str:
    """Text with the curls of quotes and the case taken off, character for character."""
    table = {"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " ", "–": "-"}
    return "".join(table.get(one, one.lower() if len(one.lower()) == 1 else one) for one in text)


def find_words(document: Document, words: str) -> Mark | None:
    """Where a sentence or heading of the built page stands in the Markdown, None if nothing like it does."""
    shown, offsets = _readable(document.text)
    for part in _parts(alike(" ".join(words.split()))):
        place = shown.find(part)
        if place >= 0:
            return mark_of(document.text, offsets[place])
    return None


def _parts(words: str) -> Iterator[str]:
    """The words from the start on, then ever fewer of them, then the end: a macro may print some of them."""
    each = words.split()
    for count in (len(each), MANY, MANY // 2, FEW):
        if count <= len(each):
            yield " ".join(each[:count])
    if len(each) > FEW:
        yield " ".join(each[-MANY // 2 :])
