"""Orders to stop a medicine: today, all at once, into the trash."""

from __future__ import annotations

import functools
from collections.abc import Iterator

from . import words as w
from .sentence import BREAKS, Sentence, clause_start
from .shapes import NO_CONDITION, OURS, Shape, Shapes, ordered, with_ing

THROW = w.HURL | w.words("flush throw_away throw_out toss toss_out dump trash get_rid ditch bin scrap")
OLD = w.OLD | {"fold", "folded"}  # leftover pills and used patches are to be thrown away
KINDS = {
    "STOP": with_ing(w.STOP - THROW),
    "THROW": with_ing(THROW),
    "CAST": w.HURL | w.words("throw toss pour tip"),
    "DROP": w.HURL | w.words("put pop stick shove stuff drop tip pour drain send wash throw toss"),
    "OFF": w.words("come_off get_off go_off wean_off flush"),
    "THING": OURS | {"bottle", "bottles", "stash", "pillbox"},
    "OURS": OURS,
    "TRASH": w.AWAY,
    "QUIT": w.words("quit quitting"),
    "HALT": w.words("quit quitting stop stopping"),
    "DAY": w.words("monday tuesday wednesday thursday friday saturday sunday"),
    "SOON": w.words("today now tonight tomorrow immediately altogether"),
    "ALONE": w.words("suddenly abruptly overnight alone"),
    "STOPPED": w.STOPPED,
    "BREAK": BREAKS,
    "POINT": w.words("."),
    "CARER": w.CARERS,
    "HANDED": w.HANDED,
}
# not "stop smoking", "stop by with your pills" and "stop using the same spot for each patch"
ACT = "(?!ING | (by|at|into)(?!once) | (using|taking) (?!it|them|these|all) -THING{1,5} (for|with|near|around)) ~"
THINGS = f"{ACT} (THING | (these|those|the|your|all|this) (drug|drugs))"
TAKEN = f"{ACT} (it|them)"
SUDDENLY = "(ALONE | all at once | in one go | on your own | without any? help)"


def at_the_start(sentence: Sentence, at: int) -> bool:
    """Whether an order begins its clause: "now quit", not "the people who quit"."""
    return ordered(sentence, at) and w.LEADING.issuperset(sentence.words[clause_start(sentence.words, at) : at])


def first_word(sentence: Sentence, at: int) -> bool:
    """Whether a word is the first of its clause."""
    return clause_start(sentence.words, at) == at


SHAPES = (
    Shape("QUIT SOON"),
    Shape("(stop|stopping) SOON POINT", meant=at_the_start),
    Shape("HALT (on|this|next) DAY", meant=at_the_start, unless=w.words("by desk form forms pick shot")),
    Shape(f"HALT ~ {SUDDENLY}"),
    Shape("QUIT (?=BREAK|and)", unless=w.words("smoke smoking tobacco"), meant=at_the_start),
    Shape("(go|going|quit|quitting|try|stop|do) cold_turkey"),
    Shape(f"STOP {THINGS}"),
    Shape(f"THROW {THINGS}", unless=OLD),
    Shape(f"STOP {TAKEN}", needs=OURS),
    Shape(f"THROW {TAKEN}", unless=OLD, needs=OURS),
    Shape(f"STOP {ACT} (taking|using) (it|them)"),
    Shape(f"OFF {ACT} (everything|lot)", unless=OLD),
    Shape("remove ~ (patch|patches)", unless=OLD),
    Shape("DROP ~ THING ~ TRASH", unless=OLD),
    Shape("empty ~ THING ~ TRASH", unless=OLD - {"empty"}),
    Shape("put ~ THING ~ down", unless=OLD),
    Shape("CAST ~ THING ~ (away|out)", unless=OLD),
    Shape("CAST (it|them) (away|out)", unless=OLD, needs=OURS),
    Shape("leave ~ THING ~ behind", unless=OLD),
    Shape("give ~ THING ~ up", unless=OLD),
    Shape("(rip|pull) ~ THING ~ off", unless=OLD),
    Shape("OURS -CLAUSE{0,30} be .? <STOPPED>"),
    Shape("no more OURS", meant=first_word),
)
HANDED_OVER = (Shape("HANDED .{0,4} CARER | CARER .? HANDED", meant=lambda *_: True),)


@functools.cache
def shapes() -> tuple[Shapes, Shapes]:
    """The orders, and what hands the change over."""
    return Shapes(KINDS, SHAPES), Shapes(KINDS, HANDED_OVER)


def stops(sentence: Sentence, about_medicine: bool) -> Iterator[tuple[int, int]]:
    """Yield the first and last word of each order to stop a medicine that names neither "slowly" nor a prescriber."""
    orders, handed_over = shapes()
    found = list(orders.found(sentence, about_medicine))
    slowly = w.SLOWLY & sentence.known and {"alone", "yourself", "without"}.isdisjoint(sentence.known)
    if not found or slowly or {"911", "emergency"} & sentence.known:
        return
    if not (NO_CONDITION.isdisjoint(sentence.known) and any(handed_over.found(sentence))):
        yield from found
