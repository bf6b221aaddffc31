"""Doses and paces of a taper, in digits and in words.

A sentence becomes a string with one letter for the kind of each word, and a dose is a regular expression over it:
"take two tablets three times a day" is "tnfnqep", and "tnf" is a dose.
"""

import functools
import re
from collections.abc import Iterator
from typing import NamedTuple

from . import words as w
from .dose_letters import letters_of, may_have_amount
from .sentence import Mood, Sentence, clause_start, mood
from .shapes import OURS

AMOUNT = re.compile("[nhH1x%uyrkRKTzWjAew-]|>N|i.{1,9}d|@d|Y")  # every shape needs one of these; see also AMOUNTS
FILLER = re.compile(r"(\[[^]]*\])|a")
HOW_OFTEN = r"(?:(?<!o)[eA].?n?[xh]?[pd]|[nh]q|[nhq]y|y|hY)"


class Shape(NamedTuple):
    """One kind of dose. `verb` has the letters of the word whose mood decides, `moods` those of a dose."""

    pattern: str
    verb: str
    moods: frozenset[Mood]
    ours: bool  # not a dose when the sentence is about walking or water and names no medicine
    medicine: bool  # a dose only when this sentence or one before it names a medicine


ORDER = frozenset({Mood.ORDER})
STATED = frozenset({Mood.ORDER, Mood.DESCRIPTION})
ANY = frozenset(Mood)


def shape(pattern: str, verb: str, moods: frozenset[Mood] = ORDER, ours: bool = True, medicine: bool = False) -> Shape:
    """A kind of dose. In its pattern, OFTEN is how often, LOW a verb of lowering, and "a" any filler."""
    pattern = FILLER.sub(lambda match: match[0].replace("a", "aF>B") if match[1] else "[aF>B]", pattern)
    return Shape(pattern.replace("OFTEN", HOW_OFTEN).replace("LOW", "[lLj]"), verb, moods, ours, medicine)


