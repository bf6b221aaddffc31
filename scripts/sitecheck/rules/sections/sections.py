"""SE: the sections and the words that a page must have."""

from __future__ import annotations

import bisect
import functools
import itertools
import re
from collections.abc import Iterator
from operator import attrgetter

from ...links.site import Site
from ...model.finding import Fault
from ...model.nearest import nearest
from ...model.page import Block, Page
from ...project.faults import in_data, in_document
from ...project.mark import Mark
from ...project.model import Document, PagePlan, Project
from ...project.pages.anchors import anchor_mark, how_to_add
from ...project.pages.markdown import in_pages
from ...project.read_project import MOVED, OFFLINE, PAGE_TYPES
from ..built_pages import built
from ..entries import too_late, unknown_values
from ..registry import rule

PRINTED = re.compile(r"\{\{(?:(?!\{\{).)*?\}\}|\]\([^])]*\)|[’']")
HEADING = re.compile(r"^##[ \t]*(?P<words>[^#\s](?:\S|[^\S\n]++(?!$))*)", re.M)
TITLE = re.compile(r"h[1-6]\Z")
PLACE = attrgetter("line", "column")


@rule("SE001", error="unchecked", blocks_build=True, reads=(PAGE_TYPES, MOVED))
def page_types_wrong(project: Project) -> Iterator[Fault]:
    """A slip in the list of sections lets a page go out without them."""
    for path, plan in project.plans.items():
        if plan.type not in project.types:
            advice, near = f'there is no kind of page "{plan.type}" above', nearest(plan.type, project.types)
            yield in_data(project, PAGE_TYPES, ("pages", path, "type"), advice, near)


@rule("SE003", error="missing words")
def section_missing(project: Project, document: Document, page: Page) -> Iterator[Fault]:
    """A worried reader finds the same sections on every page of a kind."""
    plan = plan_of(project, document)
    missing = set(plan.sections).difference(page.ids)
    unplanned = {heading.id for heading in page.headings if missing}.difference(plan.sections)
    mark = Mark(document.body_line)
    for anchor in plan.sections if missing else ():
        if anchor not in missing:
            mark = anchor_mark(document, anchor) or mark
            continue
        near = nearest(anchor, unplanned)
        hint = f', or write "#{anchor}" where "#{near}" stands' if near else ""
        yield in_document(document, mark, f"after this, add {how_to_add(anchor)}{hint}")


@rule("SE004", error="danger")
def sections_out_of_order(project: Project, document: Document, page: Page) -> Iterator[Fault]:
    """When to get help must not stand below what can wait."""
    if pair := too_late(page.ids, plan_of(project, document).sections):
        late, before = pair
        mark = anchor_mark(document, late) or Mark(document.body_line)
        yield in_document(document, mark, f'move the section "{late}" up: it comes before "{before}"')


@rule("SE005", error="missing words")
def section_empty(project: Project, document: Document, page: Page) -> Iterator[Fault]:
    """A heading promises an answer; with nothing below it a reader thinks that the page is broken."""
    starts = {name: (line, column) for name, line, column in reversed(page.id_places)}
    blocks = sorted((block for block in page.blocks if block.in_main), key=PLACE)
    for anchor in plan_of(project, document).sections:
        if anchor in starts and not words_below(blocks, starts[anchor]):
            mark = anchor_mark(document, anchor) or Mark(document.body_line)
            yield in_document(document, mark, f'the section "{anchor}" is empty: write something in it')


@rule("SE006", error="no way to help")
def words_missing(project: Project, document: Document, page: Page) -> Iterator[Fault]:
    """Someone in danger looks for a number or a warning here, and must find it on this very page."""
    text = " ".join(block.text for block in page.blocks if block.in_main)
    for words in plan_of(project, document).must_say:
        if not says(text, words):
            yield in_document(document, Mark(document.body_line), f'say on this page: "{words}"')


@rule("SE012", error="no way to help")
def words_missing_everywhere(site: Site, project: Project) -> Iterator[Fault]:
    """Someone in danger may open any page first, so the number to call must be on every one."""
    texts = {document.path: " ".join(block.text for block in page.blocks) for document, page in built(site, project)}
    for place, words in enumerate(project.every_page):
        missing = [path for path, text in texts.items() if not says(text, words)]
        if missing:
            where = f'"{words}" is missing on {len(missing)} of {len(texts)} pages, such as {next(iter(missing))}'
            advice = f"{where}: put back what said it, in overrides/main.html or in a file that it includes"
            yield in_data(project, PAGE_TYPES, ("every_page", place), advice)


@rule("SE008", error="no way to help", blocks_build=True, reads=(OFFLINE,))
def offline_pages_wrong(project: Project) -> Iterator[Fault]:
    """In a cellar without a network, the page that should be saved on the phone does not open."""
    known = [document.page.removesuffix("index.html") for document in project.documents]
    message = "no page of the guide has the address {}"
    return unknown_values(project.sound(OFFLINE), OFFLINE, ("pages",), known, message)


@rule("SE009", advice="the address works until the words change")
def section_without_address(project: Project) -> Iterator[Fault]:
    """Its address is made from its words: once they change, a bookmark or a link to it ends at the top of the page."""
    for document, heading, mark in in_pages(project, HEADING):
        if not heading["words"].endswith("}"):
            words = re.findall(r"[a-z0-9]+", re.sub(PRINTED, "", heading["words"]).lower())
            advice = f"end this heading with a fixed address: {{#{'-'.join(words[:4]) or 'two-words'}}}"
            yield in_document(document, mark, advice)


def plan_of(project: Project, document: Document) -> PagePlan:
    """What a page must contain: by its own plan or, without one, by its kind."""
    plan = project.plans.get(document.name, PagePlan(document.name, document.type))
    return plan._replace(sections=plan.sections or project.type_of(document).sections)


def words_below(blocks: list[Block], start: tuple[int, int]) -> bool:
    """Whether a section has anything but headings before the next heading of its level or above."""
    after = (blocks[place] for place in range(bisect.bisect_left(blocks, start, key=PLACE), len(blocks)))
    own = next(after, None)
    if own is None:
        return False
    inside = itertools.takewhile(lambda block: not TITLE.match(block.tag) or block.tag > own.tag, after)
    return any(not TITLE.match(block.tag) for block in (own, *inside))


def says(text: str, words: str) -> bool:
    """Whether a text has these words, whatever its kinds of space, apostrophe and hyphen, and its capitals."""
    return words in text or flat(words) in flat(text)


@functools.lru_cache(maxsize=256)
def flat(text: str) -> str:
    """Text with one kind of space, apostrophe and hyphen, without case, to compare texts by."""
    return " ".join(text.replace("’", "'").replace("\u2011", "-").split()).casefold()
