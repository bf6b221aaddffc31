"""The names that are like a word, as difflib measures it. Asked only about what is wrong, so it is loaded late."""

from __future__ import annotations

import functools
from collections.abc import Iterable

KINDS, OFTEN = 64, 16  # of letters, and of one kind in a word; what is too much for its place takes the next free one
LONG = 300  # letters; longer names are not mistyped but wrong


def near(word: str, known: Iterable[str], number: int, alike: float) -> list[str]:
    """The most like it, the likest first."""
    from difflib import get_close_matches  # only where something is wrong

    if len(word) > LONG:
        return []
    own, length, longest = letters(word), len(word), len(word) * (2 / alike - 1)
    short = [one for one in known if len(one) <= longest]
    likely = [one for one in short if 2 * (own & letters(one)).bit_count() >= alike * (length + len(one))]
    return get_close_matches(word, likely, number, alike) if likely else []


@functools.lru_cache(100_000)
def letters(word: str) -> int:
    """A bit for each letter of a word, the second of its kind, the third … What two words have in common is at most as
    much as they share of these, and that is known a hundred times sooner."""
    bits = 0
    for letter in word:
        bit = 1 << ord(letter) % KINDS * OFTEN
        while bits & bit:
            bit <<= 1
        bits |= bit
    return bits
