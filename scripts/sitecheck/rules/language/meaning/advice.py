"""Dangerous advice: drink to sleep, take a friend's pill, crush a tablet, mix two sedatives."""

from __future__ import annotations

import functools
from collections.abc import Iterator

from . import words as w
from .actions import NEAR, OURS, by_carer, first, near, passive, stem_of
from .sentence import BREAKS, REACH, Mood, Sentence, clause_start, mood

FOREIGN = w.ALCOHOL | w.STREET
CAPSULE = frozenset({"capsule", "capsules"})
PATCHES = frozenset({"patch", "patches"})
WARMING = frozenset({"put", "lay", "use", "apply", "keep", "sit", "hold", "wear", "place", "slip", "tuck", "lie"})
AWAY = frozenset({"away", "off", "out"})
NO_ORDER = frozenset({"heating pad", "heating pads", "heat on", "heat from"})  # heat is a noun here
HEAT = frozenset({"heat", "heating", "hot", "sauna", "tub", "sun"})
REUSE = frozenset({"take", "use", "try"})
SHARING = frozenset({"borrow", "share", "lend", "swap", "trade", "sell"})
BODY_ONLY = frozenset({"snort", "inject"})  # nobody does it to anything else
UNSAFE = FOREIGN | OURS | {"drink", "drinks", "drinking", "what", "yours"}
A_LITTLE = frozenset({"little", "bit", "moderately", "moderation", "socially"})
TAKING = w.DRINK | w.SPOIL | w.MIX | w.GET | WARMING | {"open"}


@functools.lru_cache(maxsize=4096)
def may_advise(word: str) -> bool:
    """Whether a word needs a closer look: a dangerous thing, or a verb that takes, mixes or crushes it. For speed."""
    return word in UNSAFE or word in w.SPOILED or bool(stem_of(word, TAKING))


def foreign(sentence: Sentence) -> Iterator[tuple[int, int]]:
    """Yield where a sentence advises alcohol, street drugs, others' pills, a crushed tablet or mixed sedatives."""
    words = sentence.words
    if (UNSAFE | BODY_ONLY).isdisjoint(sentence.known):
        return
    for at, word in enumerate(words):
        if not may_advise(word):
            continue
        ahead = list(near(words, at))
        if (word in FOREIGN or theirs(words, at) or a_drink(words, at)) and claimed(sentence, at):
            yield at, at
        elif word in OURS and (other := beside(words, at)) and claimed(sentence, at, w.SAFE):
            yield at, other
        elif (thing := passive(sentence, at, w.SPOILED)) is not None and mood(sentence, at) is Mood.ORDER:
            yield thing, at
        elif (last := taken(words, at, ahead)) and mood(sentence, at) is Mood.ORDER and not by_carer(sentence):
            yield at, last


def taken(words: tuple[str, ...], at: int, ahead: list[int]) -> int:
    """The place of the dangerous thing that a verb takes, mixes, shares or crushes; 0 for none."""
    if stem_of(words[at], w.DRINK):
        if thing := next((place for place in ahead if words[place] in FOREIGN or a_drink(words, place)), 0):
            return thing
        if words[at] == "drink" and A_LITTLE.intersection(words[at : at + 4]) and w.BODY.isdisjoint(words[at : at + 6]):
            return at + 1
    ours = [place for place in ahead if words[place] in OURS]
    if stem_of(words[at], w.SPOIL) and ours and f"{words[at]} {words[at + 1]}" not in NO_ORDER:
        return ours[0]
    if heat := warmed(words, at):
        return heat
    if stem_of(words[at], BODY_ONLY) and words[at + 1 : at + 2] in (("it",), ("them",), ("works",)):
        return at + 1
    if stem_of(words[at], w.MIX) and len([place for place in ahead if words[place] in OURS | FOREIGN]) > 1:
        return ahead[-1]
    if words[at + 1 : at + 2] == ("what",):  # use what your brother has left
        ahead = list(near(words, at + 1))
    if words[at] == "open" and (thing := first(words, ahead, CAPSULE)):
        return thing
    if stem_of(words[at], REUSE) and ours:
        old = {"old", "leftover"}.intersection(words[at : ours[0]])
        if old and not {"to", "back", "take-back", "off"}.intersection(words[at : ours[0] + NEAR]):
            return ours[0]
    paired = ours and "with" in words[ours[0] : ours[-1]] and w.SEDATIVES.intersection(words[place] for place in ours)
    if paired and stem_of(words[at], w.DRINK):
        return ours[-1]
    ours = ours or [place for place in ahead if words[place] == "yours"]
    others = [place for place in ahead if stem_of(words[place], w.PERSONS) or words[place] in w.ELSEWHERE]
    if not stem_of(words[at], w.GET) or not (ours or "what" in words[at + 1 : at + 2]):
        return 0
    asked_for = "for" in words[at : at + 5] and words[at + 1] != "for" and "help" not in words[at : at + NEAR]
    if words[at] in ("ask", "asking") and not asked_for:
        return 0  # ask a friend for help, not for a pill
    if "take-back" in words:
        return 0
    if words[at] in SHARING and ours:
        return max([*ours, *others])
    return max([*ours, *others]) if others else 0


