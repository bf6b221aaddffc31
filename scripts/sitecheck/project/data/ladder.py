"""The ladder of urgency in docs/_data/ladder.yml: which step the signs and the advice in a sentence belong to."""

import functools
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from ..same_length import lowered

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
Known = tuple[dict[str, frozenset[str]], re.Pattern[str]]


class Sign(NamedTuple):
    """What a reader sees or feels, and the words that identify it in a sentence."""

    text: str
    words: tuple[str, ...]


class Step(NamedTuple):
    """One step of the ladder."""

    id: str
    title: str
    says: tuple[str, ...]  # advice that leads to this step: "call 911"
    how: str  # how a reader gets through without a number, "" where the step has one
    signs: tuple[Sign, ...]


class Mention(NamedTuple):
    """Words of the ladder in a sentence, with the steps that they belong to."""

    words: str
    steps: frozenset[str]


class Facts(NamedTuple):
    """What the file says."""

    steps: tuple[Step, ...]
    numbers: tuple[str, ...]


class Ladder(Facts):
    """All steps, the most urgent first, and every number that the guide tells a reader to call or text."""

    @functools.cached_property
    def signs(self) -> Known:
        """The words of the signs."""
        return _known((words, step.id) for step in self.steps for sign in step.signs for words in sign.words)

    @functools.cached_property
    def signs_by_sentence(self) -> Callable[[str], tuple[Mention, ...]]:
        """The signs that a sentence names; many pages say the same sentences."""
        return functools.lru_cache(maxsize=4096)(lambda sentence: tuple(_mentions(sentence, *self.signs)))

    @functools.cached_property
    def advice(self) -> Known:
        """The words of the advice."""
        return _known((words, step.id) for step in self.steps for words in step.says)


def ladder(data: Any) -> Ladder:
    """Make the ladder from data that is valid against ladder.schema.json."""
    steps = tuple(
        Step(
            raw["id"],
            raw["title"],
            tuple(raw["says"]),
            raw.get("how", ""),
            tuple(Sign(sign["text"], tuple(sign["words"])) for sign in raw["signs"]),
        )
        for raw in data["steps"]
    )
    return Ladder(steps, tuple(number for raw in data["numbers"].values() for number in raw.values()))


def signs_in(ladder: Ladder, sentence: str) -> Iterator[Mention]:
    """The signs that a sentence names."""
    yield from ladder.signs_by_sentence(sentence)


def advice_in(ladder: Ladder, sentence: str) -> Iterator[Mention]:
    """The steps to which a sentence sends its reader; "do not call 911" sends nobody."""
    yield from _mentions(CALL.sub("call", sentence), *ladder.advice, skip_negated=True)


def _known(pairs: Iterable[tuple[str, str]]) -> Known:
    """The steps by words, and a pattern for any of the words as whole words.

    The longest wins, so that "call your prescriber today" is not read as less.
    """
    steps: dict[str, frozenset[str]] = {}
    for words, step in pairs:
        steps[words.lower()] = steps.get(words.lower(), frozenset()) | {step}
    by_letter: dict[str, list[str]] = {}  # trying the words of one letter alone takes half of the time
    for words in sorted(steps, key=len, reverse=True):
        by_letter.setdefault(words[:1], []).append(re.escape(words[1:]))
    any_words = "|".join(f"{re.escape(letter)}(?:{'|'.join(rest)})" for letter, rest in by_letter.items()) or "(?!)"
    return steps, re.compile(rf"(?<![\w-])(?:{any_words})(?![\w-])")


def _mentions(
    sentence: str, steps: dict[str, frozenset[str]], pattern: re.Pattern[str], skip_negated: bool = False
) -> Iterator[Mention]:
    plain = " ".join(sentence.replace("’", "'").split())
    for match in pattern.finditer(lowered(plain)):  # many times as fast as a pattern that ignores case
        if not (skip_negated and NEGATED.search(plain, 0, match.start())):
            yield Mention(plain[match.start() : match.end()], steps[match[0]])
