"""A paragraph as sentences of words, and the mood of a verb in them: order, denial, condition or description."""

import bisect
import functools
import itertools
import re
import sys
from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from ....project.pages.reading_grade import SENTENCE_END
from ....project.same_length import lowered
from .words import (
    AUDIENCE,
    BEING,
    CARERS,
    CONDITIONS,
    DENIERS,
    FINE,
    JOINED,
    LEADING,
    MODALS,
    PERMITTED,
    URGING,
    WARNINGS,
)

TOKEN = re.compile(r"\d+(?:[.,]\d+)*|q\d+h\b|[^\W\d_]+(?:['’-][^\W\d_]+)*|%|[^\w\s]")
BREAKS = frozenset(',;:.()—–!?"“”[]…')  # each ends a clause
PAIRS = frozenset(tuple(pair.split()) for pair in JOINED)
OPENING = CONDITIONS - {"as", "like"}
DENYING = DENIERS | {"stop", "quit"}  # stop taking extra pills
IN_PLACE = re.compile(r"\b(?:rather than|instead of)\b")
REACH = 40  # words at most from the start of a clause to its verb; keeps the time linear


class Mood(Enum):
    """What a verb does in its sentence."""

    ORDER = "order"  # do it: an imperative, advice, or a permission
    DENIAL = "denial"  # do not do it
    CONDITION = "condition"  # a question, or a clause after if, when, who …
    DESCRIPTION = "description"  # a description: somebody does it