def warmed(words: tuple[str, ...], at: int) -> int:
    """The place of what warms a patch, as in "put a heating pad over the patch"; 0 for none."""
    if not stem_of(words[at], WARMING) or PATCHES.isdisjoint(words) or not AWAY.isdisjoint(words):
        return 0
    return first(words, list(range(at + 1, min(at + NEAR + 4, len(words)))), HEAT)


def theirs(words: tuple[str, ...], at: int) -> bool:
    """Whether a word names somebody else's medicine, or an old one."""
    if words[at] not in OURS:
        return False
    before, after = words[max(at - 3, 0) : at], words[at + 1 : at + 6]
    whose = any(one.endswith("'s") and stem_of(one, w.PERSONS) for one in before)
    if whose or {"old", "leftover"}.intersection(before):
        return True
    return any(one in ("from", "on", "of") for one in after[:2]) and not (w.PERSONS | w.ELSEWHERE).isdisjoint(after)


def a_drink(words: tuple[str, ...], at: int) -> bool:
    """Whether a word is the noun "drink", or "drinking", and alcohol is meant."""
    if words[at] == "drinking":
        return w.BODY.isdisjoint(words[at : at + 3])
    counted = at > 0 and words[at - 1] in ("a", "one", "another", "two", "few", "small", "little", "stiff", "second")
    return words[at] in ("drink", "drinks") and counted and words[at + 1 : at + 2] != ("of",)


def beside(words: tuple[str, ...], at: int) -> int:
    """The place of a second medicine that makes a dangerous pair with the one at a place, 0 for none."""
    unlike = w.SEDATIVES | FOREIGN
    pair = (place for place in near(words, at) if words[place] in OURS | FOREIGN)
    return next((place for place in pair if (words[at] in unlike) != (words[place] in unlike)), 0)


def claimed(sentence: Sentence, at: int, praise: frozenset[str] = w.FINE | {"work", "well", "replace"}) -> bool:
    """Whether the clause praises the thing at a place: "wine helps with sleep"."""
    words = sentence.words
    ends = BREAKS | {"when", "if", "because", "unless"}
    end = next((place for place in range(at, min(at + REACH, len(words))) if words[place] in ends), at + REACH)
    ahead = words[at + 1 : end]
    praised = praise.intersection(ahead) and not (w.DENIERS | w.WARNINGS).intersection(ahead)
    return bool(praised) and claim_at(sentence, at)


def claim_at(sentence: Sentence, at: int) -> bool:
    """Whether a clause claims something: it does not ask it, deny it or make it a condition."""
    words = sentence.words
    start = clause_start(words, at)
    condition = words[start] in w.CONDITIONS - {"after", "that", "as", "who", "which"}
    return not (sentence.is_question or condition or w.DENIERS.intersection(words[start:at]))
