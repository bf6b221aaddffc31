"""Dangerous advice: drink to sleep, take a friend's pill, crush a tablet, mix two sedatives."""

from __future__ import annotations

import functools
from collections.abc import Iterator

from . import words as w
from .sentence import BREAKS, Sentence, clause_start
from .shapes import OURS, Shape, Shapes, by_carer, ordered, with_ing

ENDS = BREAKS | {"when", "if", "because", "unless"}  # where praise ends
KINDS = {
    "FOREIGN": w.ALCOHOL | w.STREET,
    "OURS": OURS,
    "SEDATIVE": w.SEDATIVES,
    "OPIOID": OURS - w.SEDATIVES,
    "UNLIKE": w.SEDATIVES | w.ALCOHOL | w.STREET,  # an opioid
    "DRUG": OURS | w.ALCOHOL | w.STREET,
    "MINE": OURS | {"yours"},
    "DRINKS": w.words("drink drinks"),
    "SNORT": w.words("snort snorting inject injecting"),
    "ASK": w.words("ask asking"),
    "DRINK": with_ing(w.DRINK),
    "SPOIL": with_ing(w.SPOIL),
    "SPOILED": w.SPOILED,
    "MIX": with_ing(w.MIX),
    "GET": with_ing(w.GET - {"ask"}),
    "SHARE": with_ing(w.words("borrow share lend swap trade sell")),
    "WARM": with_ing(w.words("put lay use apply keep sit hold wear place slip tuck lie")),
    "HEAT": w.words("heat heating hot sauna tub sun"),
    "REUSE": with_ing(w.words("take use try")),
    "OLD": w.words("old leftover"),
    "BACK": w.words("to back take-back off"),
    "PERSON": w.PERSONS | {f"{one}'s" for one in w.PERSONS} | w.ELSEWHERE,
    "THEIRS": frozenset(f"{one}'s" for one in w.PERSONS) | {"else's", "old", "leftover"},
    "COUNT": w.words("a one another two few small little stiff second"),
    "LITTLE": w.words("little bit moderately moderation socially"),
    "BODY": w.BODY,
    "PRAISE": w.FINE | {"work", "well", "replace", "replaces", "beats", "tide"},
    "SAFE": w.SAFE,
    "ENDS": ENDS,
    "DOUBT": ENDS | w.DENIERS | w.WARNINGS,
}
PRAISED = "(?= -DOUBT{0,39} PRAISE -DOUBT{0,39} (ENDS|$))"
GOES_WELL = PRAISED.replace("PRAISE", "SAFE")
A_DRINK = "COUNT <DRINKS> (?!of)"
DRINKING = "drinking (?!.{0,4} BODY)"


def claimed(sentence: Sentence, at: int) -> bool:
    """Whether a clause claims something: it does not ask it, deny it or make it a condition."""
    words = sentence.words
    start = clause_start(words, at)
    condition = words[start] in w.CONDITIONS - {"after", "that", "as", "who", "which"}
    return not (sentence.is_question or condition or w.DENIERS.intersection(words[start:at]))


def praised(sentence: Sentence, at: int) -> bool:
    """Whether a clause claims something that the sentence does not doubt, as in "but the evidence is weak"."""
    return claimed(sentence, at) and (w.EVIDENCE.isdisjoint(sentence.known) or w.WEAK.isdisjoint(sentence.known))


def advised(sentence: Sentence, at: int) -> bool:
    """Whether the verb at a place is an order, and the choice is not left to a prescriber."""
    return ordered(sentence, at) and not by_carer(sentence)


def claim(pattern: str) -> Shape:
    """Something that a sentence praises."""
    return Shape(pattern, meant=praised)


def order(pattern: str, unless: str = "", needs: str = "") -> Shape:
    """Something that a sentence tells the reader to do."""
    return Shape(pattern, w.words(unless), w.words(needs), advised)


SHAPES = (
    claim(f"FOREIGN {PRAISED}"),  # wine helps with sleep
    claim(f"{A_DRINK} {PRAISED}"),
    claim(f"{DRINKING} {PRAISED}"),
    claim(f"THEIRS .{{0,2}} <OURS> {PRAISED}"),  # your sister's pills work
    claim(f"OURS {PRAISED} (?= .? (from|on|of)) (?= .{{0,4}} PERSON)"),
    claim(f"(?=. {GOES_WELL}) SEDATIVE ~ OPIOID"),  # the two go well together
    claim(f"(?=. {GOES_WELL}) OPIOID ~ UNLIKE"),
    order("OURS -CLAUSE{0,30} be .? <SPOILED>"),  # it may be crushed
    order("DRINK ~ FOREIGN"),
    order(f"DRINK ~ {A_DRINK.replace('<', '').replace('>', '')}"),
    order(f"DRINK ~ {DRINKING}"),
    order("drink (?!.{0,4} BODY) .{0,2} LITTLE"),
    order("(?!heat (on|from) | heating (pad|pads)) SPOIL ~ OURS"),  # crush your pill
    order("(take|swallow|mix|stir|add|sprinkle) ~ SPOILED ~ OURS"),
    order("WARM .{0,10} HEAT (?!.{0,8} (not|never) (near|on|over|by))", "away off out", "patch patches"),
    order("SNORT (it|them|works)"),
    order("MIX ~ DRUG ~ DRUG"),
    order("DRINK ~ SEDATIVE ~ with ~ OURS"),
    order("DRINK ~ OURS ~ with ~ SEDATIVE"),
    order("open ~ (capsule|capsules)"),
    order("REUSE (?!.{0,12} BACK) ~ OLD ~ OURS"),
    order("SHARE ~ MINE", "take-back"),
    order("GET ~ MINE ~ PERSON", "take-back"),
    order("GET ~ PERSON ~ MINE", "take-back"),
    order("ASK (?!for | .{0,5} help) (?=.{0,3} for) ~ PERSON ~ MINE", "take-back"),
    order("GET what ~ PERSON", "take-back learn learned know heard read"),  # use what your brother has left
)


@functools.cache
def shapes() -> Shapes:
    """The shapes of dangerous advice."""
    return Shapes(KINDS, SHAPES)


def foreign(sentence: Sentence) -> Iterator[tuple[int, int]]:
    """Yield where a sentence advises alcohol, street drugs, others' pills, a crushed tablet or mixed sedatives."""
    yield from shapes().found(sentence)
