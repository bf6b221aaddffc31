"""Orders and claims that can kill: stop at once, drink to sleep, take a friend's pill, spoil a tablet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from . import words as w
from .sentence import BREAKS, REACH, Mood, Sentence, clause_start, mood

NEAR = 8  # words between a verb and what it acts on
OURS = w.COUNTED | w.MEDICINES
PRONOUNS = frozenset({"it", "them"})
FOREIGN = w.ALCOHOL | w.STREET
PATCH = frozenset({"patch", "patches"})
CAPSULE = frozenset({"capsule", "capsules"})
PARTED = {  # verbs with the words that end what they do, behind the medicine
    "put": w.AWAY, "pour": w.AWAY, "send": w.AWAY, "throw": w.AWAY | {"away", "out"}, "toss": w.AWAY | {"away", "out"},
    "leave": frozenset({"behind"}), "give": frozenset({"up"}), "rip": frozenset({"off"}), "pull": frozenset({"off"}),
}  # fmt: skip
SOON = frozenset({"today", "now", "tonight", "tomorrow", "immediately", "altogether"})
SHARING = frozenset({"borrow", "share", "lend", "swap", "trade", "sell"})
UNSAFE = FOREIGN | OURS | {"drink", "drinks", "drinking", "what"}
A_LITTLE = frozenset({"little", "bit", "moderately", "moderation", "socially"})
THROWN = frozenset({"flush", "throw_away", "throw_out", "toss", "toss_out", "dump", "trash", "get_rid", "ditch"})
COLD_TURKEY = frozenset({"go", "going", "quit", "try", "stop", "do", "quitting"})
NO_CONDITION = frozenset({"without", "later", "afterwards", "whatever", "even", "need"})


def stops(sentence: Sentence, about_medicine: bool) -> Iterator[tuple[int, int]]:
    """Orders to stop a medicine, without "slowly" or the person who prescribes it."""
    if handed_over(sentence):
        return
    for at in range(len(sentence.words)):
        found = cold_turkey(sentence.words, at) or stop_at(sentence, at, about_medicine)
        if found and mood(sentence, found.verb) is Mood.ORDER:
            yield found.first, found.last
        elif thing := no_more(sentence.words, at):
            yield at - 1, thing


class Stop(NamedTuple):
    """Words that stop a medicine: their first and last place, and that of the verb."""

    first: int
    last: int
    verb: int


def cold_turkey(words: tuple[str, ...], at: int) -> Stop | None:
    """Go, quit or try it cold turkey."""
    said = words[at] == "cold_turkey" and at and words[at - 1] in COLD_TURKEY
    return Stop(at - 1, at, at - 1) if said else None


def stop_at(sentence: Sentence, at: int, about_medicine: bool) -> Stop | None:
    """A verb that stops, throws away or takes off a medicine."""
    words, word = sentence.words, sentence.words[at]
    old = w.OLD & sentence.known  # leftover pills are to be thrown away
    stem = stem_of(word, w.STOP)
    if stem == "quit" and SOON.intersection(words[at + 1 : at + 2]):
        return Stop(at, at + 1, at)
    if stem == "quit" and clause_start(words, at) == at and BREAKS.intersection(words[at + 1 : at + 2]):
        return Stop(at, at, at)
    if stem and not (old and stem in THROWN) and (thing := acted_on(sentence, at, about_medicine)):
        return Stop(at, thing, at)
    if word == "remove" and not old and (thing := first(words, list(near(words, at)), PATCH)):
        return Stop(at, thing, at)
    if not old and (thing := put_away(words, at)):
        return Stop(at, thing, at)
    subject = passive(sentence, at, w.STOPPED)
    return None if subject is None else Stop(subject, at, at)


def foreign(sentence: Sentence) -> Iterator[tuple[int, int]]:
    """Alcohol, street drugs and other people's pills as advice; tablets spoiled; sedatives mixed."""
    words = sentence.words
    if UNSAFE.isdisjoint(sentence.known):
        return
    for at, word in enumerate(words):
        ahead = list(near(words, at))
        if (word in FOREIGN or theirs(words, at) or a_drink(words, at)) and claimed(sentence, at):
            yield at, at
        elif (thing := passive(sentence, at, w.SPOILED)) is not None and mood(sentence, at) is Mood.ORDER:
            yield thing, at
        elif (last := taken(words, at, ahead)) and mood(sentence, at) is Mood.ORDER and not by_carer(sentence):
            yield at, last


