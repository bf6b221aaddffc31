"""What each link among a page's own words is called, as a screen reader says it. Pages of the project only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..record import Rows
from .parser import Element, Text

if TYPE_CHECKING:
    from .parsed_page import ParsedPage

# Titles of sources, which are other people's; the clinic's own facts, which are shown as they are.
NOT_OUR_WORDS = ".sources,[data-fact],[aria-hidden=true],[hidden]"


def read_link_names(page: ParsedPage, links: list[Element]) -> Rows:
    """The links inside <main> that have a name, as `model.page.NamedLink` tuples."""
    found = []
    for element in links:
        line, column, in_main = page.place(element)
        if in_main and element.closest(NOT_OUR_WORDS) is None and (name := name_of(page, element)):
            found.append((name, named_by(page, element, "aria-describedby"), element.attr("href"), line, column))
    return tuple(found)


def name_of(page: ParsedPage, element: Element) -> str:
    """The accessible name of a link (accname 1.2, near enough)."""
    label = named_by(page, element, "aria-labelledby") or (element.attr("aria-label") or "")
    words = label.strip() or spoken(element).strip() or element.attr("title") or ""
    return " ".join(words.split())


def named_by(page: ParsedPage, element: Element, attribute: str) -> str:
    """The words of the parts of the page that an attribute names."""
    wanted = (element.attr(attribute) or "").split()
    parts = {one.attr("id"): one for one in page.having("[id]")} if wanted else {}
    return " ".join(" ".join(parts[one].text.split()) for one in wanted if one in parts)


def spoken(element: Element) -> str:
    """The words inside an element that are not kept from those who listen, with those of its pictures."""
    words = []
    for child in element.children:
        if isinstance(child, Text):
            words.append(child.data)
        elif isinstance(child, Element) and child.attr("aria-hidden") != "true":
            words.append(child.attr("aria-label") or child.attr("alt") or spoken(child))
    return "".join(words)
