"""Kinds of dangerous advice, as patterns over the kinds of a sentence's words.

Each word becomes a letter that says to which kinds it belongs, and a pattern is a regular expression over the letters.
In it a name in capitals stands for a word of that kind, any other name for that word itself, ING for a word in -ing
that no pattern names, "." for any word, "-KIND" for a word of another kind, and "~" for up to seven words of the
clause. The verb whose mood decides stands in < >, or first.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from ....project.data.records import forms
from . import words as w
from .sentence import BREAKS, Mood, Sentence, mood

OURS = w.COUNTED | w.MEDICINES
NO_CONDITION = frozenset({"without", "later", "afterwards", "whatever", "even", "need"})
NOTHING: frozenset[str] = frozenset()
COMMON = w.words(". , the and a it is you your to can or for of not in that what may do are if be one on this with how")
WORD = re.compile(r"[a-z]+(?:[_-][a-z]+)*")
TOKEN = re.compile(rf"(?P<no>-?)(?P<name>[A-Z]+|{WORD.pattern})|[<>~ ]")
GROUP = re.compile(r"\([^()]*\)|[A-Z]+[?*]")  # what a pattern may do without
ING, UNKNOWN = "g", "u"  # letters of words of no kind


def ordered(sentence: Sentence, at: int) -> bool:
    """Whether the verb at a place is an order."""
    return mood(sentence, at) is Mood.ORDER


def by_carer(sentence: Sentence) -> bool:
    """Whether the sentence leaves the choice to a prescriber or pharmacist."""
    return not w.CARERS.isdisjoint(sentence.known) and NO_CONDITION.isdisjoint(sentence.known)


class Shape(NamedTuple):
    """One kind of advice."""

    pattern: str
    unless: frozenset[str] = NOTHING  # words with which a sentence does no harm
    needs: frozenset[str] = NOTHING  # words of which a sentence must have one, if any are given
    meant: Callable[[Sentence, int], bool] = ordered  # whether the sentence means it, by the place of its verb


class Shapes:
    """Patterns that share their kinds of words."""

    def __init__(self, kinds: Mapping[str, frozenset[str]], shapes: tuple[Shape, ...]) -> None:
        literal = {word for shape in shapes for word in WORD.findall(shape.pattern)}
        self.kinds = {"CLAUSE": BREAKS | w.CONDITIONS, **kinds, **{one: frozenset({one}) for one in literal}}
        others = frozenset().union(*kinds.values()) - literal
        self.kinds["ING"] = frozenset(word for word in others if word.endswith("ing"))
        kinds_of: dict[str, frozenset[str]] = {}
        for name, known in self.kinds.items():
            kinds_of |= {word: kinds_of.get(word, NOTHING) | {name} for word in known}
        self.letter = {mix: chr(0xA1 + number) for number, mix in enumerate(dict.fromkeys(kinds_of.values()))}
        self.letter[frozenset({"ING"})] = ING
        self.letter_of = {word: self.letter[mix] for word, mix in kinds_of.items()}
        self.shapes = shapes
        self.patterns: dict[int, re.Pattern[str]] = {}
        self.needed = [self.always(shape.pattern) for shape in shapes]
        self.by_word: dict[str, set[int]] = {}  # which shapes to try, by the words of their rarest kind
        for number, needed in enumerate(self.needed):
            for word in min(needed, key=rarity):
                self.by_word.setdefault(word, set()).add(number)
        self.triggers = frozenset(self.by_word)  # most sentences have none, which one intersection of sets shows

    def always(self, pattern: str) -> list[frozenset[str]]:
        """The kinds of which a sentence must have a word, or a pattern is not in it."""
        always = pattern
        while always != (always := GROUP.sub("", always)):
            pass
        return [self.kinds[token["name"]] for token in TOKEN.finditer(always) if token["name"] and not token["no"]]

    def pattern(self, number: int) -> re.Pattern[str]:
        """A shape as a regular expression over letters, compiled when the first sentence needs it."""
        if number not in self.patterns:
            self.patterns[number] = re.compile(f"(?=(?P<all>{TOKEN.sub(self._token, self.shapes[number].pattern)}))")
        return self.patterns[number]

    def _token(self, token: re.Match[str]) -> str:
        if name := token["name"]:
            return f"[{token['no'] and '^'}{''.join(letter for mix, letter in self.letter.items() if name in mix)}]"
        return {"<": "(?P<verb>", ">": ")", "~": TOKEN.sub(self._token, "-CLAUSE{0,7}?"), " ": ""}[token[0]]

    def found(self, sentence: Sentence, about: bool = False) -> Iterator[tuple[int, int]]:
        """Yield the first and last word of each piece of advice; `about`: what shapes need was named before."""
        known = sentence.known
        seen: set[int] = set()
        letters = ""
        for number in sorted(set().union(*map(self.by_word.__getitem__, known & self.triggers))):
            shape = self.shapes[number]
            if any(known.isdisjoint(kind) for kind in self.needed[number]) or shape.unless & known:
                continue
            if shape.needs and not about and shape.needs.isdisjoint(known):
                continue
            pattern = self.pattern(number)
            letters = letters or "".join(map(self.letter_for, sentence.words))
            for match in pattern.finditer(letters):
                verb = match.start("verb" if "verb" in pattern.groupindex else "all")
                if verb not in seen and shape.meant(sentence, verb):
                    seen.add(verb)
                    yield match.start("all"), match.end("all") - 1

    def letter_for(self, word: str) -> str:
        """The letter for the kinds of a word."""
        return self.letter_of.get(word) or (ING if word.endswith("ing") else UNKNOWN)


def rarity(kind: frozenset[str]) -> tuple[bool, int]:
    """A sort key: first the kinds of words that fewer sentences have."""
    return not COMMON.isdisjoint(kind), len(kind)


def with_ing(verbs: frozenset[str]) -> frozenset[str]:
    """Verbs with what they may be in -ing: stop, stopping; give, giving."""
    return frozenset(form for verb in verbs for form in forms(verb))
