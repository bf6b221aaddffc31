"""The differences of two states of the guide, sentence by sentence, the dangerous ones first."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from sitecheck.rules.language.meaning import words as vocabulary

from .page_units import BuiltPage, Unit

One = TypeVar("One")
TOKEN = re.compile(r"[\u2e80-\u9fff]|\d[\d.,:-]*\d|[^\W_]+(?:['’-][^\W_]+)*|[^\w\s]|_")
SAME_SENTENCE = 0.5  # words that two sentences must share to be before and after of one
MEDICAL = vocabulary.MEDICINES | vocabulary.COUNTED | vocabulary.NALOXONE | vocabulary.UNITS
AMOUNTS = vocabulary.NUMBERS | vocabulary.FRACTIONS | vocabulary.PERCENT | vocabulary.PERIODS
TOPICS = ("what to do, or how soon", "a number", "a medicine", "a figure", "a source")  # the most dangerous first
# Words that decide what a reader does, and how soon.
URGENT = vocabulary.words(
    """911 988 alone always ask breathe breathing call calling can cannot cut danger dangerous die dies do don't
    emergency help if immediately less lower may more must never no nobody not now only overdose quit right should
    slowly sooner stop stopping suicide text today tonight unless until wait without won't"""
)


@dataclass(frozen=True)
class Change:
    """One unit before and after; one of the two may be missing."""

    before: Unit | None
    after: Unit | None

    @property
    def kinds(self) -> set[str]:
        """The kinds of unit that changed."""
        return {unit.kind for unit in (self.before, self.after) if unit}

    @property
    def texts(self) -> tuple[str, str]:
        """The text before and after."""
        return self.before.text if self.before else "", self.after.text if self.after else ""

    @cached_property
    def marked(self) -> tuple[list[tuple[str, bool]], list[tuple[str, bool]]]:
        """The text before and after as (piece, whether it changed)."""
        before, after = self.texts
        return marked(before, after), marked(after, before)

    @cached_property
    def about(self) -> tuple[str, ...]:
        """What the changed words are about, the most dangerous first."""
        pieces = [piece for side in self.marked for piece, new in side if new]
        changed = {word.lower().replace("’", "'") for piece in pieces for word in tokens(piece)}
        found = (
            changed & URGENT or "link" in self.kinds,
            changed & AMOUNTS or any(letter.isdigit() for word in changed for letter in word),
            changed & MEDICAL,
            "figure" in self.kinds,
            "source" in self.kinds,
        )
        return tuple(topic for topic, present in zip(TOPICS, found, strict=True) if present)


@dataclass(frozen=True, slots=True)
class PageChange:
    """A page that differs: None for the state in which it is not there."""

    page: str  # the file of the site
    before: BuiltPage | None
    after: BuiltPage | None
    changes: tuple[Change, ...]  # the dangerous ones first

    @property
    def title(self) -> str:
        """The title of the page, of the state after if it is there."""
        return next(state.title for state in (self.after, self.before) if state)


def compare(before: dict[str, BuiltPage], after: dict[str, BuiltPage]) -> list[PageChange]:
    """Return the pages that differ, those with the most dangerous change first."""
    found = []
    for page in sorted({*before, *after}):
        old, new = before.get(page), after.get(page)
        pairs = aligned(old.units if old else (), new.units if new else (), unit_similarity)
        changes = [Change(was, now) for was, now in pairs if was != now]
        if changes or (old and new and old.words != new.words):
            found.append(PageChange(page, old, new, tuple(sorted(changes, key=danger))))
    return sorted(found, key=lambda one: (danger(one.changes[0]) if one.changes else 99, one.page))


def danger(change: Change) -> int:
    """Return a number that is lower for more dangerous changes."""
    return TOPICS.index(change.about[0]) if change.about else len(TOPICS)


def aligned(
    before: Sequence[One], after: Sequence[One], similarity_of: Callable[[One, One], float]
) -> Iterator[tuple[One | None, One | None]]:
    """Yield everything of both states in reading order, with what equals it or took its place in the other, or None."""
    for kind, a, b, c, d in matcher(before, after).get_opcodes():
        if kind == "equal":
            yield from zip(before[a:b], after[c:d], strict=True)
            continue
        left = list(after[c:d])
        for old in before[a:b]:
            similarities = [similarity_of(old, new) for new in left]
            best = max(similarities, default=0.0)
            if best < SAME_SENTENCE:
                yield old, None
                continue
            place = similarities.index(best)
            yield from ((None, new) for new in left[:place])
            yield old, left[place]
            del left[: place + 1]
        yield from ((None, new) for new in left)


def unit_similarity(old: Unit, new: Unit) -> float:
    """Return how similar two units are, from 0 to 1; 0 for units of different kinds."""
    return similarity(tokens(old.text), tokens(new.text)) if old.kind == new.kind else 0.0


def similarity(old: Sequence[str], new: Sequence[str]) -> float:
    """Return the share of words that two texts have in common, in order."""
    return matcher(old, new).ratio()


def matcher(before: Sequence[One], after: Sequence[One]) -> difflib.SequenceMatcher[One]:
    """Return what aligns two sequences. No word is too frequent to count, however long they are."""
    return difflib.SequenceMatcher(None, before, after, autojunk=False)


def tokens(text: str) -> list[str]:
    """Return the words, numbers and signs of a text."""
    return TOKEN.findall(text)


def marked(text: str, other: str) -> list[tuple[str, bool]]:
    """Return `text` in pieces, each with whether `other` lacks it."""
    matches = list(TOKEN.finditer(text))
    pieces, end = [], 0
    for kind, a, b, _, _ in matcher([match[0] for match in matches], tokens(other)).get_opcodes():
        if kind != "equal" and a < b:
            start = matches[a].start()
            pieces += [(text[end:start], False), (text[start : matches[b - 1].end()], True)]
            end = matches[b - 1].end()
    return [piece for piece in (*pieces, (text[end:], False)) if piece[0]]
