"""Phone numbers that a sentence says to call or text, and whose they are."""

import itertools
import operator
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from . import words as w
from .sentence import BREAKS, REACH, Sentence, clause_start

SHORT = 6  # digits; in a longer number two may be wrong
NEAR = 7  # words at most between "call" and the number
SPELLED = {
    "zero": "0", "oh": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7",
    "eight": "8", "nine": "9", "eleven": "11",
}  # fmt: skip
REPEATED = {"double": 2, "triple": 3}
BEGIN_NUMBER = frozenset(SPELLED) | REPEATED.keys()
CALLING = w.words(
    """contact call calls calling text texts texting message messaging dial dialing
    punch ring phone telephone tel reach hotline helpline
    line lifeline number ambulance 911 988"""
)
# One calls these only where "is", "at" or ":" leads to the number.
NAMED = w.words("hotline helpline line lifeline number ambulance")
LEADS = w.words("is are at on : to call text dial ,")
COUNTS = w.words(
    """people persons patients times calls callers texts languages miles dollars words steps of friends family
    years year numbers others pills doctors nurses pm am people's readers % percent pct"""
) | {word for word in w.PERIODS if word.endswith("s")}
NO_PHONE_BEFORE = w.words(
    """in since about of $ page room # suite over nearly than until by extension press £ within"""
)
EMERGENCY = w.words(
    """overdose overdoses overdosed overdosing breathing breathe breathes ambulance unconscious woken blue poison
    poisoned emergency emergencies danger gurgling choking dying fire"""
)
GRAVE = w.words("breathing breathe breathes ambulance unconscious woken blue gurgling choking dying collapsed")
ERRANDS = w.words(
    """refill refills appointment appointments visit billing bill directions booking book receptionist prescription"""
)
# Other organizations, named by what they are.
KINDS = w.words(
    """helpline hotline line lifeline warmline county city state department pharmacy pharmacies drugstore
    drugstores hospital hospitals library libraries shelter insurer insurance plan medicaid medicare police
    precinct charity group groups society association foundation institute center centers centre program agency
    bureau council school university church pantry taxi bus subway store stores shop shops museum pool gym site
    sites kiosk kiosks box union embassy company ride lab laboratory federation academy network court legal
    veterans va bank market manufacturer bakery cafe restaurant deli supermarket grocery park garden theater
    cinema post salon barber laundromat hotel farm zoo"""
)
OURS = w.words("we us our ours front reception receptionist practice you'll")
READERS_DAY = w.words(
    """sleep sleeps sleeping nap naps rest bed walk walks exercise eat wake screen screens quiet dinner lunch"""
)
OPENING = w.words(
    """open opens close closes closed hours visit visits come walk-in available answer answers call staffed"""
)
THE_CLINIC = re.compile(r"\b(?:the|this) clinic\b", re.I)
SMALL = w.words("of on and for the in at & to")
NO_NAMES = ("AM", "PM", "TTY", "TDD", "OIH", "EST", "ET", "I", "Dr.", "Mr.", "Mrs.", "Ms.")
KEYWORD = re.compile(r"\b[A-Z]{2,}(?= to \d)")  # text HOME to 741741
NAME_WORD = re.compile(r"[A-Z][\w'’&.-]*")
CAMEL = re.compile(r"[a-z-][A-Z]")  # ExpressCare, Access-A-Ride
DAYS = w.words(
    """monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays
    saturdays sundays january february march april may june july august september october november december"""
)


class PhoneCall(NamedTuple):
    """A number to call: the places of its first and last word, and its digits."""

    first: int
    last: int
    digits: str


def calls_in(sentence: Sentence) -> Iterator[PhoneCall]:
    """The numbers that a sentence says to call, in digits or in words."""
    words, known, place = sentence.words, sentence.known, 0
    if BEGIN_NUMBER.isdisjoint(known) and "-" not in sentence.text and not any(map(str.isdigit, known)):
        return
    while place < len(words):
        if not (words[place] in BEGIN_NUMBER or words[place].isdigit() or "-" in words[place]):
            place += 1  # most words: the look at each would take long
            continue
        last, digits = number_at(words, place)
        if (len(digits) >= 3 or digits in ("91", "98", "99")) and is_call(words, place, last, digits):
            yield PhoneCall(place, last, digits)
        place = last + 1


def number_at(words: tuple[str, ...], place: int) -> tuple[int, str]:
    """(the place of a number's last word, its digits), "" where none begins: 912, 9-1-2, nine one two."""
    digits, last = "", place
    while place < len(words):
        if words[place] in REPEATED and words[place + 1 : place + 2] and words[place + 1] in SPELLED:
            digits, last = digits + SPELLED[words[place + 1]] * REPEATED[words[place]], place + 1
            place += 1
        elif words[place].isdigit() or words[place] in SPELLED:
            digits, last = digits + SPELLED.get(words[place], words[place]), place
        elif "-" in words[place] and all(part in SPELLED for part in words[place].split("-")):
            digits, last = digits + "".join(SPELLED[part] for part in words[place].split("-")), place
        elif not digits or words[place] not in ("-", ".", "/", "(", ")"):
            break
        place += 1
    return last, digits