class Sentence(NamedTuple):
    """A sentence and its words in lower case; a few pairs, such as "cut back", are one word."""

    text: str
    start: int  # where it begins in the text of its block
    words: tuple[str, ...]
    known: frozenset[str]  # its words as a set

    @property
    def is_question(self) -> bool:
        """Whether it is a question."""
        return self.text.rstrip('"”’)').endswith("?") and self.text[:8].lower() != "why not "

    @property
    def places(self) -> list[tuple[int, int]]:
        """Start and end of each word in the text of its block."""
        return _places(self.text, self.start)

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Where the words from `first` to `last` begin and end in the text of the block."""
        places = self.places
        return places[first][0], places[last][1]

    def said(self, first: int, last: int, block: str) -> str:
        """The words from `first` to `last` as they are written in the block."""
        return block[slice(*self.span(first, last))]


@functools.lru_cache(maxsize=4096)  # several rules read the same blocks
def sentences_of(text: str) -> tuple[Sentence, ...]:
    """The sentences of a block."""
    low = plain(text)
    ends = [*(match.end() for match in SENTENCE_END.finditer(text)), len(text)]
    found = []
    for start, end in zip([0, *ends], ends, strict=False):
        if said := text[start:end].strip():
            words = TOKEN.findall(low, start, end)
            if not PAIRS.isdisjoint(itertools.pairwise(words)):
                words = [word for word, _, _ in words_of(low, start, end)]
            found.append(Sentence(said, text.index(said[0], start), tuple(words), frozenset(words)))
    return tuple(found)


def sentence_at(text: str, place: int) -> Sentence:
    """The sentence of a block in which a word begins."""
    sentences = sentences_of(text)
    return sentences[bisect.bisect_right(sentences, place, key=lambda sentence: sentence.start) - 1]


def plain(text: str) -> str:
    """A text in lower case with straight apostrophes, of the same length."""
    return lowered(text).replace("’", "'")


@functools.lru_cache(maxsize=64)  # few sentences need them, and those need them often
def _places(text: str, start: int) -> list[tuple[int, int]]:
    return [(start + first, start + end) for _, first, end in words_of(plain(text))]


def words_of(low: str, start: int = 0, end: int = sys.maxsize) -> list[tuple[str, int, int]]:
    """The words of a part of a `plain` text, pairs joined, each with its start and end."""
    words: list[tuple[str, int, int]] = []
    for match in TOKEN.finditer(low, start, end):
        word, first = match[0], match.start()
        while words and (joined := JOINED.get(f"{words[-1][0]} {word}")):
            word, first = joined, words.pop()[1]
        words.append((word, first, match.end()))
    return words


def phrases_in(phrases: tuple[str, ...], text: str) -> Iterator[re.Match[str]]:
    """The places of phrases in a text: "ask" is in "they asked", and not in "a mask"."""
    return _any_of(phrases).finditer(text) if phrases else iter(())


@functools.lru_cache(maxsize=512)
def _any_of(phrases: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, phrases))})(?:s|ed|ing)?(?!\w)", re.I)


def clause_start(words: tuple[str, ...], at: int) -> int:
    """The place where the clause of a word begins: after the last break, or at the last condition ("if", "who")."""
    start = max(at - REACH, 0)
    for place in reversed(range(start, at)):
        if words[place] in OPENING:
            return place
        if words[place] in BREAKS and not _in_a_list(words, place):
            return place + 1
    return start


def _in_a_list(words: tuple[str, ...], comma: int) -> bool:
    """Whether a comma only separates items, as in "do not cut, chew or crush"."""
    ahead = words[comma + 1 : comma + 3]
    return words[comma] == "," and (ahead[:1] in (("or",), ("nor",)) or ahead[1:] in (("or",), (",",)))


def mood(sentence: Sentence, at: int) -> Mood:
    """The mood of the verb at a place of a sentence."""
    words = sentence.words
    start = clause_start(words, at)
    left = list(words[start:at])
    if not (MODALS | BEING).isdisjoint(words[at + 1 : at + 2]):
        return Mood.DESCRIPTION  # a noun: "heat can spoil a patch"
    if left and left[0] in CONDITIONS:
        return Mood.CONDITION
    if _denied(left):
        return Mood.DENIAL
    if sentence.is_question:
        return Mood.CONDITION
    while left and left[-1] in LEADING:
        if left[-1] in ("and", "or", "then", "but"):
            return _joined(left)
        left.pop()
    if not left:
        return _gerund(sentence, at) if is_gerund(words[at]) else Mood.ORDER
    last = left[-1]
    if last == "to":
        return _infinitive(left)
    if is_gerund(words[at]):
        if last in ("by", "with", "in", "about"):
            left.pop()
        return Mood.ORDER if left and (left[-1] in URGING or left[-1] in FINE) else Mood.DESCRIPTION
    if last == "be":  # it may be taken
        return Mood.ORDER if CARERS.isdisjoint(sentence.known) else Mood.DESCRIPTION
    if last in MODALS:
        return Mood.ORDER if AUDIENCE.intersection(left) else Mood.DESCRIPTION
    if last == "you":
        alone = (LEADING | {"you"}).issuperset(left)  # now you stop
        return Mood.ORDER if alone or URGING.intersection(left) else Mood.DESCRIPTION
    return Mood.ORDER if last in ("let's", "us") else Mood.DESCRIPTION


def _infinitive(left: list[str]) -> Mood:
    """The mood of a verb after "to": an order in "it is best to stop", not in "your doctor may tell you to stop"."""
    if {"tell", "make", "have", "get", "ask"}.intersection(left) and not CARERS.intersection(left):
        return Mood.ORDER if left[0] in ("tell", "make", "have", "get", "ask") else Mood.DESCRIPTION
    before = next((word for word in reversed(left) if word not in ("to", "you", "for", "not")), "")
    return Mood.ORDER if before in PERMITTED and not CARERS.intersection(left) else Mood.DESCRIPTION


def is_gerund(word: str) -> bool:
    """Whether a word is a gerund: stopping, doubling_up; not bring, ring."""
    stem = word.partition("_")[0]
    return stem.endswith("ing") and stem not in ("bring", "ring", "sling", "fling", "thing", "nothing", "anything")


def _denied(left: list[str]) -> bool:
    """Whether the words before a verb deny it. "Do not stop, and take two" denies only what stands before "and"."""
    _, _, last_part = " ".join(left).removesuffix(" and").rpartition(" and ")
    return not DENYING.isdisjoint(last_part.split()) or bool(IN_PLACE.search(last_part))


def _joined(left: list[str]) -> Mood:
    """The mood of a verb after "and": an order in "rest and stop your pills", not in "people rest and stop"."""
    rest = [word for word in left if word not in LEADING]
    first = next(iter(rest), "")
    if first in AUDIENCE | {"he", "she", "it", "who", "i", "some", "many", "doctors"}:
        return Mood.ORDER if MODALS.intersection(rest) and "you" in rest else Mood.DESCRIPTION
    return Mood.DESCRIPTION if first in ("the", "a", "an", "your", "my") else Mood.ORDER


def _gerund(sentence: Sentence, at: int) -> Mood:
    """The mood of a gerund: "stopping is fine" is advice, "stopping can make you ill" a warning."""
    ahead = list(itertools.takewhile(lambda word: word not in CONDITIONS, sentence.words[at : at + REACH]))
    fine = FINE.intersection(ahead) and not (DENIERS | WARNINGS).intersection(ahead)
    return Mood.ORDER if fine else Mood.DESCRIPTION
