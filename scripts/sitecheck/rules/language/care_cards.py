"""PL: the form of care cards and boxes, which follows the NHS design system's care cards."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.finding import Fault
from ...model.nearest import unknown
from ...project.data.marked_yaml import Mark
from ...project.faults import in_document
from ...project.model import Document, Project
from ...project.pages.blocks import WITH_CARE, Block, blocks
from ...project.pages.markdown import matches
from ...project.pages.reading_grade import sentences
from ..registry import rule

IF = re.compile(r"\bif(?: (?:you|someone|they|your child))?:$")
LINK = re.compile(
    r"\]\((?P<inline>[^)\s]+)|<(?P<auto>https?://[^>\s]+)>|href=[\"'](?P<html>[^\"']+)|\]\[(?P<named>[^\]]+)\]"
)
CALLS = ("tel:", "sms:")
DO_NOT = re.compile(r"^(?:\*\*|__)?(?:do not|don['’]t|never)\b", re.I)
FOLD_ADVICE = "take the safety words out of the fold, so that they always show"
FOLDED = re.compile(r"<details\b.*?(?:</details>|\Z)|^\?\?\?\+?[ \t].*(?:\n(?:[ ]{4}.*|[ \t]*))*", re.S | re.M)
SAFETY = re.compile(r"\b(?:911|988)\b|^///+[ \t]*(?:emergency|urgent|warning|dont)\b|never_stop\(", re.M)


@rule("PL010", error="danger")
def card_title_without_if(project: Project) -> Iterator[Fault]:
    """A reader under stress takes in one line: what to do, and whether it is meant for them."""
    for document, block in of_kind(project, *WITH_CARE):
        if not IF.search(plain(block.title)):
            title = plain(block.title) or "no title"
            advice = f'begin the card with what to do and end it with "if:", such as "Call 911 now if:" (now: {title})'
            yield in_document(document, block.mark, advice)


@rule("PL011", error="danger")
def card_without_one_list(project: Project) -> Iterator[Fault]:
    """Signs in a list can be ticked off one by one; in a paragraph, or in two lists, one is overlooked."""
    for document, block in of_kind(project, *WITH_CARE):
        lists = block.lists()
        if lists != 1:
            advice = "make one list of these" if lists else "put what the title asks for into one list, a line each"
            yield in_document(document, block.mark, advice)


@rule("PL012", error="danger")
def link_in_emergency_card(project: Project) -> Iterator[Fault]:
    """In an emergency a link leads away from the phone."""
    for document, block in of_kind(project, "emergency"):
        lines = document.text.split("\n")
        for number, line in enumerate([block.title, *block.lines]):
            for link in LINK.finditer(line):
                target = next(filter(None, link.groups()))
                if not target.startswith(CALLS):
                    row = block.mark.line if number == 0 else block.first_line + number - 1
                    column = lines[row - 1].find(link[0]) + link[0].find(target) + 1
                    advice = f"take this link to {target} out of the emergency card: only tel: and sms: may stay"
                    yield in_document(document, Mark(row, max(column, 1)), advice)


@rule("PL013", error="danger")
def dont_without_do_not(project: Project) -> Iterator[Fault]:
    """Read alone, without its heading, "drink alcohol" is advice to drink."""
    for document, block in of_kind(project, "dont"):
        for text, mark in block.items():
            if not DO_NOT.match(text):
                yield in_document(document, mark, f'begin with "do not": do not {text[:1].lower()}{text[1:]}')


@rule("PL014", advice="nothing is lost")
def in_short_not_short(project: Project) -> Iterator[Fault]:
    """Many read this box and nothing else: two to four things stay in the mind."""
    for document, block in of_kind(project, "in-short"):
        count = len(block.items()) or len(sentences(plain(block.text)))
        if not 2 <= count <= 4:
            yield in_document(document, block.mark, f"this box has {count} sentences or bullets; write 2 to 4")


@rule("PL015", error="danger")
def safety_words_folded(project: Project) -> Iterator[Fault]:
    """Someone in danger does not unfold a box to find the number to call."""
    for document, block in of_kind(project, "details"):
        if SAFETY.search(block.text):
            yield in_document(document, block.mark, FOLD_ADVICE)
    for document in project.documents:
        for match, mark in matches(document, FOLDED):
            if SAFETY.search(match[0]):
                yield in_document(document, mark, FOLD_ADVICE)


@rule("PL016", error="garbled", blocks_build=True)
def block_unknown(project: Project) -> Iterator[Fault]:
    """A misspelled block is printed with its slashes, and an emergency card does not look like one."""
    kinds = project.block_kinds
    for document, block in of_kind(project) if kinds else ():
        if block.kind not in kinds:
            yield in_document(document, block.mark, *unknown(f'there is no block "{block.kind}"', block.kind, kinds))


@rule("PL017", error="garbled", blocks_build=True)
def block_not_closed(project: Project) -> Iterator[Fault]:
    """The rest of the page turns into part of the card, and nobody can tell where the signs end."""
    for document, block in of_kind(project):
        if not block.closed:
            yield in_document(document, block.mark, f"end this {block.kind} block with a line of ///")


def of_kind(project: Project, *kinds: str) -> Iterator[tuple[Document, Block]]:
    """The closed blocks of these kinds on all pages; without a kind, all blocks."""
    for document in project.documents:
        for block in blocks(document):
            if not kinds or (block.kind in kinds and block.closed):
                yield document, block


def plain(text: str) -> str:
    """Words without links, emphasis and citations."""
    text = re.sub(r"\{\{(?:(?!\{\{).)*?\}\}|\]\([^])]*\)|[\[*_`]", "", text)
    return " ".join(text.split())
