"""The names that are most similar to a word, by difflib's ratio."""

from __future__ import annotations

import functools
from collections.abc import Iterable

KINDS, TIMES = 64, 16  # `letter_bits` has room for so many kinds of letters, and so many of each
MAX_LENGTH = 300  # letters; a longer word is not a misspelled name


def similar_names(word: str, names: Iterable[str], count: int, ratio: float) -> list[str]:
    """At most `count` names whose similarity to `word` is at least `ratio` (0 to 1), the most similar first.

    Gives what difflib.get_close_matches gives for names of at most MAX_LENGTH letters, but compares only those that can
    reach the ratio.
    """
    from difflib import get_close_matches  # imported only when something is wrong

    if len(word) > MAX_LENGTH:
        return []
    bits, length = letter_bits(word), len(word)
    short = [name for name in names if len(name) <= MAX_LENGTH]
    likely = [name for name in short if 2 * (bits & letter_bits(name)).bit_count() >= ratio * (length + len(name))]
    return get_close_matches(word, likely, count, ratio) if likely else []


@functools.lru_cache(100_000)
def letter_bits(word: str) -> int:
    """A bit for each letter of a word: the first "a", the second "a" …, at the next free bit if its own is taken.

    The bits that two words share are at least as many as the letters that difflib can match, and counting them is a
    hundred times faster.
    """
    bits = 0
    for letter in word:
        bit = 1 << ord(letter) % KINDS * TIMES
        while bits & bit:
            bit <<= 1
        bits |= bit
    return bits
