"""False first aid and other claims that docs/_data/terms.yml declares dangerous, in any wording."""

from __future__ import annotations

from ....project.model import Danger
from . import words as w
from .advice import claimed
from .sentence import Mood, Sentence, clause_start, mood

NEAR = 6  # words at most between a denial and what it denies
RELATIVE = frozenset({"that", "which", "who"})
REFUSING = w.DENIERS - {"cannot", "can't", "couldn't"}  # you cannot call too early
BETWEEN = w.words(
    """do need to any be is it necessary have you should ever even bother just reason by the must a for point in
    use or want there anyone anybody them police your their really ask call tell give with much good"""
)


def states(danger: Danger, sentence: Sentence) -> tuple[int, int] | None:
    """The first and last word of a dangerous claim in a sentence, None when it makes none."""
    if any(group.isdisjoint(sentence.known) for group in danger.says):
        return None
    if danger.mood == "together":
        return _together(danger, sentence)
    words = sentence.words
    for at, word in enumerate(words):
        last = _rest(danger, words, at) if word in danger.says[0] else None
        if last is not None and _meant(danger, sentence, at, last):
            return at, last
    return None


def _together(danger: Danger, sentence: Sentence) -> tuple[int, int] | None:
    """The first and last of words of each group, in any order; None if the sentence asks, warns or denies."""
    known = frozenset().union(*danger.says)
    if sentence.is_question or (w.WARNINGS | w.DENIERS) & sentence.known - known:
        return None
    places = [next(at for at, word in enumerate(sentence.words) if word in group) for group in danger.says]
    return min(places), max(places)


def _rest(danger: Danger, words: tuple[str, ...], at: int) -> int | None:
    """The place of the last group of words, None unless each group follows the one before it closely."""
    for group in danger.says[1:]:
        ahead = range(at + 1, min(at + 2 + danger.within, len(words)))
        found = next((place for place in ahead if words[place] in group), None)
        if found is None:
            return None
        at = found
    return at


def _meant(danger: Danger, sentence: Sentence, at: int, last: int) -> bool:
    if danger.mood == "any":
        return True
    if danger.mood == "order":
        return mood(sentence, at) is Mood.ORDER
    if danger.mood == "denial":
        return any(is_denied(sentence, place) for place in (at, last))
    known = frozenset().union(*danger.says)
    warned = (w.WARNINGS - known) & sentence.known
    return claimed(sentence, at) and not warned and not _denies(sentence.words, at, last, known)


def _denies(words: tuple[str, ...], at: int, last: int, known: frozenset[str]) -> bool:
    """Whether a denial between two words denies the claim: in "a leg that will not move" it names a symptom."""
    denials = (place for place in range(at, last) if words[place] in w.DENIERS - known)
    return any(RELATIVE.isdisjoint(words[max(at, place - 2) : place]) for place in denials)


def is_denied(sentence: Sentence, at: int) -> bool:
    """Whether the words right before a word deny it: "no need to call", "do not call"; not "may never need"."""
    words = sentence.words
    start = clause_start(words, at)
    if sentence.is_question or words[start] in w.CONDITIONS:
        return False
    for place in reversed(range(max(start, at - NEAR), at)):
        if words[place] in REFUSING:
            return not {"may", "might"}.intersection(words[start:place])
        if words[place] not in BETWEEN:
            return False  # do not wait to call, do not be afraid to call
    return False