def taken(words: tuple[str, ...], at: int, ahead: list[int]) -> int:
    """Where the dangerous thing stands that a verb takes, mixes, shares or spoils; 0 for none."""
    if stem_of(words[at], w.DRINK):
        if thing := next((place for place in ahead if words[place] in FOREIGN or a_drink(words, place)), 0):
            return thing
        if words[at] == "drink" and A_LITTLE.intersection(words[at : at + 4]) and w.BODY.isdisjoint(words[at : at + 6]):
            return at + 1
    ours = [place for place in ahead if words[place] in OURS]
    if stem_of(words[at], w.SPOIL) and ours:
        return ours[0]
    if stem_of(words[at], w.MIX) and len([place for place in ahead if words[place] in OURS | FOREIGN]) > 1:
        return ahead[-1]
    if words[at + 1 : at + 2] == ("what",):  # use what your brother has left
        ahead = list(near(words, at + 1))
    if words[at] == "open" and (thing := first(words, ahead, CAPSULE)):
        return thing
    if words[at] in ("take", "use", "try") and ours:
        old = {"old", "leftover"}.intersection(words[at : ours[0]])
        if old and not {"to", "back", "take-back"}.intersection(words[at : ours[0] + NEAR]):
            return ours[0]
        if "with" in words[ours[0] : ours[-1]] and words[ours[-1]] in w.SEDATIVES:
            return ours[-1]
    others = [place for place in ahead if stem_of(words[place], w.PERSONS) or words[place] in w.ELSEWHERE]
    if not stem_of(words[at], w.GET) or not (ours or "what" in words[at + 1 : at + 2]):
        return 0
    asked_for = "for" in words[at : at + 5] and words[at + 1] != "for" and "help" not in words[at : at + NEAR]
    if words[at] in ("ask", "asking") and not asked_for:
        return 0  # ask a friend to help, and not for a pill
    if words[at] in SHARING and ours:
        return max([*ours, *others])
    return max([*ours, *others]) if others else 0


def put_away(words: tuple[str, ...], at: int) -> int:
    """Where a parted verb ends: put the pills in the trash, throw your tablets away; 0 for none."""
    where = PARTED.get(words[at])
    if where is None:
        return 0
    ahead = list(near(words, at))
    thing = first(words, ahead, OURS)
    gone = first(words, ahead, where)
    return gone if 0 < thing < gone else 0


def passive(sentence: Sentence, at: int, participles: frozenset[str]) -> int | None:
    """The place of the medicine in "opioids can be stopped"."""
    words = sentence.words
    if words[at] not in participles or "be" not in words[max(at - 2, 0) : at]:
        return None
    start = clause_start(words, at)
    return next((place for place in range(start, at) if words[place] in OURS), None)


def no_more(words: tuple[str, ...], at: int) -> int:
    """The medicine in "from tomorrow on, no more opioids", 0 for none."""
    if words[at] == "more" and at and words[at - 1] == "no" and words[at + 1 : at + 2] and words[at + 1] in OURS:
        return at + 1 if clause_start(words, at) == at - 1 else 0
    return 0


def stem_of(word: str, known: frozenset[str]) -> str:
    """The word of a set that a word is a form of, "" for none."""
    for stem in (word, word.removesuffix("'s"), word.removesuffix("ing"), f"{word.removesuffix('ing')}e"):
        if stem in known and (stem == word or word.endswith(("'s", "ing"))):
            return stem
    if (word.endswith("pping") and word[:-4] in known) or (word.endswith("tting") and word[:-4] in known):
        return word[:-4]
    return ""


def near(words: tuple[str, ...], at: int) -> Iterator[int]:
    """The places behind a word within its clause."""
    for place in range(at + 1, min(at + 1 + NEAR, len(words))):
        if words[place] in BREAKS or words[place] in w.CONDITIONS:
            return
        yield place


