"""A parsed page: its elements by tag, and their positions."""

from __future__ import annotations

import functools
import re
from collections import defaultdict

from ..record import Row
from .parser import Document, Element
from .reference_attributes import ATTRIBUTES

HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
# Everything that can carry a reference, a heading or a markup issue; the parser collects these in one pass.
OTHER_TAGS = ("a", "base", "body", "dialog", "main", "map", "meta", "style", "svg", "table", "template", "title")
TAGS = (*ATTRIBUTES, *HEADINGS, *OTHER_TAGS)
# What a browser leaves out of the accessibility tree (HTML-AAM; ARIA in HTML). A closed dialog is one until it opens.
HIDDEN = "[aria-hidden=true],[hidden],[inert],dialog:not([open])"
HIDDEN_BY_STYLE = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))\s*(?:!\s*important\s*)?(?:;|$)", re.I
)
# What matters on any element: one more pass, in which :is() takes less time than a list.
MARKED = ":is(a[name],[style],[ping],[role],[aria-hidden=true],[hidden],[inert])"


class ParsedPage:
    """Elements by tag, without those inside a <template>, and their positions."""

    def __init__(self, document: Document, ignored: str = "") -> None:
        self.document = document
        self.by_tag: defaultdict[str, list[Element]] = defaultdict(list)
        for element in document.iter_elements(TAGS):
            self.by_tag[element.tag].append(element)
        # The contents of a <template> are not part of the page until a script makes them so.
        self.inert: set[Element] = set()
        for template in self.by_tag["template"]:
            if template not in self.inert:  # a nested one is in the set already
                self.inert.update(template.select("*"))
        for element in document.select(ignored) if ignored else ():
            self.inert |= {element, *element.select("*")}
        if self.inert:
            for tag, elements in self.by_tag.items():
                self.by_tag[tag] = self.live(elements)
        self.marked = self.having(MARKED)
        self.hiding: list[Element] = []
        self.hidden: set[Element] = set()
        self.roles: dict[Element, str] = {}  # the first of each; the attribute is a list of words in any case
        for one in self.marked:
            if roles := (one.attr("role") or "").lower().split():
                self.roles[one] = roles[0]
        for one in (*self.marked, *self.by_tag["dialog"]):
            if one not in self.hidden and is_hiding(one):
                self.hiding.append(one)
                self.hidden |= {one, *one.select("*")}
        # Without a <main>, the whole body counts as main content.
        main = next(iter(self.by_tag["main"] or self.with_role("main") or self.by_tag["body"]), None)
        self.main = (main.position, end_of(main)) if main is not None and main.position else ((0, 0), (1 << 60, 0))

    @functools.cached_property
    def parts(self) -> dict[str | None, Element]:
        """The elements by their id."""
        return {one.attr("id"): one for one in self.having("[id]")}

    @functools.cached_property
    def labeled(self) -> set[str | None]:
        """The ids that a <label> with words names."""
        return {one.attr("for") for one in self.having("label[for]") if one.text.strip()}

    def live(self, elements: list[Element]) -> list[Element]:
        """The elements that are part of the page."""
        return [element for element in elements if element not in self.inert] if self.inert else elements

    def having(self, selector: str) -> list[Element]:
        """The live elements that match a selector."""
        return self.live(self.document.select(selector))

    def with_role(self, role: str) -> list[Element]:
        """The elements that have this role."""
        return [element for element, own in self.roles.items() if own == role]

    def place(self, element: Element) -> tuple[int, int, bool]:
        """Line and column from 1, and whether the element is inside <main>."""
        at = element.position or (1, 0)
        return at[0], at[1] + 1, self.main[0] <= at < self.main[1]

    def reference(self, kind: str, raw: str, element: Element, text: str = "") -> Row:
        """A reference that an element makes, as a `model.page.Ref` row."""
        line, column, in_main = self.place(element)
        return kind, raw, line, column, text, in_main


def is_hiding(element: Element) -> bool:
    """Whether an element keeps itself and all inside it out of the accessibility tree."""
    style = element.attr("style")
    return element.matches(HIDDEN) or (style is not None and HIDDEN_BY_STYLE.search(style) is not None)


def end_of(main: Element) -> tuple[int, int]:
    """Position of the first element after <main>, without those that the parser repeats there, such as an open <b>."""
    last = main
    while inside := [child for child in last.children if isinstance(child, Element)]:
        last = inside[-1]
    for node in main.following:
        if isinstance(node, Element) and node.position and node.position > (last.position or main.position):
            line, column = node.position
            return line, column
    return (1 << 60, 0)
