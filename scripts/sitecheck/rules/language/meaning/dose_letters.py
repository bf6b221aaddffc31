"""The kinds of words that make a dose, one letter each."""

from __future__ import annotations

from collections.abc import Iterable

from . import words as w
from .sentence import BREAKS

# The first set that has the word gives its letter.
LETTERS: tuple[tuple[str, frozenset[str]], ...] = (
    ("N", w.DENIERS),
    ("u", w.UNITS),
    ("%", w.PERCENT),
    ("f", w.COUNTED),
    ("m", w.MEDICINES),
    ("k", w.SKIP),
    ("r", w.RAISE),
    ("j", w.TAPER),
    ("h", w.FRACTIONS),
    ("H", w.words("in_half")),
    ("l", w.LOWER),
    ("x", w.EXTRA),
    ("-", w.LESS),
    ("n", w.NUMBERS),
    ("s", w.SWALLOW),
    ("t", w.TAKE),
    ("T", w.TAKEN),
    ("L", w.LOWERED - w.LOWER),
    ("R", w.RAISED),
    ("K", w.SKIPPED),
    ("@", w.words("at")),
    ("F", w.words("from")),
    (">", w.words("to")),
    ("B", w.words("by")),
    ("D", w.DATES),
    ("G", w.words("go move")),
    ("b", w.words("between")),
    ("W", w.FREELY),
    ("w", w.words("apart")),
    ("q", w.words("time times")),
    ("y", w.FREQUENTLY),
    ("Y", w.words("as_often")),
    ("e", w.words("every each per")),
    ("d", w.TIMES_OF_DAY),
    ("p", w.PERIODS),
    ("o", w.words("in over within inside after for")),
    ("i", w.words("it them one ones")),
    ("g", w.FINE),
    ("c", w.words("if when than until before")),
    ("v", w.BODY),
    ("a", w.FILLERS),
    (",", BREAKS - {"-"}),
)
LETTER = {word: letter for letter, known in reversed(LETTERS) for word in known}
BY_NEIGHBORS = w.words("as once a an double triple both bring leave one")
# A sentence with none of these words, and no digit, has nothing that doses.AMOUNT finds.
AMOUNTS = BY_NEIGHBORS - w.words("a an bring") | {
    word for word, letter in LETTER.items() if letter in "nhHx%uyrkRKTWjew-YdpN"
}


def may_have_amount(known: Iterable[str]) -> bool:
    """Whether some of these words may be an amount or a pace: most sentences have none."""
    return not AMOUNTS.isdisjoint(known) or any(word[0].isdigit() for word in known)


def letters_of(words: tuple[str, ...]) -> str:
    """The kinds of a sentence's words, one letter each."""
    letters = [LETTER.get(word) or ("n" if word[0].isdigit() else ".") for word in words]
    for place, word in enumerate(words):
        if word in BY_NEIGHBORS:
            letters[place] = _letter_among(words, place, letters[place])
    return "".join(letters)


def _letter_among(words: tuple[str, ...], place: int, letter: str) -> str:
    """The letter of a word whose kind depends on the words around it."""
    word, ahead = words[place], words[place + 1 : place + 3]
    following = LETTER.get(ahead[0], ".") if ahead else ""
    if word == "as" and ahead[:1] in (("many",), ("much",)) and words[place + 2 : place + 4] == ("as", "you"):
        return "z"  # as many as you like
    if word == "once" and ahead and ahead[0] in ("a", "every", "each", "per", "daily"):
        return "y"
    if word in ("a", "an") and following in ("p", "d"):
        return "A"  # ten percent a month
    if word in ("double", "triple") and place and words[place - 1] in ("a", "the", "one"):
        return "h"
    if word == "both" and following in ("@", ",", "d", "c"):
        return "n"
    if word == "bring" and not _lowered(words[place + 1 : place + 5]):
        return "."  # bring two questions
    if word == "leave" and "out" in words[place : place + 5]:
        return "k"
    if word == "one" and ahead:
        meal = (ahead[0] == "with" and LETTER.get(ahead[-1], ".") in "ed") or ahead[0] == "and"  # one with dinner
        unclear = following in ".pvmt" and not meal
        return "1" if following in "fh" else "." if unclear else "i"
    return letter


def _lowered(ahead: tuple[str, ...]) -> bool:
    return not {"down", "dose", "dosage", "amount"}.isdisjoint(ahead)
