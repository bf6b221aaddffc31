"""A built page as a reader's units: sentences in order, with the numbers, sources and figures that belong to them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from turbohtml import Document, Element

from finish.built_site import Site
from finish.signed_words import COUNTED_LINKS, NOT_SIGNED, content, words_hash
from sitecheck.project.pages.reading_grade import SENTENCE_END, grade, sentences
from sitecheck.read.html.prose import BLOCKS, own_words

BLOCK = f"{BLOCKS}, .admonition-title, .inset-title"
PROSE = ("p", "li", "dd", "summary", "blockquote")  # what the reading grade counts: no headings, no cells
DRAWINGS = ("svg", "img")
SOURCE = "#source-"  # where the number of a citation leads


class Unit(NamedTuple):
    """One piece of what a page says."""

    text: str
    kind: str = "words"  # or "link", "source", "figure": shown as they are, and not by their words


@dataclass(frozen=True, slots=True)
class BuiltPage:
    """A page of one state of the guide."""

    title: str
    words: str  # the hash that a signature would name
    units: tuple[Unit, ...]
    grade: float


def read_page(site: Site, page: str, two_syllables: frozenset[str]) -> BuiltPage:
    """Return the units of a page, in reading order. `two_syllables` are the words that the reading grade forgives."""
    document = site.pages[page]
    title = document.select_one("main h1")
    found = list(blocks(document))
    units = [unit for block in found for unit in _units(block)]
    counted = [block for block in found if block.tag in PROSE and not block.closest(".sources")]
    prose = [text for block in counted for text in _sentences(block)]
    shown = " ".join(title.text.split()) if title else page
    return BuiltPage(
        shown, words_hash(site, page), tuple(units), grade(chain.from_iterable(map(sentences, prose)), two_syllables)
    )


def blocks(document: Document) -> Iterator[Element]:
    """Yield each block of a page's words, and each figure, in reading order."""
    for node in content(document):
        if not isinstance(node, Element):
            continue
        inside = [node, *node.select("*")]
        drawings = {part for drawing in node.select("svg") for part in drawing.select("*")}
        for element in inside:
            if element.matches(f"{BLOCK}, svg, img") and element not in drawings and not element.closest(NOT_SIGNED):
                yield element


def _units(block: Element) -> Iterator[Unit]:
    if block.tag in DRAWINGS:
        yield Unit(f"{figure_name(block)} [{hashlib.sha256(block.html.encode()).hexdigest()[:6]}]", "figure")
        return
    yield from map(Unit, _sentences(block))
    inner = {link for nested in block.select(BLOCK) for link in nested.select("a[href]")}
    for link in block.select("a[href]"):
        href = link.attr("href") or ""
        if link in inner:
            continue
        if href.startswith(SOURCE):
            yield Unit(href.removeprefix(SOURCE), "source")
        elif href.startswith(COUNTED_LINKS):
            yield Unit(f"“{' '.join(link.text.split())}” leads to {href}", "link")


def figure_name(figure: Element) -> str:
    """Return what a drawing or a picture is called: its title, its label, or its text in place of the picture."""
    title = figure.select_one("title")
    words = " ".join(title.text.split()) if title else figure.attr("aria-label") or figure.attr("alt")
    return words or "without a name"


def _sentences(block: Element) -> list[str]:
    """Return the sentences of a block, with the signs that end them."""
    return SENTENCE_END.sub(lambda end: f"{end[0].rstrip()}\n", own_words(block)).splitlines()
