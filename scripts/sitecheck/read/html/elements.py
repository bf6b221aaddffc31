"""References and ids of the elements of a page or an SVG file."""

from __future__ import annotations

from ..files.css import css_references
from ..files.lines import Lines
from ..record import Row, Rows
from .parsed_page import ParsedPage
from .parser import HTML, Element
from .reference_attributes import ATTRIBUTES, BACKGROUNDS, NAMED, PAINTING, XLINK, addresses_in, link_kind

# Most pictures are a single path and match none of these, so that one query is enough for them.
MAY_PAINT = ",".join(["defs", "svg", *(f"[{name}*='url(' i]" for name in PAINTING)])


def read_links(page: ParsedPage) -> dict[Element, str]:
    """Every <a> that leads somewhere, with its address."""
    return {
        one: raw
        for one in page.by_tag["a"]
        if (raw := one.attr("href")) is not None or (one.namespace is not HTML and (raw := one.attr(XLINK)) is not None)
    }


def read_ids(page: ParsedPage) -> Rows:
    """(id, line, column) in document order."""
    at = [(element.attr("id"), element.position or (1, 0)) for element in page.having("[id]")]
    return tuple([(id, line, column + 1) for id, (line, column) in at])  # `place` also looks for <main>


def read_references(page: ParsedPage) -> list[Row]:
    """References in all other attributes that hold an address."""
    found: list[Row] = []
    for tag, attributes in ATTRIBUTES.items():
        for element in page.by_tag[tag]:
            for name, kind in attributes:
                raw = element.attr(name)
                if raw is None or (name == XLINK and (element.namespace is HTML or element.attr("href") is not None)):
                    continue  # HTML does not know it, and in SVG 2 href outweighs it
                own_kind = link_kind(element.attr("rel") or "") if kind == "link" else kind
                if own_kind != NAMED:
                    found += [page.reference(own_kind, one, element) for one in addresses_in(own_kind, raw)]
    for element in page.marked:
        if element.tag in BACKGROUNDS and (raw := element.attr("background")):
            found.append(page.reference("background", raw, element))
        if element.tag == "a" and (raw := element.attr("ping")):
            found += [page.reference("ping", one, element) for one in addresses_in("ping", raw)]
    return found


def read_styles(page: ParsedPage) -> list[Row]:
    """References in <style> elements and style attributes."""
    found = []
    sheets = [(element, element.text) for element in page.by_tag["style"] if is_css(element)]
    sheets += [(element, css) for element in page.marked if (css := element.attr("style"))]
    for element, css in sheets:
        line, column, in_main = page.place(element)
        lines = Lines(css)
        for kind, raw, offset in css_references(css):
            below = lines.place(offset)[0] - 1
            found.append((kind, raw, line + below, 1 if below else column, "", in_main))
    return found


def is_css(style: Element) -> bool:
    """Whether a browser reads a <style> as CSS; with another type it is left to a script."""
    return (style.attr("type") or "text/css").lower() == "text/css"


def read_painted(page: ParsedPage) -> list[Row]:
    """References in presentation attributes of SVG."""
    found: list[Row] = []
    visited: set[Element] = set()
    for svg in page.by_tag["svg"]:
        if (visited and svg in visited) or not (parts := svg.select(MAY_PAINT)):
            continue
        visited.update(parts)
        for element in page.live([svg, *parts]):
            for name in PAINTING:
                painted = css_references(element.attr(name) or "")
                found += [page.reference(kind, raw, element) for kind, raw, _ in painted]
    return found