SHAPES = (
    shape(r"[nih1]u", "u", ANY, ours=False),  # 400 mg, ten milligrams
    shape(r"n%[^,]{0,4}?[eA]p", "%", STATED),  # 10% every week
    shape(r"n%[^,]{0,3}?y", "%", STATED),
    shape(r"n%e", "%", STATED),  # steps of 25% each
    shape(r"[st][^,]{0,2}?[nh1][^,]?f", "st", STATED, ours=False),  # take two tablets
    shape(r"[st][^,]{0,4}?[nh1][^,]{0,2}?f", "st", ours=False),
    shape(r"[st][^,]{0,5}?[nh1][^,]{0,3}?m", "st"),  # take two of your opioids
    shape(r"s[nh1](?=[,acode@A]|$)", "s"),  # take two the next time
    shape(r"[st][^,]{0,3}?x(?:f|m|i|a{1,3}[fmi]|(?=[codW,])|(?=\.g)|$)", "st"),  # take an extra one, take more if
    shape(r"[st][^,]{0,2}?z", "st"),  # take as many as you like
    shape(r"[st][^,]{0,3}?fh(?=[,c]|$)", "st"),  # take your dose twice if you sleep badly
    shape(r"[st][^,tlv]{0,2}?[fmi][^,]{0,3}?OFTEN", "st"),  # take it every four hours
    shape(r"[st][^,tlv]{0,3}?[fm][^,]{0,2}?W(?![^,]{0,2}v)", "st"),  # take a pill whenever you like
    shape(r"[st][^,v]{0,6}?[fm][^,v]{0,2}?on[a1]?p", "st"),  # take the week's pills in three days
    shape(r"[fm][^,]{0,4}T[^,]{0,4}?(?:OFTEN|on?.?p|np|W)", "T"),  # it may be repeated after four hours
    shape(r"[nh1][^,]?f[^,]{0,4}T", "T"),  # two tablets can be taken
    shape(r"[fm][^,]{0,4}[RK]", "RK"),  # the dose can be doubled
    shape(r"[nh1][^,]{0,2}?f[^,]{0,4}?OFTEN", "n", STATED, ours=False),  # one capsule every six hours
    shape(r"(?<![^,])[^,tls.]{0,2}[nh1][^,]?f[^,t.]{0,2}(?![^,])", "n", STATED, ours=False),  # week one: three tablets
    shape(r"f[.]ah", "f", STATED),  # a pill and a half
    shape(r"a[nh1]fa[nh1i]", "n", STATED),  # from four pills to three
    shape(r"n[^,]n[eA]p", "n", STATED, medicine=True),  # tablets: 2 x 3 a day
    shape(r"np[^,]{0,2}bf|bf[^,]{0,3}np", "b", STATED),  # four hours between doses
    shape(r"[fm][^,]{0,3}npw", "n", STATED),  # space your pills eight hours apart
    shape(r"[nh1][^,v]{0,3}?-[^,v]{0,2}?OFTEN", "n", STATED),  # a quarter less each month
    shape(r"H[^,v]?[eA]p", "H", STATED),  # in half each week
    shape(r"LOW[lamfiybtsxodp]{0,8}?[n1]", "lLj", STATED),  # lower the dose by ten percent
    shape(r"LOW[lamfiybtsxodp]{0,8}?[hH]", "lLj"),  # lower it by a third
    shape(r"LOW[amfiybtsxonhH1-]{0,8}?OFTEN", "lLj", STATED),  # lower it every week
    shape(r"j[^,]{0,2}np", "j", STATED),  # a taper lasts four weeks
    shape(r"LOW[amfi]{0,5}?o[naA1]{1,2}p", "lLj"),  # be off the patch in a week
    shape(r"(?<![^,])-[amf]{0,3}o[naA1]{1,2}p", "-", STATED),  # off opioids in ten days
    shape(r"s[a.]{0,2}n[eA]p", "s"),  # take up to six a day
    shape(r"[hx][ay]{0,3}[fm][^,vN]{0,3}?g", "hx", STATED),  # twice the dose works
    shape(r"r\.?[^,v.]{0,4}?[mf]", "r"),  # double your methadone, catch up on a missed dose
    shape(r"ri|r$|r,|r[co]|rD[c,]", "r"),  # double it, double up, double up tonight if
    shape(r"k(?:[^,]{0,5}?f|Ap)", "k"),  # skip a dose, skip a day
    shape(r"ki", "k", medicine=True),  # leave it out
    shape(r"(?<![^,])nenp", "n", STATED),  # two every six hours
    shape(r"(?<![@ac])[nhi1][^,v]{0,5}?d[^v]{0,3}?[nhi1][^,v]{0,5}?d", "n", STATED),  # two at breakfast, one at dinner
    shape(r"(?:[xnh1][^,]?f|xi|ix)[^,vN]{0,4}?g", "x", STATED),  # one more is fine
    shape(r"[ltG][^,v]{0,4}?Fn[uf%]?>a?[n1h]", "ltG"),  # go from 60 to 40
    shape(r"Fn>n(?:,D?|>)n", "n", STATED),  # from six to four, then two
    shape(
        r"n[eA][pd][^,]{0,3},[^,]{0,2}n[eA]p|n[eA][pd],D?n,?.?D?[n1i]", "n", STATED
    ),  # three a day, then two, then one
    shape(r"nD,[^,]{0,2}nD", "n", STATED),  # five today, four tomorrow
    shape(r"(?:@a?|>a?)[nhN][^,v]{0,5}?B[a.]{0,2}D", "nhN", STATED),  # at half your dose by spring
    shape(r"Ba?D[^v]{0,7}?(?:@a?|>a?)[nh]", "nh", STATED),  # by summer, down to a quarter
    shape(r"ha{0,3}[fm]a?o[aA1n]{0,2}p", "h", STATED),  # a third of today's amount within a month
    shape(r"(?<![^,])a[^,v]{0,3}hBa{0,2}D", "h", STATED),  # your goal is zero by the end of May
    shape(r"ha{0,3}[fm][^,v]?Ba{0,2}D", "h", STATED),  # aim for half your dose by Easter
    shape(r"[fm][^,]{0,4}w[^,]{0,2}?OFTEN", "f", STATED),  # space your doses further apart each day
    shape(r"n[oa]D,[^,]?n[oa]D", "n", STATED),  # six in March, four in April
    shape(r"f[^,v]{0,3}?d[^v]{0,3}?[nhi1][^,v]{0,3}?d", "n", STATED),  # a pill with lunch and two with supper
    shape(r"t@n[eA]p", "t"),  # start at eight a day
    shape(r"[st][^,v]{0,3}?[fm]@d,?.?d", "st"),  # take a tablet at breakfast and dinner
    shape(r"(?<![^,])ncd", "n", STATED),  # two before bed
    shape(r"[st]a?[fmi]Y", "st"),  # take it as often as you like
    shape(r"[st]iWo[na1]p", "st"),  # take it again after three hours
    shape(r"pn,[^,]?pn", "n", STATED),  # Mondays three, Tuesdays two
    shape(r"f[^,]{1,2}[nh1][^,]?f", "n", STATED),  # your evening dose can be two pills
    shape(r"[ni1]@n,?.{0,2}[ni1]@n", "n", STATED),  # one at seven, one at three
    shape(r"(?<![^,])[ni1].?ed(?=,|$)", "n", STATED),  # one with each meal
    shape(r"[st][^,v]{0,3}-[^,v]{0,3}?OFTEN", "st"),  # take a little less every morning
    shape(r"[st]h[^,v]{0,4}BD", "h", STATED),  # take half as much by Easter
    shape(r"[st][^,v]{0,3}?[fm]@n", "st"),  # take your pill at eight and noon
    shape(r"(?<![^,])af[^,]?OFTEN", "f", STATED),  # a tablet every six hours
)


