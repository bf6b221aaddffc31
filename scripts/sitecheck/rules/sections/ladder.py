"""SE: the ladder of urgency, which every card and sentence of the guide must follow."""

import itertools
import re
from collections.abc import Iterator
from typing import NamedTuple

from ...links.site import Site
from ...model.finding import Fault
from ...model.nearest import unknown
from ...model.page import Block, Page
from ...project.data.ladder import STEPS, Ladder, advice_in, signs_in
from ...project.data.marked_yaml import Keys, MarkedYaml
from ...project.faults import in_document, in_file
from ...project.model import LANGUAGE, Document, Project
from ...project.pages.blocks import WITH_CARE, blocks
from ...project.pages.expressions import expressions
from ...project.pages.markdown import matches
from ...project.pages.reading_grade import sentences
from ...project.read_project import LADDER, OVERDOSE
from ..built_pages import built, fault_of, own_blocks
from ..clinic.phone_and_email import digits
from ..entries import entries_wrong, unknown_values
from ..registry import rule
from ..sources import sources_unknown

OVERDOSE_STEPS = ("call", "naloxone", "breathe", "repeat", "side", "stay")
NUMBER = re.compile(r"\d[\d() .-]*\d{2}")  # a phone number; "2 to 3 minutes" is none
TYPED_CARD = re.compile(r"class=(?<!\wclass=)[\"'][^\"'\n]*\bcare(?:-emergency|-urgent|-routine)?\b")
CARD_MACROS = ("ladder", "when_to_get_help")
LEADS = {"h1", "h2", "h3", "h4", "h5", "h6", "dt", "summary", "th", "td"}  # the next block answers it


class Line(NamedTuple):
    """A sentence of a page, with the sentences that say what to do about it, the nearest first."""

    block: Block
    text: str
    around: tuple[str, ...]


@rule("SE014", error="danger", blocks_build=True, reads=(LADDER,))
def ladder_data_wrong(project: Project) -> Iterator[Fault]:
    """A missing step, or a wrong number, is wrong on every page at once."""
    pages = [document.name for document in project.documents]
    if project.ladder is not None:
        read = project.data[LADDER]
        for wrong in entries_wrong(read, "steps", STEPS):
            yield in_file(LADDER, *wrong)
        yield from signs_repeated(read)
        yield from numbers_wrong(read)
        yield from sources_unknown(project, LADDER)
        yield from unknown_values(read, LADDER, ("pages",), pages, "there is no page docs/{}")


@rule("SE015", error="danger", blocks_build=True)
def card_by_hand(document: Document) -> Iterator[Fault]:
    """A card typed on one page stays as it was when the others are corrected."""
    advice = f'make this card from {LADDER}, with {{{{ ladder("call-today") }}}} or {{{{ when_to_get_help() }}}}'
    if document.type != LANGUAGE:  # a translation says the steps in its own words
        cards = [block.mark for block in blocks(document) if block.kind in WITH_CARE]
        for mark in [*cards, *(mark for _, mark in matches(document, TYPED_CARD))]:
            yield in_document(document, mark, advice)


@rule("SE016", error="danger")
def sign_under_another_step(document: Document, page: Page, ladder: Ladder) -> Iterator[Fault]:
    """A reader who should call now waits until tomorrow; one who is sent to 911 for what can wait trusts no page."""
    for line in lines(page) if page.lang.startswith("en") else ():
        for sign in signs_in(ladder, line.text):
            advice = next((found for text in line.around if (found := [*advice_in(ladder, text)])), [])
            if advice and not any(sign.steps & piece.steps for piece in advice):
                title = next(step.title for step in ladder.steps if step.id in sign.steps)
                what = f'"{sign.words}" needs "{title}" ({LADDER}), and "{advice[0].words}" is another step'
                message = f"{what}: send the reader there, or use other words if you mean something else"
                yield fault_of(document, page, line.block, sign.words, message)


