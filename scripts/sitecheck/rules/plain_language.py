"""PL: words that a tired, frightened person can take in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..facts import Block, Page
from ..finding import Fault
from ..project.faults import in_document
from ..project.grade import Sentence, grade, sentences
from ..project.marked_yaml import Mark
from ..project.model import Document, WordToAvoid
from ..project.prose import find_words
from ..registry import rule
from ..site import Site

LONGEST = 20  # words in a sentence
WORST = 3  # sentences that are named when a page is too hard
PROSE = {"p", "li", "dd", "summary", "blockquote"}
FRAME = {"breadcrumb", "guide-list", "previous-next", "end-block"}  # the same on every page
DOSE = re.compile(
    r"\d[\d.,]*\s?(?:mg|mcg|µg|μg|ml|milligrams?|micrograms?|milliliters?)\b(?:/day)?|\bMMEs?\b"
    r"|\d[\d.,]*\s?(?:%|percent)(?= (?:a|per|each|every) (?:day|week|month))",
    re.I,
)
NOT_OURS = {"sources", "bibliography"}  # sections that name other people's titles


@rule("PL001", project=True)
def terms_wrong(site: Site) -> Iterator[Fault]:
    """A slip in the list of words lets the words themselves through."""
    yield from site.project.found("PL001")


@rule("PL002", project=True)
def word_to_avoid(site: Site) -> Iterator[Fault]:
    """Some words shame people away from care, some are wrong here, some are only long."""
    patterns = [(word, pattern_of(word)) for word in site.project.words]
    for document, page in built(site):
        for block in own_blocks(page):
            for word, pattern in patterns:
                for said in pattern.finditer(block.text):
                    if said[0] and not harmless(word, block.text, said.start()):
                        advice = f'instead of "{said[0]}" say: {word.instead} ({word.why})'
                        yield fault_of(document, page, block, said[0], advice)


@rule("PL003", project=True)
def sentence_too_long(site: Site) -> Iterator[Fault]:
    """In pain and at night, a reader loses the start of a long sentence before its end."""
    for document, page in built(site):
        for block, sentence in read(site, page):
            if sentence.words > LONGEST:
                advice = f"make two sentences of these {sentence.words} words (at most {LONGEST}): “{short(sentence)}”"
                yield fault_of(document, page, block, sentence.text, advice)


@rule("PL004", project=True)
def page_too_hard(site: Site) -> Iterator[Fault]:
    """Half of all adults read below grade 8; on the help page nobody has time to read twice."""
    for document, page in built(site):
        limit = site.project.type_of(document).grade
        weighed = list(read(site, page))
        reached = grade(sentence for _, sentence in weighed)
        if round(reached, 1) <= limit:
            continue
        hardest = sorted(weighed, key=lambda pair: -pair[1].grade * pair[1].words)[:WORST]
        advice = f"this page reads at grade {reached:.1f}, the limit is {limit:g}: begin with this sentence"
        for block, sentence in hardest:
            yield fault_of(document, page, block, sentence.text, f"{advice}: “{short(sentence)}”")


@rule("PL005", project=True)
def dose_told(site: Site) -> Iterator[Fault]:
    """A reader in pain would follow a number alone, and a dose that is right for one person can kill another."""
    for document, page in built(site):
        for block in own_blocks(page):
            for said in DOSE.finditer(block.text):
                advice = f'take "{said[0]}" out: no dose and no pace of a taper stands here; a prescriber decides them'
                yield fault_of(document, page, block, said[0], advice)


def built(site: Site) -> Iterator[tuple[Document, Page]]:
    """The pages that have words of their own."""
    for document in site.project.documents:
        page = site.pages.get(document.page)
        if page is not None:
            yield document, page


def own_blocks(page: Page) -> Iterator[Block]:
    """The blocks whose words are the guide's: no lists of sources, nothing of the frame."""
    return (block for block in page.blocks if block.in_main and block.section not in NOT_OURS)


def read(site: Site, page: Page) -> Iterator[tuple[Block, Sentence]]:
    """The sentences of a page that are read as prose: its own paragraphs and list items."""
    for block in own_blocks(page):
        if block.tag in PROSE and block.component not in FRAME:
            for sentence in sentences(block.text, site.project.two_syllables):
                yield block, sentence


def pattern_of(word: WordToAvoid) -> re.Pattern[str]:
    """Any of the spellings as whole words; a straight and a curled apostrophe are one."""
    spellings = "|".join(re.escape(one).replace("'", "['’]").replace(r"\ ", r"\s+") for one in word.say_not)
    return re.compile(rf"(?<![\w-])(?:{spellings})(?![\w-])", re.I)


def harmless(word: WordToAvoid, text: str, start: int) -> bool:
    """Whether the words stand inside a longer phrase that is allowed."""
    low = text.lower()
    for phrase in word.unless:
        place = low.find(phrase.lower())
        while place >= 0:
            if place <= start < place + len(phrase):
                return True
            place = low.find(phrase.lower(), place + 1)
    return False


def short(sentence: Sentence) -> str:
    """The first words of a sentence."""
    words = sentence.text.split()
    return " ".join(words[:6]) + (" …" if len(words) > 6 else "")


def fault_of(document: Document, page: Page, block: Block, words: str, advice: str) -> Fault:
    """In the Markdown when the words are there; otherwise where the built page has them."""
    if mark := find_word_in(document, block.text, words) or find_words(document, words):
        return in_document(document, mark, advice)
    return Fault(advice, page.path, block.line, block.column, raw=words)


def find_word_in(document: Document, around: str, word: str) -> Mark | None:
    """Where one word of a paragraph stands: from the paragraph's start on, the first line that has it."""
    start = find_words(document, around)
    if start is None:
        return None
    lines = document.text.split("\n")
    for number in range(start.line, len(lines) + 1):
        line = lines[number - 1]
        place = line.lower().find(word.lower(), start.column - 1 if number == start.line else 0)
        if place >= 0:
            return Mark(number, place + 1)
    return None
