"""A parsed page as the questions about it need it: elements by tag, and where each of them stands."""

from __future__ import annotations

from .parser import Document, Element
from .reference_attributes import ATTRIBUTES

HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
# Everything that can carry a reference, a heading or a markup issue; the parser hands these over in one pass.
PLAIN = ("a", "base", "body", "main", "map", "meta", "style", "svg", "table", "template", "title")
TAGS = (*ATTRIBUTES, *HEADINGS, *PLAIN)
MARKS = "[style],[ping],[role],[background]"  # what elements of any name can say; one more pass, whatever is asked


class ParsedPage:
    """A parsed page: its elements by tag, and where each of them stands."""

    def __init__(self, document: Document, ignored: str = "") -> None:
        self.document = document
        self.by_tag: dict[str, list[Element]] = {tag: [] for tag in TAGS}
        for element in document.iter_elements(TAGS):
            self.by_tag[element.tag].append(element)
        # The contents of a <template> are not part of the page until a script makes them so.
        self.inert: set[Element] = set()
        for template in self.by_tag["template"]:
            if template not in self.inert:  # one inside another is told of already
                self.inert.update(template.select("*"))
        for element in document.select(ignored) if ignored else ():
            self.inert |= {element, *element.select("*")}
        if self.inert:
            self.by_tag = {tag: self.alive(elements) for tag, elements in self.by_tag.items()}
        self.marked = self.having(MARKS)
        # Without a <main>, all but the head may be anybody's words.
        main = next(iter(self.by_tag["main"] or self.with_role("main") or self.by_tag["body"]), None)
        self.main = (main.position, end_of(main)) if main is not None and main.position else ((0, 0), (1 << 60, 0))

    def alive(self, elements: list[Element]) -> list[Element]:
        """Those that are part of the page."""
        return [element for element in elements if element not in self.inert] if self.inert else elements

    def having(self, selector: str) -> list[Element]:
        """The elements that a selector of attributes finds."""
        return self.alive(self.document.select(selector))

    def with_role(self, role: str) -> list[Element]:
        """The elements that have this role."""
        return [element for element in self.marked if element.attr("role") == role]

    def place(self, element: Element) -> tuple[int, int, bool]:
        """Line and column from 1, and whether the element is inside <main>."""
        at = element.position or (1, 0)
        return at[0], at[1] + 1, self.main[0] <= at < self.main[1]


def end_of(main: Element) -> tuple[int, int]:
    """Where the first element after <main> starts."""
    for node in main.following:
        if isinstance(node, Element) and node.position:
            line, column = node.position
            return line, column
    return (1 << 60, 0)
