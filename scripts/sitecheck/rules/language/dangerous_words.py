"""PL: advice that can kill the reader who follows it, and words or paragraphs typed twice."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from ...links.site import Site
from ...model.finding import Fault
from ...model.page import Block, Page
from ...project.faults import in_document
from ...project.model import Danger, Document, Project
from ...project.pages.find_words import find_second
from ..built_pages import built, fault_of, own_blocks, own_words
from ..registry import rule
from .meaning import words as w
from .meaning.advice import foreign
from .meaning.calls import SPELLED
from .meaning.doses import doses
from .meaning.myths import by_word, states
from .meaning.sentence import Sentence, phrases_in, sentences_of
from .meaning.shapes import OURS
from .meaning.stopping import stops
from .plain_words import FRAME, short

WAY_OUT = "if it harms nobody, add it to `unless` in docs/_data/terms.yml"
MEDICINE = OURS | {"taper", "tapering", "dosing"}
TWICE = re.compile(r"\b(?P<word>[^\W\d_]+)\s+(?P=word)\b", re.I)
MAY_BE_DOUBLED = w.words("had that very really so no bye ha knock walla is do her") | SPELLED.keys()
SHORT = 8  # words; a shorter paragraph may stand twice
Places = Iterator[tuple[int, int]]  # the first and last word of what was found


class Line(NamedTuple):
    """A sentence with its paragraph and page."""

    document: Document
    page: Page
    block: Block
    sentence: Sentence
    about_medicine: bool  # whether an earlier sentence of the paragraph names a medicine
    around: frozenset[str]  # the words of the paragraph


@rule("PL005", error="danger")
def dose_given(site: Site, project: Project) -> Iterator[Fault]:
    """A reader in pain would follow a number alone, and a dose that is right for one person can kill another."""
    advice = "give no dose and no pace of a taper: say that a prescriber decides them"
    yield from faults(site, project, advice, lambda line: doses(line.sentence, line.about_medicine, line.around))


@rule("PL007", error="danger")
def stop_ordered(site: Site, project: Project) -> Iterator[Fault]:
    """A reader who stops an opioid at once can get very ill, and may die of the old dose later."""
    advice = "say how: slowly, and with the person who prescribes it"
    yield from faults(site, project, advice, lambda line: stops(line.sentence, line.about_medicine))


@rule("PL008", error="danger")
def drug_advised(site: Site, project: Project) -> Iterator[Fault]:
    """Alcohol, another drug, someone else's pill or a crushed tablet can stop the breathing of a person on opioids."""
    advice = "never advise alcohol, another drug, another's medicine or another way to take it: warn, or leave it out"
    yield from faults(site, project, advice, lambda line: foreign(line.sentence))


@rule("PL009", error="danger")
def false_first_aid(site: Site, project: Project) -> Iterator[Fault]:
    """When a person does not breathe, a myth costs the minutes in which naloxone would have saved them."""
    known = by_word(project.dangers)
    for line in lines(site, project):
        for danger, found in claims(project, line, known):
            what = line.sentence.said(*found, line.block.text)
            advice = f'instead of "{what}" say: {danger.instead} ({danger.why}); {WAY_OUT}'
            yield fault_of(line.document, line.page, line.block, what, advice)
            break  # a sentence often says one thing in several ways


@rule("PL019", advice="nothing is lost")
def word_doubled(site: Site, project: Project) -> Iterator[Fault]:
    """A repeated word makes a tired reader stop, and wonder what else nobody has checked."""
    for document, page, block in own_words(site, project):
        for twice in dict.fromkeys(match[0] for match in TWICE.finditer(block.text)):
            if MAY_BE_DOUBLED.isdisjoint(twice.lower().split()) and not twice.istitle():
                yield fault_of(document, page, block, twice, f'"{twice}" stands twice: take one of them away')


@rule("PL020", advice="nothing is lost")
def paragraph_twice(document: Document, page: Page) -> Iterator[Fault]:
    """A paragraph that was pasted twice is read twice, and then the page is closed."""
    seen: set[str] = set()
    for block in own_blocks(page):
        if block.tag in ("p", "li", "dd") and block.component not in FRAME and len(block.text.split()) >= SHORT:
            if block.text in seen:
                advice = f'"{short(block.text)}" stands on this page already: take one of the two out'
                if mark := find_second(document, block.text):
                    yield in_document(document, mark, advice)
                else:
                    yield Fault(advice, page.path, block.line, block.column, raw=block.text)
            seen.add(block.text)


def claims(project: Project, line: Line, known: dict[str, set[int]]) -> Iterator[tuple[Danger, tuple[int, int]]]:
    """What a sentence says that terms.yml calls dangerous and does not excuse, with the first and last word."""
    for place in sorted({place for word in line.sentence.known if word in known for place in known[word]}):
        danger = project.dangers[place]
        if not danger.beside or not danger.beside.isdisjoint(line.around):
            found = states(danger, line.sentence)
            if (
                found
                and not any(phrases_in(danger.unless, line.sentence.text))
                and not is_allowed(project, line, found)
            ):
                yield danger, found


def faults(site: Site, project: Project, advice: str, find: Callable[[Line], Places]) -> Iterator[Fault]:
    """A fault for each place that `find` yields, unless terms.yml allows the words."""
    for line in lines(site, project):
        for found in find(line):
            if not is_allowed(project, line, found):
                what = line.sentence.said(*found, line.block.text)
                yield fault_of(line.document, line.page, line.block, what, f'"{what}": {advice}; {WAY_OUT}')


def lines(site: Site, project: Project) -> Iterator[Line]:
    """The sentences of all pages, without the items of a list whose lead-in denies them or makes them a condition."""
    for document, page in built(site, project):
        lead = ""
        for block in own_blocks(page):
            if block.tag != "li":
                lead = block.text if block.text.endswith(":") else ""
            denied = block.tag == "li" and (w.DENIERS | w.CONDITIONS).intersection(all_words(lead))
            about, around = False, all_words(block.text)
            for sentence in () if denied else sentences_of(block.text):
                yield Line(document, page, block, sentence, about, around)
                about = about or not MEDICINE.isdisjoint(sentence.known)


@functools.lru_cache(maxsize=4096)  # four rules read the same paragraphs
def all_words(text: str) -> frozenset[str]:
    """The words of a block."""
    return frozenset().union(*(sentence.known for sentence in sentences_of(text)))


def is_allowed(project: Project, line: Line, found: tuple[int, int]) -> bool:
    """Whether the words overlap a phrase that terms.yml allows."""
    first, last = line.sentence.span(*found)
    allowed = phrases_in(project.harmless, line.block.text)
    return any(phrase.start() < last and first < phrase.end() for phrase in allowed)
