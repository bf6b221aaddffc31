"""PL: advice that can kill the reader who follows it, and words or paragraphs typed twice."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from ...links.site import Site
from ...model.finding import Fault
from ...model.page import Block, Page
from ...project.faults import in_document
from ...project.model import Danger, Document, Project
from ...project.same_length import lowered
from ..built_pages import built, fault_of, own_blocks, own_words
from ..registry import rule
from .meaning import words as w
from .meaning.advice import foreign
from .meaning.calls import SPELLED
from .meaning.doses import doses
from .meaning.myths import states
from .meaning.sentence import Sentence, phrases_in, sentences_of
from .meaning.shapes import OURS
from .meaning.stopping import stops
from .plain_words import FRAME, short

WAY_OUT = "if it harms nobody, add it to `unless` in docs/_data/terms.yml"
MEDICINE = OURS | {"taper", "tapering", "dosing"}
TWICE = re.compile(r"\b(?P<word>[^\W\d_]+)\s+(?P=word)\b")  # in lower case: to ignore case takes twice as long
MAY_BE_DOUBLED = w.words("had that very really so no bye ha knock walla is do her") | SPELLED.keys()
SHORT = 8  # words; a shorter paragraph may stand twice
DENIED = w.DENIERS | w.CONDITIONS  # after a lead-in with one of these, the items of a list are no advice
Said = tuple[Sentence, tuple[int, int]]  # a sentence, with the first and last word of what it says


@rule("PL005", error="danger")
def dose_given(site: Site, project: Project) -> Iterator[Fault]:
    """A reader in pain would follow a number alone, and a dose that is right for one person can kill another."""
    advice = "give no dose and no pace of a taper: say that a prescriber decides them"
    yield from faults(site, project, advice, doses)


@rule("PL007", error="danger")
def stop_ordered(site: Site, project: Project) -> Iterator[Fault]:
    """A reader who stops an opioid at once can get very ill, and may die of the old dose later."""
    advice = "say how: slowly, and with the person who prescribes it"
    yield from faults(site, project, advice, lambda sentence, about, _: stops(sentence, about))


@rule("PL008", error="danger")
def drug_advised(site: Site, project: Project) -> Iterator[Fault]:
    """Alcohol, another drug, someone else's pill or a crushed tablet can stop the breathing of a person on opioids."""
    advice = "never advise alcohol, another drug, another's medicine or another way to take it: warn, or leave it out"
    yield from faults(site, project, advice, lambda sentence, *_: foreign(sentence))


@rule("PL009", error="danger")
def false_first_aid(site: Site, project: Project) -> Iterator[Fault]:
    """When a person does not breathe, a myth costs the minutes in which naloxone would have saved them."""
    possible = possible_claims(project.dangers, {block.text for _, _, block in advising(site, project)})
    for document, page, block in advising(site, project):
        for danger, (sentence, found) in claims(project, block.text, possible.get(block.text, ())):
            what = sentence.said(*found, block.text)
            advice = f'instead of "{what}" say: {danger.instead} ({danger.why}); {WAY_OUT}'
            yield fault_of(document, page, block, what, advice)


@rule("PL019", advice="nothing is lost")
def word_doubled(site: Site, project: Project) -> Iterator[Fault]:
    """A repeated word makes a tired reader stop, and wonder what else nobody has checked."""
    for document, page, block in own_words(site, project):
        for twice in doubled(block.text):
            if MAY_BE_DOUBLED.isdisjoint(twice.lower().split()) and not twice.istitle():
                yield fault_of(document, page, block, twice, f'"{twice}" stands twice: take one of them away')


@rule("PL020", advice="nothing is lost")
def paragraph_twice(document: Document, page: Page) -> Iterator[Fault]:
    """A paragraph that was pasted twice is read twice, and then the page is closed."""
    seen: set[str] = set()
    for block in own_blocks(page):
        if block.tag in ("p", "li", "dd") and block.component not in FRAME and len(block.text.split()) >= SHORT:
            if block.text in seen:
                from ...project.pages.find_words import find_second

                advice = f'"{short(block.text)}" stands on this page already: take one of the two out'
                if mark := find_second(document, block.text):
                    yield in_document(document, mark, advice)
                else:
                    yield Fault(advice, page.path, block.line, block.column, raw=block.text)
            seen.add(block.text)