@rule("SE017", error="dead end")
def card_without_a_way(site: Site, project: Project, ladder: Ladder) -> Iterator[Fault]:
    """ "Book a visit" with no number and no door is a dead end, and the reader gives up there."""
    known = {digits(number) for number in (*ladder.numbers, project.clinic.phone if project.clinic else "")}
    ways = [re.sub(r"[\[{].*", "", step.how).strip() for step in ladder.steps if step.how]
    message = f"say in this card how to get through: a number, or the words of `how` in {LADDER}"
    for document, page in built(site, project):
        for component, group in itertools.groupby(own_blocks(page), key=lambda block: block.component):
            if not component.startswith("care-"):
                continue
            first = next(group)
            text = " ".join(block.text for block in (first, *group))
            if not (any(way in text for way in ways) or any(digits(said) in known for said in NUMBER.findall(text))):
                yield fault_of(document, page, first, first.text, message)


@rule("SE018", error="danger", blocks_build=True, reads=(OVERDOSE,))
def overdose_data_wrong(project: Project) -> Iterator[Fault]:
    """Somebody kneels beside a person who does not breathe and needs every step, in order."""
    read = project.sound(OVERDOSE)
    if read.data is not None:
        for wrong in entries_wrong(read, "steps", OVERDOSE_STEPS):
            yield in_file(OVERDOSE, *wrong)
        yield from sources_unknown(project, OVERDOSE)


@rule("SE019", error="missing words", blocks_build=True)
def ladder_step_unknown(project: Project) -> Iterator[Fault]:
    """The card is missing from the page just where its reader needs it."""
    known = [step.id for step in project.ladder.steps] if project.ladder else []
    broken = bool(project.reading_faults(LADDER))
    for document in project.documents if not broken else ():
        for said in expressions(document):
            if said.name in CARD_MACROS and not known:
                advice = f"{LADDER} is missing: put it back, or take it from an older version"
                yield in_document(document, said.mark, advice)
            for id, mark in said.strings if said.name == "ladder" and known else ():
                if id not in known:
                    yield in_document(document, mark, *unknown(f'no step in {LADDER} has the id "{id}"', id, known))


def signs_repeated(read: MarkedYaml) -> Iterator[Fault]:
    """Signs, or words for them, that stand on more than one step."""
    taken: dict[str, str] = {}
    for number, step in enumerate(read.data["steps"]):
        for place, sign in enumerate(step["signs"]):
            keys: list[Keys] = [("text",), *(("words", word) for word in range(len(sign["words"])))]
            for words, key in zip((sign["text"], *sign["words"]), keys, strict=True):
                first = taken.setdefault(words.casefold(), step["id"])
                if first != step["id"]:
                    advice = f'"{words}" is a sign of "{first}" already: take one of them out'
                    yield in_file(LADDER, read.at("steps", number, "signs", place, *key), advice)


def numbers_wrong(read: MarkedYaml) -> Iterator[Fault]:
    """Numbers that a step names or says without their being listed, and steps with no way to get through."""
    listed = {name: set(map(digits, raw.values())) for name, raw in read.data["numbers"].items()}
    known = set().union(*listed.values())
    for place, step in enumerate(read.data["steps"]):
        for number, name in enumerate(step.get("numbers", ())):
            if name not in listed:
                mark = read.at("steps", place, "numbers", number)
                yield in_file(LADDER, mark, *unknown(f'no number is called "{name}"', name, listed))
        if not step.get("numbers") and not step.get("how"):
            advice = f'give "{step["id"]}" numbers, or say `how` a reader gets through'
            yield in_file(LADDER, read.at("steps", place, "id"), advice)
        for key in ("title", "how", "note"):
            for said in NUMBER.findall(step.get(key, "")):
                if digits(said) not in known:
                    advice = f"{said} is no number of the list above: correct it, or add it there"
                    yield in_file(LADDER, read.at("steps", place, key), advice)


def lines(page: Page) -> Iterator[Line]:
    """The sentences of a page, without the cards that the ladder makes."""
    own = [block for block in own_blocks(page) if not block.component.startswith("care-")]
    texts = [[sentence.text for sentence in sentences(block.text)] for block in own]
    lead = ""
    for block, before, said, after in zip(own, [[], *texts], texts, [*texts[1:], []], strict=False):
        leads = block.tag in LEADS
        if block.tag != "li":
            lead = "".join(said[-1:]) if leads or block.text.endswith(":") else ""
        earlier = ["".join(before[-1:]) if block.tag == "td" else "", *said]
        later = [*said[1:], "".join(after[:1]) if leads else ""]
        for around in zip(said, later, earlier, strict=False):
            yield Line(block, around[0], (*around, lead if block.tag == "li" else ""))
