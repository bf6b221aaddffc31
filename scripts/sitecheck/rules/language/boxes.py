"""PL: the form of boxes, which follows the NHS design system's. Cards of care are made from the ladder: SE015."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.finding import Fault
from ...model.nearest import unknown
from ...project.faults import in_document
from ...project.model import Document, Project
from ...project.pages.blocks import Block, blocks
from ...project.pages.markdown import matches
from ...project.pages.reading_grade import sentences
from ..registry import rule

DO_NOT = re.compile(r"^(?:\*\*|__)?(?:do not|don['’]t|never)\b", re.I)
FOLDED = re.compile(r"(?sm)<details\b.*?(?:</details>|\Z)|\?{3}(?<=^\?{3})\+?[ \t].*(?:\n(?:[ ]{4}.*|[ \t]*))*")
SAFETY = re.compile(r"\b(?:911|988)\b|^///+[ \t]*(?:emergency|urgent|warning|dont)\b|never_stop\(", re.M)


@rule("PL013", error="danger")
def dont_without_do_not(document: Document) -> Iterator[Fault]:
    """Read alone, without its heading, "drink alcohol" is advice to drink."""
    for block in closed(document, "dont"):
        for text, mark in block.items():
            if not DO_NOT.match(text):
                yield in_document(document, mark, f'begin with "do not": do not {text[:1].lower()}{text[1:]}')


@rule("PL014", advice="nothing is lost")
def in_short_not_short(document: Document) -> Iterator[Fault]:
    """Many read this box and nothing else: two to four things stay in the mind."""
    for block in closed(document, "in-short"):
        count = len(block.items()) or len(sentences(plain(block.text)))
        if not 2 <= count <= 4:
            yield in_document(document, block.mark, f"this box has {count} sentences or bullets; write 2 to 4")


@rule("PL015", error="danger")
def safety_words_folded(document: Document) -> Iterator[Fault]:
    """Someone in danger does not unfold a box to find the number to call."""
    folded = [(block.text, block.mark) for block in closed(document, "details")]
    for text, mark in [*folded, *((match[0], mark) for match, mark in matches(document, FOLDED))]:
        if SAFETY.search(text):
            yield in_document(document, mark, "take the safety words out of the fold, so that they always show")


@rule("PL016", error="garbled", blocks_build=True)
def block_unknown(project: Project, document: Document) -> Iterator[Fault]:
    """A misspelled block is printed with its slashes, and an emergency card does not look like one."""
    kinds = project.block_kinds
    for block in blocks(document) if kinds else ():
        if block.kind not in kinds:
            yield in_document(document, block.mark, *unknown(f'there is no block "{block.kind}"', block.kind, kinds))


@rule("PL017", error="garbled", blocks_build=True)
def block_not_closed(document: Document) -> Iterator[Fault]:
    """The rest of the page turns into part of the card, and nobody can tell where the signs end."""
    for block in blocks(document):
        if not block.closed:
            yield in_document(document, block.mark, f"end this {block.kind} block with a line of ///")


def closed(document: Document, kind: str) -> list[Block]:
    """The closed blocks of a kind on a page."""
    return [block for block in blocks(document) if block.kind == kind and block.closed]


def plain(text: str) -> str:
    """Words without links, emphasis and citations."""
    text = re.sub(r"\{\{(?:(?!\{\{).)*?\}\}|\]\([^])]*\)|[\[*_`]", "", text)
    return " ".join(text.split())
