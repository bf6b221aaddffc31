"""Blocks of text in reading order, and the clinic's facts that they state. Pages of the project only."""

from __future__ import annotations

from ..record import Rows
from .parsed_page import HEADINGS, ParsedPage
from .parser import Element, Text

BLOCKS = "p,li,td,th,dt,dd,h1,h2,h3,h4,h5,h6,figcaption,caption,summary,legend,label,blockquote,address,pre"
COMPONENTS = "section[class],aside[class],figure[class],details[class],div.admonition,nav[class]"
NOT_WORDS = "sup.cite"  # the number of a source is not part of the sentence


def read_blocks(page: ParsedPage) -> Rows:
    """Every run of words in document order, as `model.page.Block` tuples; a nested block is listed once, by itself."""
    found, section = [], ""
    for element in page.document.select(BLOCKS):
        if element.tag in HEADINGS and element.attrs.get("id"):
            section = element.attrs["id"]
        if text := own_words(element):
            line, column, in_main = page.place(element)
            found.append((element.tag, text, line, column, section, component(element), in_main))
    return tuple(found)


def own_words(element: Element) -> str:
    """The text of a block without that of the blocks inside it."""
    inner = element.select(f"{BLOCKS},{NOT_WORDS}")
    if not inner:
        return " ".join(element.text.split())
    return " ".join(text_outside(element, set(inner)).split())


def text_outside(element: Element, skipped: set[int]) -> str:
    """Text of an element, leaving out the subtrees in `skipped`."""
    parts = []
    for child in element.children:
        if isinstance(child, Text):
            parts.append(child.data)
        elif isinstance(child, Element) and child not in skipped:
            parts.append(text_outside(child, skipped))
    return "".join(parts)


def component(element: Element) -> str:
    """The last class of the nearest enclosing component, "" outside any."""
    around = element.closest(COMPONENTS)
    return (around.attr("class") or "").split()[-1] if around is not None and around.attr("class") else ""


def read_stated(page: ParsedPage) -> Rows:
    """Every element with data-fact="KEY", and the data of "open now", as `model.page.Stated` tuples."""
    found = [
        (element.attr("data-fact"), " ".join(element.text.split()), *page.place(element))
        for element in page.document.select("[data-fact]")
    ]
    for element in page.document.select(".open-now"):
        line, column, _ = page.place(element)
        data = {name: value for name, value in element.attrs.items() if name.startswith("data-") and value is not None}
        found += [(f"open-now.{name}", value, line, column, True) for name, value in data.items()]
    return tuple(found)
