"""Find text of a built page in the Markdown that it came from."""

from __future__ import annotations

import bisect
import functools
import re
from collections.abc import Iterator

from ..mark import Mark
from ..model import Document
from ..same_length import lowered, normalized
from .links import WORD, places_of_words
from .markdown import mark_of

# Markup that a reader does not see. The output of a macro is not in the Markdown at all.
MARKS = re.compile(
    r"""\{\{(?:(?!\{\{).)*?\}\} | \{%(?:(?!\{%).)*?%\} | \{[:#.][^{}\n]*\}      # facts and macros, attributes
      | \]\([^])\n]*\) | \]\[[^][\n]*\] | !?\[          # around a link's or picture's words
      | <(?:!--(?:(?!<!--).)*?--|/?[A-Za-z][^<>]*)> | &[a-z]+;      # HTML
      | ^[ \t]*(?:[-*+]|\d+[.)]|\#{1,6}|///+[^|\n]*\|?|>)(?=[ \t\n]) | ^[ \t]*+\|?(?=[-: |]+\|)[-: |]++$  # line openers
      | [*_`~|\\] | \s+""",
    re.X | re.S | re.M,
)
SPACE = re.compile(r"\s|\||</?t[dhr]\b", re.I)  # marks that part words: white space, and the sides of a table's cell
FEW, MANY = 3, 12  # words: enough to identify a place; so many that a macro has probably printed some of them


@functools.lru_cache(maxsize=64)
def _readable(text: str) -> tuple[str, tuple[int, ...]]:
    """A Markdown text without its markup, normalized, and the offset of each of its characters."""
    shown: list[str] = []
    offsets: list[int] = []

    def keep(piece: str, start: int) -> None:
        shown.append(piece)
        offsets.extend(range(start, start + len(piece)))

    end = 0
    for match in MARKS.finditer(text):
        keep(text[end : match.start()], end)
        if SPACE.match(match[0]) and shown and not shown[-1].endswith(" "):
            keep(" ", match.start())
        end = match.end()
    keep(text[end:], end)
    return normalized("".join(shown)), tuple(offsets)


def find_words(document: Document, words: str) -> Mark | None:
    """The place of a sentence or heading of the built page in the Markdown, None if it is not found."""
    offset = _offset(document.text, words)
    return None if offset is None else mark_of(document.text, offset)


def find_second(document: Document, words: str) -> Mark | None:
    """The place where the text of a paragraph occurs for the second time."""
    shown, offsets = _readable(document.text)
    part = normalized(" ".join(words.split()))
    place = shown.find(part, shown.find(part) + 1) if part in shown else -1
    return mark_of(document.text, offsets[place]) if place >= 0 else None


def find_word_in(document: Document, around: str, word: str) -> Mark | None:
    """The first place of a word from the start of a paragraph on."""
    start = _offset(document.text, around)
    place = -1 if start is None else _find(_lowered(document.text), word.lower(), start)
    return None if place < 0 else mark_of(document.text, place)


@functools.lru_cache(maxsize=64)
def _lowered(text: str) -> str:
    return lowered(text)


@functools.lru_cache(maxsize=256)  # a paragraph may have many faults
def _offset(text: str, words: str) -> int | None:
    shown, offsets = _readable(text)
    for part in _parts(normalized(" ".join(words.split()))):
        place = _find(shown, part)
        if place >= 0:
            return offsets[place]
    return None


def _find(text: str, part: str, start: int = 0) -> int:
    """The first place of a part from `start` on, by its rarest word: a long page may have a fault in each paragraph."""
    words = list(WORD.finditer(part))
    inner = words[1:-1]
    places = places_of_words(text)
    for among in filter(None, (words, inner)):  # the first and the last may be the end and the start of longer words
        rarest = min(among, key=lambda word: len(places.get(word[0], ())))
        known = places.get(rarest[0], [])
        for number in range(bisect.bisect_left(known, start), len(known)):
            place = known[number] - rarest.start()
            if place >= start and text.startswith(part, place):
                return place
    return -1 if inner else text.find(part, start)


def _parts(words: str) -> Iterator[str]:
    """All of the words, then shorter beginnings, then the end: a macro may have printed some of them."""
    each = words.split()
    for count in (len(each), MANY, MANY // 2, FEW):
        if count <= len(each):
            yield " ".join(each[:count])
    if len(each) > FEW:
        yield " ".join(each[-MANY // 2 :])
