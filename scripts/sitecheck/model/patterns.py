"""Patterns of the settings: what an exception or a list of copies names."""

from __future__ import annotations

import fnmatch
import re
from collections import Counter
from collections.abc import Callable, Iterable

Fits = Callable[[str], object]


class Patterns:
    """Patterns in which "*" stands for any run of characters and "re:" begins a regular expression.

    Each is looked up by the rarest three letters that a text must have to fit: a thousand take hardly longer than one.
    """

    def __init__(self, patterns: Iterable[str]) -> None:
        bits = bits_of(patterns)
        self.always = bits.pop("", 0) | bits.pop("*", 0)  # those that fit everything
        self.by_letters: dict[str, list[tuple[int, Fits]]] = {}
        uses = Counter(letters for pattern in bits for letters in letters_of(pattern))
        for pattern, equal in bits.items():
            rarest = min(sorted(letters_of(pattern)), key=uses.__getitem__, default="")
            self.by_letters.setdefault(rarest, []).append((equal, matcher(pattern)))

    def fitting(self, *texts: str) -> int:
        """The patterns that fit one of the texts: the bit `1 << n` stands for the n-th."""
        found = self.always
        if self.by_letters:
            for text in texts:
                for letters in threes(text) | {""}:
                    for bits, fits in self.by_letters.get(letters, ()):
                        if fits(text):
                            found |= bits
        return found


def bits_of(texts: Iterable[str]) -> dict[str, int]:
    """Each text, with the bit `1 << n` for every n-th place where it stands."""
    bits: dict[str, int] = {}
    for index, text in enumerate(texts):
        bits[text] = bits.get(text, 0) | 1 << index
    return bits


def letters_of(pattern: str) -> set[str]:
    """Every three letters in a row that a text must have to fit; none are known for a regular expression."""
    if pattern.startswith("re:"):
        return set()
    return {three for part in re.split(r"[*?]", pattern.partition("[")[0]) for three in threes(part)}


def threes(text: str) -> set[str]:
    """Every three letters in a row."""
    return {text[index : index + 3] for index in range(len(text) - 2)}


def matcher(pattern: str) -> Fits:
    """A function that says whether a text fits a pattern."""
    if pattern.startswith("re:"):
        return re.compile(pattern[3:]).search  # compiled once: `re` itself keeps no more than 512
    return lambda text: fnmatch.fnmatchcase(text, pattern)