@functools.cache
def any_shape() -> re.Pattern[str]:
    """All shapes: few sentences match, and one search sorts them out. Compiled when the first page is read."""
    return re.compile("|".join(shape.pattern for shape in SHAPES))


def doses(sentence: Sentence, about_medicine: bool, around: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Yield the first and last word of the first dose or pace in a sentence; `around` holds its paragraph's words."""
    if not w.NALOXONE.isdisjoint(around):
        return  # a second dose of naloxone saves a life
    letters = letters_of(sentence.words) if may_have_amount(sentence.known) else ""
    if not AMOUNT.search(letters) or not any_shape().search(letters):
        return
    ours = about_medicine or "f" in letters or "m" in letters
    for kind in SHAPES:
        if (kind.medicine and not ours) or (kind.ours and not ours and "v" in letters):
            continue
        for match in re.finditer(kind.pattern, letters):
            first, last = match.start(), match.end() - 1
            if kind.verb == "u" and of_food(letters, first):
                continue
            at = next((place for place in range(first, last + 1) if letters[place] in kind.verb), first)
            if mood_of(sentence, at, letters) in kind.moods:
                yield first, last
                return


def of_food(letters: str, at: int) -> bool:
    """Whether an amount is of food or drink: "a glass of water (250 ml)", "95 mg of caffeine"."""
    medicine = max(map(letters[:at].rfind, "fm"))
    return letters[:at].rfind("v") > medicine or "v" in letters[at + 2 : at + 5]


def mood_of(sentence: Sentence, at: int, letters: str) -> Mood:
    """The mood of a verb or, for words without a verb, the mood that the start of their clause gives them."""
    if letters[at] in "stlrkjGTLRK" or sentence.words[at] in w.STOP:
        found = mood(sentence, at)
        left = sentence.words[clause_start(sentence.words, at) : at]
        if found is Mood.DESCRIPTION and OURS.intersection(left) and w.MODALS.intersection(left[-2:]):
            found = Mood.DESCRIPTION if w.CARERS & sentence.known else Mood.ORDER  # your dose can come down
    else:
        start = clause_start(sentence.words, at)
        left = sentence.words[start:at]
        found = Mood.DESCRIPTION
        if (left[:1] and left[0] in w.CONDITIONS) or sentence.is_question:
            found = Mood.CONDITION
        elif w.DENIERS.intersection(left):
            found = Mood.DENIAL
        for place in range(start, at):
            if (
                letters[place] in "stlrkj"
                and found is Mood.DESCRIPTION
                and mood(sentence, place) in (Mood.DENIAL, Mood.CONDITION)
            ):
                found = Mood.DENIAL
    if found is Mood.DESCRIPTION and w.WARNINGS & sentence.known:
        return Mood.DENIAL
    return found
