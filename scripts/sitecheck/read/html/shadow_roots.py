"""Declarative shadow roots: parts of a page that are rendered, with an id scope of their own (WHATWG HTML)."""

from __future__ import annotations

from collections.abc import Iterator

from ..record import Row
from .elements import read_ids, read_links, read_painted, read_references, read_styles
from .parsed_page import HEADINGS, ParsedPage
from .parser import Element
from .references import References

# WHATWG DOM, "valid shadow host name"; custom elements are hosts too.
HOSTS = frozenset((
    "article", "aside", "blockquote", "body", "div", "footer", "header", "main", "nav", "p", "section", "span",
    *HEADINGS,
))  # fmt: skip
MAX_DEPTH = 8  # of nested shadow roots that are read
FOLLOWED = frozenset(("a", "area"))  # a link leads to an id of the document, never to one inside a shadow root


def read_shadows(page: ParsedPage, depth: int = 0) -> list[Row]:
    """References of shadow roots, without those to an id of the same root."""
    found: list[Row] = []
    for template in declared(page.by_tag["template"]) if depth < MAX_DEPTH else ():
        shadow = ParsedPage(template)
        shadow.main = page.main
        anchors, links = read_links(shadow)
        rows = read_references(shadow) + read_styles(shadow) + read_painted(shadow) + read_shadows(shadow, depth + 1)
        own = {f"#{id}" for id in read_ids(shadow)}
        own |= {f"#{one.attr('name')}" for one in shadow.by_tag["map"]}
        references = References(rows, anchors, links, page.reference).all()
        found += [row for row in references if row[0] in FOLLOWED or row[1] not in own]
    return found


def declared(templates: list[Element]) -> Iterator[Element]:
    """The templates that a parser turns into shadow roots: the first of each host."""
    hosts: set[int] = set()
    for template in templates:
        host = template.parent
        if (template.attr("shadowrootmode") or "").lower() not in ("open", "closed") or host in hosts:
            continue
        if isinstance(host, Element) and (host.tag in HOSTS or "-" in host.tag):
            hosts.add(host)
            yield template
