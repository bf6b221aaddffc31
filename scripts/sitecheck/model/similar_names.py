"""The names that are most similar to a word, by difflib's ratio."""

from __future__ import annotations

import functools
from collections.abc import Iterable

KINDS, TIMES = 64, 16  # `letter_bits` has room for so many kinds of letters, and so many of each
MAX_LENGTH = 300  # letters; a longer word is not a misspelled name
NAME, START = 40, 50  # what a look at a name costs, and the begin of a comparison, in letters compared with letters


class Effort:
    """How much may still be compared in one run: a letter with a letter, which takes some 6 ns."""

    def __init__(self, left: int = 50_000_000) -> None:  # nobody fixes thousands of names by suggestions
        self.left = left


def similar_names(word: str, names: Iterable[str], count: int, ratio: float, effort: Effort | None = None) -> list[str]:
    """At most `count` names whose similarity to `word` is at least `ratio` (0 to 1), the most similar first.

    Gives what difflib.get_close_matches gives for names of at most MAX_LENGTH letters, but compares only those that can
    reach the ratio and be among the first. Once the effort is spent, gives none.
    """
    effort = effort or Effort()
    if len(word) > MAX_LENGTH or effort.left <= 0:
        return []
    from difflib import SequenceMatcher  # imported only when something is wrong

    bits, length = letter_bits(word), len(word)
    short = [name for name in names if len(name) <= MAX_LENGTH]
    effort.left -= NAME * len(short)
    likely = [
        (bound, name)
        for name in short
        if (bound := 2 * (bits & letter_bits(name)).bit_count() / (length + len(name) or 1)) >= ratio
    ]
    matcher = SequenceMatcher(None, "", word)
    best: list[tuple[float, str]] = []
    for bound, name in sorted(likely, reverse=True):
        if len(best) == count and bound < best[-1][0]:
            break
        effort.left -= (length + START) * (len(name) + START)
        if effort.left <= 0:
            return []
        matcher.set_seq1(name)
        if (score := matcher.ratio()) >= ratio:
            best = sorted([*best, (score, name)], reverse=True)[:count]
    return [name for _, name in best]


@functools.lru_cache(100_000)
def letter_bits(word: str) -> int:
    """A bit for each letter of a word: the first "a", the second "a" …, at the next free bit if its own is taken.

    The bits that two words share are at least as many as the letters that difflib can match, and counting them is a
    hundred times faster.
    """
    bits = 0
    for letter in word:
        bit = 1 << ord(letter) % KINDS * TIMES
        if bits & bit:
            bit = ~bits & -bit  # the free bits from there on
            bit &= -bit
        bits |= bit
    return bits
