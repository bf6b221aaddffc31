"""Reading grade (Flesch-Kincaid, US school years) and long sentences, by fixed rules.

grade = 0.39 * words per sentence + 11.8 * syllables per word - 15.59   (Kincaid and others, 1975)
"""

import functools
import re
from collections import Counter
from collections.abc import Iterable
from itertools import chain
from typing import NamedTuple

WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)*|\d[\d,.:-]*\d|\d")
# A full stop ends a sentence before a capital, a digit, a quote or nothing; not after "St." or one letter.
# The stop comes first in the pattern: the search for a set of characters is fast.
SENTENCE_END = re.compile(
    r"[.!?](?<![.!?].)(?<!\b[A-Z].)(?<!\bSt.)(?<!\bAve.)(?<!\bDr.)(?<!\bvs.)[.!?]*+[\"'”’)]*+"
    r"(?:\s+(?=[\"'“‘(]?[A-Z0-9])|\s*$)"
)
VOWELS = re.compile(r"[aeiouy]+")
# An e that is written and not said: "times", "helped", "safely"; but it is said in "table", "doses", "wanted".
SILENT = re.compile(
    r"""(?:[aeiouy]l|[^aeiouyl])e$ | (?:[aeiouy]l|[^aeiouylscgxzh]|th)es$ | (?:[aeiouyrwl]l|[^aeiouyldt])ed$
      | [gq]ues?$ | [^aeiouyl]e(?=(?:ly|ment|ments|ful|less|ness)$)""",
    re.X,
)
# Two vowels that stand together and are said apart.
APART = re.compile(
    r"""(?<![ctgs])ia | (?<![ctgsxln])io | iu | ie(?=t(?!h)) | (?<![ctg])(?<!fr)ien | (?<=[dhr])eo | eum
      | (?<![qg])ua(?!de) | (?<=fl)ui | (?<=[rs])ui(?=[nc]) | rea(?=ct) | oe(?=[mtx]) | (?<![qg])ue(?=l)
      | y(?=ing) | [eo](?=ing) | (?<=[a-z]{3})i(?=er$|est$)""",
    re.X,
)
# Where the sound does not follow the letters at all.
COUNTED = {
    "area": 3, "areas": 3, "business": 2, "cement": 2, "create": 2, "created": 3, "creates": 2, "every": 2,
    "everyone": 3, "everything": 3, "evening": 2, "hyperalgesia": 6, "idea": 3, "ideas": 3, "ideal": 3, "lifeline": 2,
    "lion": 2, "maybe": 2, "museum": 3, "nausea": 3, "neon": 2, "ratio": 3, "science": 2, "sciences": 3,
    "scientist": 3, "scientists": 3, "something": 2, "sometimes": 2, "the": 1, "me": 1, "he": 1, "she": 1, "we": 1,
    "be": 1, "homepage": 2, "website": 2, "breathe": 1, "breathes": 1, "allodynia": 5, "diarrhea": 4, "someone": 2,
    "somewhere": 2, "therefore": 2, "several": 3, "diet": 2, "quiet": 2,
}  # fmt: skip
NUMBER_SYLLABLES = 2  # a number is counted as a word of about this length


class Sentence(NamedTuple):
    """A sentence and its words."""

    text: str
    words: tuple[str, ...]


@functools.lru_cache(maxsize=8192)  # several rules read the same blocks
def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of a paragraph or list item, which ends one even without a full stop."""
    parts = ((part.strip(), WORD.findall(part)) for part in SENTENCE_END.split(text))
    return tuple(Sentence(part, tuple(words)) for part, words in parts if words)


def grade(counted: Iterable[Sentence], two_syllables: frozenset[str] = frozenset()) -> float:
    """The grade of sentences together; 0 for none. Unavoidable medical words count as two syllables."""
    counted = list(counted)
    words = Counter(chain.from_iterable(sentence.words for sentence in counted))
    if not words:
        return 0.0
    spoken = sum(times * (2 if word.lower() in two_syllables else syllables(word)) for word, times in words.items())
    return 0.39 * words.total() / len(counted) + 11.8 * spoken / words.total() - 15.59


@functools.lru_cache(maxsize=8192)
def syllables(word: str) -> int:
    """Syllables of an English word, by its letters and a short list of those that do not follow them."""
    word = word.lower().replace("’", "'")
    if word[0].isdigit():
        return NUMBER_SYLLABLES
    word = word.removesuffix("'s")
    if word in COUNTED:
        return COUNTED[word]
    count = len(VOWELS.findall(word)) + len(APART.findall(word)) - len(SILENT.findall(word))
    return max(count, 1)
