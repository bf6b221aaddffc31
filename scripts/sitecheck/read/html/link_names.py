"""Accessible names of the links in a page's main content. Pages of the project only."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ..record import Rows
from .parser import Element, Text

if TYPE_CHECKING:
    from .parsed_page import ParsedPage

# Titles of sources are other people's words; facts of the clinic are shown as data.
NOT_OUR_WORDS = ".sources,[data-fact],[aria-hidden=true],[hidden]"


def read_link_names(page: ParsedPage, links: Iterable[Element]) -> Rows:
    """The links inside <main> that have a name, as `model.page.NamedLink` tuples."""
    found = []
    for element in links:
        line, column, in_main = page.place(element)
        if in_main and element.closest(NOT_OUR_WORDS) is None and (name := name_of(page, element)):
            found.append((name, referenced_text(page, element, "aria-describedby"), element.attr("href"), line, column))
    return tuple(found)


def name_of(page: ParsedPage, element: Element) -> str:
    """The accessible name of a link (accname 1.2, simplified)."""
    label = referenced_text(page, element, "aria-labelledby") or (element.attr("aria-label") or "")
    words = label.strip() or text_read_out(element).strip() or element.attr("title") or ""
    return " ".join(words.split())


def referenced_text(page: ParsedPage, element: Element, attribute: str) -> str:
    """The text of the elements whose ids an attribute lists."""
    wanted = (element.attr(attribute) or "").split()
    return " ".join(" ".join(page.parts[one].text.split()) for one in wanted if one in page.parts)


def text_read_out(element: Element) -> str:
    """The text inside an element that a screen reader reads out, with the alternatives of its images."""
    words = []
    for child in element.children:
        if isinstance(child, Text):
            words.append(child.data)
        elif isinstance(child, Element) and child.attr("aria-hidden") != "true":
            words.append(child.attr("aria-label") or child.attr("alt") or text_read_out(child))
    return "".join(words)
