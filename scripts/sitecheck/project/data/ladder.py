"""The ladder of urgency in docs/_data/ladder.yml: which step the signs and the advice in a sentence belong to."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

# Readers hold these as addresses, and a guide without one of them leaves somebody without an answer.
STEPS = (
    "call-911",
    "call-911-for-yourself",
    "back-pain-warning-signs",
    "poison-help",
    "crisis-988",
    "call-today",
    "book-a-visit",
)
CALL = re.compile(r"\b(?:phone|ring|contact|reach)(?= (?:your|the|a|poison)\b)", re.I)
NEGATED = re.compile(r"\b(?:do not|don['’]t|never|not)(?: \w+)?\s*$", re.I)


@dataclass(frozen=True, slots=True)
class Sign:
    """What a reader sees or feels, and the words that identify it in a sentence."""

    text: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the ladder."""

    id: str
    says: tuple[str, ...]  # advice that leads to this step: "call 911"
    how: str  # how a reader gets through without a number, "" where the step has one
    signs: tuple[Sign, ...]


@dataclass(frozen=True, slots=True)
class Ladder:
    """All steps, the most urgent first, and every number that the guide tells a reader to call or text."""

    steps: tuple[Step, ...]
    numbers: tuple[str, ...]


class Mention(NamedTuple):
    """Words of the ladder in a sentence, with the steps that they belong to."""

    words: str
    steps: frozenset[str]


def ladder(data: Any) -> Ladder:
    """Make the ladder from data that is valid against ladder.schema.json."""
    steps = tuple(
        Step(
            raw["id"],
            tuple(raw["says"]),
            raw.get("how", ""),
            tuple(Sign(sign["text"], tuple(sign["words"])) for sign in raw["signs"]),
        )
        for raw in data["steps"]
    )
    return Ladder(steps, tuple(number for raw in data["numbers"].values() for number in raw.values()))


def signs_in(ladder: Ladder, sentence: str) -> Iterator[Mention]:
    """The signs that a sentence names."""
    yield from _mentions(sentence, _steps_by_words((words, step.id) for step in ladder.steps for words in _words(step)))


def advice_in(ladder: Ladder, sentence: str) -> Iterator[Mention]:
    """The steps to which a sentence sends its reader; "do not call 911" sends nobody."""
    known = _steps_by_words((words, step.id) for step in ladder.steps for words in step.says)
    yield from _mentions(CALL.sub("call", sentence), known, True)


def _words(step: Step) -> Iterator[str]:
    return (words for sign in step.signs for words in sign.words)


def _steps_by_words(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, frozenset[str]], ...]:
    found: dict[str, set[str]] = {}
    for words, step in pairs:
        found.setdefault(words.lower(), set()).add(step)
    return tuple((words, frozenset(steps)) for words, steps in found.items())


def _mentions(
    sentence: str, known: tuple[tuple[str, frozenset[str]], ...], skip_negated: bool = False
) -> Iterator[Mention]:
    steps = dict(known)
    plain = " ".join(sentence.replace("’", "'").split())
    for match in _pattern(known).finditer(plain):
        if not (skip_negated and NEGATED.search(plain, 0, match.start())):
            yield Mention(match[0], steps[match[0].lower()])


@functools.lru_cache(maxsize=8)
def _pattern(known: tuple[tuple[str, frozenset[str]], ...]) -> re.Pattern[str]:
    """Any of the words as whole words; the longest wins, so that "call your prescriber today" is not read as less."""
    longest = sorted((words for words, _ in known), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest)) or '(?!)'})(?![\w-])", re.I)
