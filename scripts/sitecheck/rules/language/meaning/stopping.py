"""Orders to stop a medicine: today, all at once, into the trash."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import NamedTuple

from . import words as w
from .actions import NO_CONDITION, OURS, first, near, passive, stem_of
from .sentence import BREAKS, Mood, Sentence, clause_start, mood

PRONOUNS = frozenset({"it", "them"})
SUPPLY = OURS | {"bottle", "bottles", "stash"}
ALL_OF_IT = frozenset({"everything", "lot"})
OFF = frozenset({"come_off", "get_off", "go_off", "wean_off", "flush"})
PATCH = frozenset({"patch", "patches"})
SEPARABLE = {  # verbs, with the words that complete them after the medicine
    "put": w.AWAY | {"down"},
    "pour": w.AWAY, "send": w.AWAY, "throw": w.AWAY | {"away", "out"}, "toss": w.AWAY | {"away", "out"},
    "leave": frozenset({"behind"}), "give": frozenset({"up"}), "rip": frozenset({"off"}), "pull": frozenset({"off"}),
}  # fmt: skip
SOON = frozenset({"today", "now", "tonight", "tomorrow", "immediately", "altogether"})
THROWN = frozenset({"flush", "throw_away", "throw_out", "toss", "toss_out", "dump", "trash", "get_rid", "ditch"})
SUDDENLY = frozenset({"suddenly", "abruptly", "overnight", "alone"})
SUDDEN = {
    ("all", "at", "once"),
    ("in", "one", "go"),
    ("on", "your", "own"),
    ("without", "help", "."),
    ("without", "any", "help"),
}
COLD_TURKEY = frozenset({"go", "going", "quit", "try", "stop", "do", "quitting"})
STOPPERS = w.STOPPED | SEPARABLE.keys() | {"cold_turkey", "remove", "more"}


def stops(sentence: Sentence, about_medicine: bool) -> Iterator[tuple[int, int]]:
    """Yield the first and last word of each order to stop a medicine that names neither "slowly" nor a prescriber."""
    if handed_over(sentence):
        return
    for at, word in enumerate(sentence.words):
        if not may_stop(word):
            continue
        found = cold_turkey(sentence.words, at) or stop_at(sentence, at, about_medicine)
        if found and mood(sentence, found.verb) is Mood.ORDER:
            yield found.first, found.last
        elif thing := no_more(sentence.words, at):
            yield at - 1, thing


@functools.lru_cache(maxsize=4096)
def may_stop(word: str) -> bool:
    """Whether a word needs a closer look: a verb of stopping in any form. For speed."""
    return word in STOPPERS or bool(stem_of(word, w.STOP))


class Stop(NamedTuple):
    """Words that stop a medicine: their first and last place, and that of the verb."""

    first: int
    last: int
    verb: int


def cold_turkey(words: tuple[str, ...], at: int) -> Stop | None:
    """An order to go, quit or try it cold turkey."""
    said = words[at] == "cold_turkey" and at and words[at - 1] in COLD_TURKEY
    return Stop(at - 1, at, at - 1) if said else None


def stop_at(sentence: Sentence, at: int, about_medicine: bool) -> Stop | None:
    """A verb that stops, throws away or takes off a medicine."""
    words, word = sentence.words, sentence.words[at]
    old = w.OLD & sentence.known  # leftover pills are to be thrown away
    stem = stem_of(word, w.STOP)
    begins = w.LEADING.issuperset(words[clause_start(words, at) : at])
    if stem == "quit" and SOON.intersection(words[at + 1 : at + 2]):
        return Stop(at, at + 1, at)
    if stem == "stop" and begins and SOON.intersection(words[at + 1 : at + 2]) and words[at + 2 : at + 3] == (".",):
        return Stop(at, at + 1, at)
    if stem in ("stop", "quit") and (last := manner(words, at)):
        return Stop(at, last, at)
    if stem == "quit" and begins and (BREAKS | {"and"}).intersection(words[at + 1 : at + 2]):
        return Stop(at, at, at)
    if stem and not (old and stem in THROWN) and (thing := acted_on(sentence, at, about_medicine)):
        return Stop(at, thing, at)
    if word == "remove" and not old and (thing := first(words, list(near(words, at)), PATCH)):
        return Stop(at, thing, at)
    if not old and (thing := put_away(words, at)):
        return Stop(at, thing, at)
    subject = passive(sentence, at, w.STOPPED)
    return None if subject is None else Stop(subject, at, at)


def manner(words: tuple[str, ...], at: int) -> int:
    """The last place of the words for a sudden or lonely stop soon after its verb, 0 for none."""
    for place in near(words, at):
        if words[place] in SUDDENLY or words[place : place + 3] in SUDDEN:
            return place
    return 0


def put_away(words: tuple[str, ...], at: int) -> int:
    """The place where a separable verb ends: put the pills in the trash, throw your tablets away; 0 for none."""
    where = SEPARABLE.get(words[at])
    if where is None:
        return 0
    ahead = list(near(words, at))
    thing = first(words, ahead, SUPPLY)
    gone = first(words, ahead, where)
    return gone if 0 < thing < gone else 0


def no_more(words: tuple[str, ...], at: int) -> int:
    """The medicine in "from tomorrow on, no more opioids", 0 for none."""
    if words[at] == "more" and at and words[at - 1] == "no" and words[at + 1 : at + 2] and words[at + 1] in OURS:
        return at + 1 if clause_start(words, at) == at - 1 else 0
    return 0


def acted_on(sentence: Sentence, at: int, about_medicine: bool) -> int:
    """The place of the medicine after a verb, by name or as "it" when one was named before; 0 for none."""
    after = sentence.words[at + 1 : at + 2]
    if after and after[0].endswith("ing") and after[0] not in ("taking", "using", "everything"):
        return 0  # stop drinking, stop sharing
    if after and after[0] in ("by", "at", "into") and sentence.words[at + 2 : at + 3] != ("once",):
        return 0  # stop by with your pills
    for place in near(sentence.words, at):
        these = sentence.words[place - 1] in ("these", "those", "the", "your", "all", "this")
        everything = sentence.words[place] in ALL_OF_IT and sentence.words[at] in OFF
        if everything or sentence.words[place] in SUPPLY or (these and sentence.words[place] in ("drug", "drugs")):
            return place
        taken = about_medicine or OURS & sentence.known or sentence.words[place - 1] in ("taking", "using")
        if taken and sentence.words[place] in PRONOUNS:
            return place
    return 0


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