def acted_on(sentence: Sentence, at: int, about_medicine: bool) -> int:
    """The medicine behind a verb, 0 for none: its name, or "it" where the paragraph spoke of one before."""
    after = sentence.words[at + 1 : at + 2]
    if after and after[0].endswith("ing") and after[0] not in ("taking", "using"):
        return 0  # stop drinking, stop sharing
    for place in near(sentence.words, at):
        these = sentence.words[place - 1] in ("these", "those", "the", "your", "all", "this")
        if sentence.words[place] in OURS or (these and sentence.words[place] in ("drug", "drugs")):
            return place
        taken = about_medicine or OURS & sentence.known or sentence.words[place - 1] in ("taking", "using")
        if taken and sentence.words[place] in PRONOUNS:
            return place
    return 0


def first(words: tuple[str, ...], places: list[int], known: frozenset[str]) -> int:
    """The first of some places whose word is in a set, 0 for none."""
    return next((place for place in places if words[place] in known), 0)


def mood_of_verb(sentence: Sentence, at: int, verbs: frozenset[str]) -> bool:
    """Whether a word is one of the verbs, and an order."""
    return bool(stem_of(sentence.words[at], verbs)) and mood(sentence, at) is Mood.ORDER


def theirs(words: tuple[str, ...], at: int) -> bool:
    """Whether a word names a medicine of somebody else, or one from an old box."""
    if words[at] not in OURS:
        return False
    before, after = words[max(at - 3, 0) : at], words[at + 1 : at + 6]
    whose = any(one.endswith("'s") and stem_of(one, w.PERSONS) for one in before)
    if whose or {"old", "leftover"}.intersection(before):
        return True
    return any(one in ("from", "on", "of") for one in after[:2]) and not (w.PERSONS | w.ELSEWHERE).isdisjoint(after)


def a_drink(words: tuple[str, ...], at: int) -> bool:
    """Whether "drink" is the noun or "drinking" alone, and not of water."""
    if words[at] == "drinking":
        return w.BODY.isdisjoint(words[at : at + 3])
    counted = at > 0 and words[at - 1] in ("a", "one", "another", "two", "few", "small", "little", "stiff", "second")
    return words[at] in ("drink", "drinks") and counted and words[at + 1 : at + 2] != ("of",)


def claimed(sentence: Sentence, at: int) -> bool:
    """Whether the clause praises what stands at a place: "wine helps with sleep"."""
    words = sentence.words
    ends = BREAKS | {"when", "if", "because", "unless"}
    end = next((place for place in range(at, min(at + REACH, len(words))) if words[place] in ends), at + REACH)
    ahead = words[at + 1 : end]
    praised = (w.FINE | {"work", "well"}).intersection(ahead) and not (w.DENIERS | w.WARNINGS).intersection(ahead)
    return bool(praised) and claim_at(sentence, at)


def claim_at(sentence: Sentence, at: int) -> bool:
    """Whether a clause says something as true: it does not ask it, deny it or make it a condition."""
    words = sentence.words
    start = clause_start(words, at)
    condition = words[start] in w.CONDITIONS - {"after", "that", "as", "who", "which"}
    return not (sentence.asked or condition or w.DENIERS.intersection(words[start:at]))


def by_carer(sentence: Sentence) -> bool:
    """Whether the sentence leaves a choice to a prescriber or pharmacist."""
    return not w.CARERS.isdisjoint(sentence.known) and NO_CONDITION.isdisjoint(sentence.known)


def handed_over(sentence: Sentence) -> bool:
    """Whether the sentence leaves the change to a prescriber, or says to go slowly."""
    words = sentence.words
    if {"911", "emergency"} & sentence.known:
        return True
    if w.SLOWLY & sentence.known and not {"alone", "yourself", "without"} & sentence.known:
        return True
    carers = [place for place, word in enumerate(words) if word in w.CARERS]
    if not carers or NO_CONDITION & sentence.known:
        return False
    return any(w.HANDED.intersection(words[max(place - 5, 0) : place + 3]) for place in carers)