@functools.lru_cache(maxsize=4096)  # the same words stand on many pages
def doubled(text: str) -> list[str]:
    """What stands twice in a row in a block."""
    return list(dict.fromkeys(text[match.start() : match.end()] for match in TWICE.finditer(lowered(text))))


def possible_claims(dangers: tuple[Danger, ...], texts: Iterable[str]) -> dict[str, list[Danger]]:
    """For each paragraph, the dangers of which it has a word of every group."""
    places: dict[str, list[str]] = {}  # word -> the texts that have it
    for text in texts:
        for word in all_words(text):
            places.setdefault(word, []).append(text)

    @functools.cache  # many dangers share a group
    def uses(group: frozenset[str]) -> int:
        return sum([len(places[word]) for word in group & places.keys()])

    found: dict[str, list[Danger]] = {}
    for danger in dangers:
        groups = (*danger.says, *filter(None, (danger.beside,)))
        rarest = min(groups, key=uses)
        for text in dict.fromkeys(chain.from_iterable(places[word] for word in rarest & places.keys())):
            if not any(map(all_words(text).isdisjoint, groups)):
                found.setdefault(text, []).append(danger)
    return found


def claims(project: Project, text: str, dangers: Iterable[Danger]) -> Iterator[tuple[Danger, Said]]:
    """The first dangerous claim of each sentence of a paragraph, unless something excuses it."""
    for sentence in sentences_of(text) if dangers else ():
        for danger in dangers:
            found = states(danger, sentence)
            if (
                found
                and not any(phrases_in(danger.unless, sentence.text))
                and not is_allowed(project, text, sentence, found)
            ):
                yield danger, (sentence, found)
                break  # a sentence often says one thing in several ways


def faults(
    site: Site, project: Project, advice: str, find: Callable[..., Iterator[tuple[int, int]]]
) -> Iterator[Fault]:
    """A fault for each place that `find` yields, unless terms.yml allows the words.

    `find` is given a sentence, whether one before it in the paragraph names a medicine, and the paragraph's words.
    """

    @functools.lru_cache(maxsize=4096)  # the same words stand on many pages
    def said_in(text: str) -> list[Said]:
        about = False
        found = []
        for sentence in sentences_of(text):
            found += [(sentence, place) for place in find(sentence, about, all_words(text))]
            about = about or not MEDICINE.isdisjoint(sentence.known)
        return [one for one in found if not is_allowed(project, text, *one)]

    for document, page, block in advising(site, project):
        for sentence, place in said_in(block.text):
            what = sentence.said(*place, block.text)
            yield fault_of(document, page, block, what, f'"{what}": {advice}; {WAY_OUT}')


def advising(site: Site, project: Project) -> Iterator[tuple[Document, Page, Block]]:
    """The blocks of all pages, without the items of a list whose lead-in denies them or makes them a condition."""
    for document, page in built(site, project):
        denied = False
        for block in own_blocks(page):
            if block.tag != "li":
                denied = block.text.endswith(":") and not DENIED.isdisjoint(all_words(block.text))
                yield document, page, block
            elif not denied:
                yield document, page, block


@functools.lru_cache(maxsize=4096)  # four rules read the same paragraphs
def all_words(text: str) -> frozenset[str]:
    """The words of a block."""
    return frozenset().union(*(sentence.known for sentence in sentences_of(text)))


def is_allowed(project: Project, text: str, sentence: Sentence, found: tuple[int, int]) -> bool:
    """Whether the words overlap a phrase that terms.yml allows."""
    first, last = sentence.span(*found)
    return any(phrase.start() < last and first < phrase.end() for phrase in phrases_in(project.harmless, text))
