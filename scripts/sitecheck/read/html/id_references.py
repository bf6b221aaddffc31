"""Attributes that name another part of the same page by its id. Pages of the project only."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..record import Rows
from .parser import Element

if TYPE_CHECKING:
    from .parsed_page import ParsedPage

# Attributes of HTML with the elements that they apply to (WHATWG HTML), and those of WAI-ARIA 1.2 for any element.
ON_ELEMENTS = {
    "for": {"label", "output"},
    "headers": {"td", "th"},
    "list": {"input"},
    "form": {"button", "fieldset", "input", "object", "output", "select", "textarea"},
    "popovertarget": {"button", "input"},
    "commandfor": {"button"},
}
ON_ANY = (
    "aria-labelledby", "aria-describedby", "aria-details", "aria-errormessage", "aria-flowto",
    "aria-controls", "aria-owns", "aria-activedescendant",
)  # fmt: skip
# A collapsed widget may create its target by script when it is opened.
MADE_LATER = {"aria-controls", "aria-owns", "aria-activedescendant"}
POINTING = ",".join(f"[{name}]" for name in (*ON_ELEMENTS, *ON_ANY))


def read_id_references(page: ParsedPage) -> Rows:
    """The ids that attributes name and the page must have, as `model.page.IdReference` tuples in document order."""
    found = [named for named in references(page) if not may_come_later(*named[:2])]
    return tuple([(name, id, *page.place(element)) for element, name, id in found])


def named_ids(page: ParsedPage) -> set[str]:
    """Every id that an attribute names, though its element may be there only later."""
    return {id for _, _, id in references(page)}


def references(page: ParsedPage) -> Iterator[tuple[Element, str, str]]:
    """(element, attribute, id) for each id that an attribute names."""
    for element in page.having(POINTING):
        for name in element.attrs:
            if name in ON_ANY or element.tag in ON_ELEMENTS.get(name, ()):
                yield from ((element, name, id) for id in (element.attr(name) or "").split())


def may_come_later(element: Element, name: str) -> bool:
    """Whether a script may create what an attribute names, when somebody opens the widget."""
    is_closed = element.attr("aria-expanded") == "false" or element.attr("aria-haspopup") not in (None, "false")
    return name in MADE_LATER and is_closed
