"""Verbs, what they act on, and whether a sentence leaves the choice to a prescriber."""

from __future__ import annotations

from collections.abc import Iterator

from . import words as w
from .sentence import BREAKS, Sentence, clause_start

NEAR = 8  # words at most between a verb and what it acts on
OURS = w.COUNTED | w.MEDICINES
NO_CONDITION = frozenset({"without", "later", "afterwards", "whatever", "even", "need"})


def stem_of(word: str, known: frozenset[str]) -> str:
    """The base form, out of a set, of a word with 's or -ing; "" for none."""
    for stem in (word, word.removesuffix("'s"), word.removesuffix("ing"), f"{word.removesuffix('ing')}e"):
        if stem in known and (stem == word or word.endswith(("'s", "ing"))):
            return stem
    if (word.endswith("pping") and word[:-4] in known) or (word.endswith("tting") and word[:-4] in known):
        return word[:-4]
    return ""


def near(words: tuple[str, ...], at: int) -> Iterator[int]:
    """The places after a word, up to the end of its clause."""
    for place in range(at + 1, min(at + 1 + NEAR, len(words))):
        if words[place] in BREAKS or words[place] in w.CONDITIONS:
            return
        yield place


def first(words: tuple[str, ...], places: list[int], known: frozenset[str]) -> int:
    """The first place whose word is in a set, 0 for none."""
    return next((place for place in places if words[place] in known), 0)


def passive(sentence: Sentence, at: int, participles: frozenset[str]) -> int | None:
    """The place of the medicine in a passive such as "opioids can be stopped", None for none."""
    words = sentence.words
    if words[at] not in participles or "be" not in words[max(at - 2, 0) : at]:
        return None
    start = clause_start(words, at)
    return next((place for place in range(start, at) if words[place] in OURS), None)


def by_carer(sentence: Sentence) -> bool:
    """Whether the sentence leaves the choice to a prescriber or pharmacist."""
    return not w.CARERS.isdisjoint(sentence.known) and NO_CONDITION.isdisjoint(sentence.known)
