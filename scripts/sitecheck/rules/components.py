"""PL: the parts that tell a reader what to do, in the grammar that the NHS found people follow under stress."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..finding import Fault
from ..project.blocks import WITH_CARE, Block, blocks
from ..project.faults import in_document
from ..project.grade import sentences
from ..project.markdown import found
from ..project.marked_yaml import Mark
from ..project.model import Document
from ..project.schema import nearest
from ..registry import rule
from ..site import Site

IF = re.compile(r"\bif(?: (?:you|someone|they|your child))?:$")
LINK = re.compile(
    r"\]\((?P<inline>[^)\s]+)|<(?P<auto>https?://[^>\s]+)>|href=[\"'](?P<html>[^\"']+)|\]\[(?P<named>[^\]]+)\]"
)
CALLS = ("tel:", "sms:")
DO_NOT = re.compile(r"^(?:\*\*|__)?(?:do not|don['’]t|never)\b", re.I)
FOLDED = re.compile(r"<details\b.*?(?:</details>|\Z)|^\?\?\?\+?[ \t].*(?:\n(?:[ ]{4}.*|[ \t]*))*", re.S | re.M)
SAFETY = re.compile(r"\b(?:911|988)\b|^///+[ \t]*(?:emergency|urgent|warning|dont)\b|never_stop\(", re.M)


@rule("PL010", project=True)
def card_title_without_if(site: Site) -> Iterator[Fault]:
    """A reader under stress takes in one line: what to do, and whether it is meant for them."""
    for document, block in of_kind(site, *WITH_CARE):
        if not IF.search(plain(block.title)):
            title = plain(block.title) or "no title"
            advice = f'begin the card with what to do and end it with "if:", such as "Call 911 now if:" (now: {title})'
            yield in_document(document, block.mark, advice)


@rule("PL011", project=True)
def card_without_one_list(site: Site) -> Iterator[Fault]:
    """Signs in a list can be ticked off one by one; in a paragraph, or in two lists, one is overlooked."""
    for document, block in of_kind(site, *WITH_CARE):
        lists = block.lists()
        if lists != 1:
            advice = "put what the title asks for into one list, a line each" if not lists else "make one list of these"
            yield in_document(document, block.mark, advice)


@rule("PL012", project=True)
def link_in_emergency_card(site: Site) -> Iterator[Fault]:
    """In an emergency a link leads away from the phone."""
    for document, block in of_kind(site, "emergency"):
        for number, line in enumerate([block.title, *block.lines]):
            for link in LINK.finditer(line):
                target = next(filter(None, link.groups()))
                if not target.startswith(CALLS):
                    row = block.mark.line if number == 0 else block.first_line + number - 1
                    column = document.text.split("\n")[row - 1].find(link[0]) + link[0].find(target) + 1
                    advice = f"take this link to {target} out of the emergency card: only tel: and sms: may stay"
                    yield in_document(document, Mark(row, max(column, 1)), advice)


@rule("PL013", project=True)
def dont_without_do_not(site: Site) -> Iterator[Fault]:
    """Read alone, without its heading, "drink alcohol" is advice to drink."""
    for document, block in of_kind(site, "dont"):
        for text, mark in block.items():
            if not DO_NOT.match(text):
                yield in_document(document, mark, f'begin with "do not": do not {text[:1].lower()}{text[1:]}')


@rule("PL014", project=True)
def in_short_not_short(site: Site) -> Iterator[Fault]:
    """Many read this box and nothing else: two to four things stay in the mind."""
    for document, block in of_kind(site, "in-short"):
        count = len(block.items()) or len(sentences(plain(block.text)))
        if not 2 <= count <= 4:
            yield in_document(document, block.mark, f"say it in 2 to 4 sentences or bullets; here are {count}")


@rule("PL015", project=True)
def safety_words_folded(site: Site) -> Iterator[Fault]:
    """Someone in danger does not unfold a box to find the number to call."""
    for document, block in of_kind(site, "details"):
        if SAFETY.search(block.text):
            yield in_document(document, block.mark, "take the safety words out of the fold, so that they always show")
    for document in site.project.documents:
        for match, mark in found(document, FOLDED):
            if SAFETY.search(match[0]):
                yield in_document(document, mark, "take the safety words out of the fold, so that they always show")


@rule("PL016", project=True)
def block_unknown(site: Site) -> Iterator[Fault]:
    """A misspelt block is printed with its slashes, and an emergency card does not look like one."""
    kinds = site.project.block_kinds
    for document, block in of_kind(site) if kinds else ():
        if block.kind not in kinds:
            near = nearest(block.kind, kinds)
            hint = "" if near else f": there are {', '.join(kinds)}"
            yield in_document(document, block.mark, f'there is no block "{block.kind}"{hint}', near)


@rule("PL017", project=True)
def block_not_closed(site: Site) -> Iterator[Fault]:
    """The rest of the page turns into part of the card, and nobody can tell where the signs end."""
    for document, block in of_kind(site):
        if not block.closed:
            yield in_document(document, block.mark, f"end this {block.kind} block with a line of ///")


def of_kind(site: Site, *kinds: str) -> Iterator[tuple[Document, Block]]:
    """The blocks of these kinds on all pages, as far as they end; or all blocks."""
    for document in site.project.documents:
        for block in blocks(document):
            if not kinds or (block.kind in kinds and block.closed):
                yield document, block


def plain(text: str) -> str:
    """Words without links, emphasis and citations."""
    text = re.sub(r"\{\{.*?\}\}|\]\([^)]*\)|[\[*_`]", "", text)
    return " ".join(text.split())
