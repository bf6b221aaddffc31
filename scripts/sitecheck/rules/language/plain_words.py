"""PL: words, sentences and pages that a tired, frightened person can read."""

from __future__ import annotations

import bisect
import functools
import re
from collections.abc import Iterator

from ...links.site import Site
from ...model.finding import Fault
from ...model.page import Block, Page
from ...project.model import Project, WordToAvoid
from ...project.pages.reading_grade import Sentence, grade, sentences
from ...project.read_project import TERMS
from ...project.same_length import normalized
from ..built_pages import fault_of, in_english, own_blocks
from ..registry import rule
from .meaning.sentence import clause_start, phrases_in, sentence_at
from .meaning.words import CONDITIONS, DENIERS, words

AIM, LONGEST = 20, 25  # words in a sentence: the aim and the limit
WORST = 3  # sentences that are named when a page is too hard
PROSE = {"p", "li", "dd", "summary", "blockquote"}
FRAME = {"breadcrumb", "rail-sections", "guide-list", "rail-hours", "previous-next", "end-block"}  # around the text
WAY_OUT = "if it harms nobody, add the phrase to `unless` of this entry in docs/_data/terms.yml"
QUOTES = ('"', "“", "'", "‘")
MENTIONED = words("word words term terms say says said called call calls name label labels")
WORD = re.compile(r"\w+")
NAME_LENGTH = 60  # characters that are searched for the rest of a name
NAME_AFTER = re.compile(r"(?: (?:of|on|and|for|the|&))* [A-Z][a-z]")
NAME_BEFORE = re.compile(r"(?:(?<=[\w,&-] )[A-Z]\w+|[A-Z]\w{3,})(?: (?:of|on|and|for|the|&))* \Z")


@rule("PL001", error="unchecked", blocks_build=True, reads=(TERMS,))
def terms_wrong() -> None:
    """A slip in the list of words lets the words themselves through."""


@rule("PL002", error="hurtful or wrong words")
def word_to_avoid(site: Site, project: Project) -> Iterator[Fault]:
    """Some words shame people away from care, some are wrong here, some are just too long."""
    by_first: dict[str, list[tuple[str, WordToAvoid]]] = {}  # the spellings, by their first words
    for word in project.words:
        for spelling in map(str.lower, word.say_not):
            if first := WORD.search(spelling):
                by_first.setdefault(first[0], []).append((spelling, word))

    @functools.lru_cache(maxsize=4096)  # the same words stand on many pages
    def words_in(text: str) -> list[tuple[WordToAvoid, str]]:
        low = normalized(text)
        firsts = by_first.keys() & WORD.findall(low)
        known = {word.place: word for first in firsts for spelling, word in by_first[first] if spelling in low}
        return [
            (word, match[0])
            for _, word in sorted(known.items())
            for match in pattern_of(word).finditer(text)
            if match[0] and not harmless(word, text, match.start(), match.end())
        ]

    for document, page in in_english(site, project):
        for block in own_blocks(page):
            for word, said in words_in(block.text):
                advice = f'instead of "{said}" say: {word.instead} ({word.why}); {WAY_OUT}'
                yield fault_of(document, page, block, said, advice)


@rule("PL003", advice="understood at the second reading")
def sentence_too_long(site: Site, project: Project) -> Iterator[Fault]:
    """In pain and at night, a reader loses the start of a long sentence before its end."""
    for document, page in in_english(site, project):
        for block, sentence in prose_of(page):
            if len(sentence.words) > LONGEST:
                limit = f"aim at {AIM}, at most {LONGEST}"
                advice = f"make two sentences of these {len(sentence.words)} words ({limit}): “{short(sentence.text)}”"
                yield fault_of(document, page, block, sentence.text, advice)


@rule("PL004", error="not understood")
def page_too_hard(site: Site, project: Project) -> Iterator[Fault]:
    """Half of all adults read below grade 8; on the help page nobody has time to read twice."""
    for document, page in in_english(site, project):
        limit = project.type_of(document).grade
        prose = list(prose_of(page))
        page_grade = grade((sentence for _, sentence in prose), project.two_syllables)
        if float(f"{page_grade:.1f}") <= limit:
            continue
        hardest = sorted(prose, key=lambda pair: -grade([pair[1]], project.two_syllables) * len(pair[1].words))[:WORST]
        advice = f"this page reads at grade {page_grade:.1f}, the limit is {limit:g}: begin with this sentence"
        for block, sentence in hardest:
            yield fault_of(document, page, block, sentence.text, f"{advice}: “{short(sentence.text)}”")


def prose_of(page: Page) -> Iterator[tuple[Block, Sentence]]:
    """The sentences of a page's paragraphs and list items, with their blocks."""
    for block in own_blocks(page):
        if block.tag in PROSE and block.component not in FRAME:
            for sentence in sentences(block.text):
                yield block, sentence


@functools.lru_cache(maxsize=1024)
def pattern_of(word: WordToAvoid) -> re.Pattern[str]:
    """A pattern for any of the spellings as whole words, with a straight or a curled apostrophe."""
    spellings = "|".join(re.escape(spelling).replace("'", "['’]").replace(r"\ ", r"\s+") for spelling in word.say_not)
    return re.compile(rf"(?<![\w-])(?:{spellings})(?![\w-])", re.I)


def harmless(word: WordToAvoid, text: str, start: int, end: int) -> bool:
    """Whether words stand in an allowed phrase or a name, are only quoted, or are denied and may be."""
    if any(start in range(*phrase.span()) for phrase in phrases_in(word.unless, text)):
        return True
    if in_name(text, start, end):
        return True
    sentence = sentence_at(text, start)
    if word.beside and word.beside.isdisjoint(sentence.known):
        return True
    if text[start - 1 : start] in QUOTES and MENTIONED & sentence.known:
        return True  # the word "addict" hurts people
    at = bisect.bisect_right(sentence.places, (start, len(text))) - 1
    before = sentence.words[clause_start(sentence.words, at) : at]
    return word.harmless_denied and not (DENIERS | CONDITIONS).isdisjoint(before)


def in_name(text: str, start: int, end: int) -> bool:
    """Whether words with capitals stand next to another such word: National Institute on Drug Abuse."""
    capitals = all(word.istitle() or word.isupper() for word in text[start:end].split())
    before = text[max(start - NAME_LENGTH, 0) : start]
    return capitals and bool(NAME_AFTER.match(text, end) or NAME_BEFORE.search(before))


def short(text: str) -> str:
    """The first words of a sentence or paragraph."""
    import textwrap  # imported only when something is wrong

    return textwrap.shorten(text, 40, placeholder=" …")