def is_call(words: tuple[str, ...], first: int, last: int, digits: str) -> bool:
    """Whether a number is to be called, and does not count people, hours or pages."""
    if len(digits) == 3 and last > first and digits.startswith("9"):
        return True  # 9-1-2, nine one two
    before, after = words[first - 1] if first else "", words[last + 1] if last + 1 < len(words) else ""
    if after in COUNTS or before in NO_PHONE_BEFORE:
        return False
    if after == "is" and CALLING.intersection(words[last : last + NEAR]):
        return True  # 919 is the number to call
    for word in reversed(words[max(first - NEAR, 0) : first]):
        if word in CALLING and (word not in NAMED or before in LEADS):
            return True
        if word in BREAKS - {":", ",", "(", '"', "“"}:
            return False
    return not before and after in ("for", "now", "at_once") and len(digits) < SHORT


def misused(sentence: Sentence, call: PhoneCall, before: Sentence | None = None) -> str:
    """The number to call instead, when a real number is given for the wrong need; else "".

    `before` is the sentence before, which counts when it is a question.
    """
    words = sentence.words
    if w.DENIERS.intersection(words[clause_start(words, call.first) : call.first]):
        return ""  # do not call 911 for a refill
    around = {*stretch(words, call), *(before.words if before and before.is_question else ())}
    if "like" in around:
        around -= {"dying"}  # you feel like dying: 988
    if len(call.digits) > 3:
        return "911" if GRAVE & around and not {"911", "awake", "well"} & (sentence.known | around) else ""
    if call.digits != "911" and EMERGENCY & around and "911" not in sentence.known:
        return "911"
    if call.digits == "988" and "swallowed" in around:
        return "Poison Help, 1-800-222-1222"
    if call.digits == "911" and ERRANDS & around and not EMERGENCY & around:
        return "the number on the pill bottle or appointment card"
    return ""


def is_text_code(sentence: Sentence, call: PhoneCall) -> bool:
    """Whether a number is the five or six digits to which another organization takes texts, for no emergency."""
    grave = EMERGENCY | {"crisis", "suicide", "988", "911"}
    named = "text" in sentence.words[max(call.first - NEAR, 0) : call.first] and names_another(
        KEYWORD.sub("", sentence.text), ()
    )
    return len(call.digits) in (5, 6) and named and grave.isdisjoint(sentence.known)


def stretch(words: tuple[str, ...], call: PhoneCall) -> Iterator[str]:
    """The words that say what a number is for: those between the full stops around it."""
    for way in (reversed(words[max(call.first - REACH, 0) : call.first]), words[call.first : call.last + REACH]):
        yield from itertools.takewhile(lambda word: word not in (".", ";", "!", "?"), way)


def names_another(text: str, own: Iterable[str]) -> bool:
    """Whether a sentence names an organization other than the clinic, or a kind of one.

    `own` holds the clinic's names and places. "We", "our desk" and "the clinic" mean the clinic too.
    """
    plain = text.replace("’", "'")
    low = [word.removesuffix("'s") for word in re.findall(r"[\w'-]+", plain.lower())]
    named = any(name and name.lower() in plain.lower() for name in own)
    if named or OURS.intersection(low) or THE_CLINIC.search(plain):
        return False
    return bool(KINDS.intersection(low)) or has_name(plain)


def about_a_day(text: str) -> bool:
    """Whether a sentence is about the reader's day, such as sleep, and not about opening hours."""
    low = frozenset(re.findall(r"[\w'-]+", text.lower()))
    return not READERS_DAY.isdisjoint(low) and low.isdisjoint(OPENING | OURS)


def has_name(text: str) -> bool:
    """Whether a text has a name: two capitalized words together ("Arthritis Foundation"), or an acronym (SAMHSA)."""
    run = 0
    for place, word in enumerate(re.findall(r"[\w'&.-]+", text)):
        if word.lower() in DAYS or word in NO_NAMES:
            run = 0
        elif NAME_WORD.fullmatch(word):
            if len(word) > 2 and (word.isupper() or CAMEL.search(word)):
                return True
            run += 1 if place or word.lower() not in w.LEADING | CALLING | SMALL else 0
        elif word.lower() not in SMALL:
            run = 0
        if run > 1:
            return True
    return False


def looks_like(number: str, known: Iterable[str]) -> str:
    """The known number that differs in one digit, in two that changed places or, if long, in any two; "" for none."""
    best, fewest = "", 3 if len(number) > SHORT else 2
    for other in known:
        if len(other) == len(number) and other != number:
            differ = sum(map(operator.ne, number, other))
            differ -= differ == 2 and sorted(number) == sorted(other)  # two that changed places
            if differ < fewest:
                best, fewest = other, differ
    return best
