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


def read_links(page: ParsedPage) -> tuple[list[Element], list[str]]:
    """Every <a> that leads somewhere, and their addresses."""
    anchors = page.by_tag["a"]
    addresses = [raw for one in anchors if (raw := one.attr("href")) is not None]
    if len(addresses) < len(anchors):
        pairs = [(one, raw) for one in anchors if (raw := address_of(one)) is not None]
        return [one for one, _ in pairs], [raw for _, raw in pairs]
    return anchors, addresses


def address_of(anchor: Element) -> str | None:
    """Where an <a> leads; None if nowhere. Inside an <svg> the address has two spellings."""
    raw: str | None = anchor.attr("href")
    if raw is None and anchor.namespace is not HTML:
        raw = anchor.attr(XLINK)
    return raw


def read_ids(page: ParsedPage) -> list[str]:
    """The ids in document order. An empty one is no id (DOM)."""
    return [id for element in page.having("[id]") if (id := element.attr("id"))]


def read_id_places(page: ParsedPage) -> Rows:
    """(id, line, column) in document order."""
    places = [(element.attr("id"), page.place(element)) for element in page.having("[id]")]
    return tuple([(id, line, column) for id, (line, column, _) in places if id])


def read_references(page: ParsedPage) -> list[Row]:
    """References in all other attributes that hold an address."""
    found: list[Row] = []
    for tag in [tag for tag in ATTRIBUTES if tag in page.by_tag]:
        for element in page.by_tag[tag]:
            for name, kind in ATTRIBUTES[tag]:
                raw = element.attr(name)
                if raw is None or (name == XLINK and (element.namespace is HTML or element.attr("href") is not None)):
                    continue  # HTML does not know it, and in SVG 2 href outweighs it
                if kind == "input" and (element.attr("type") or "").lower() != "image":
                    continue  # only a button that is a picture loads one
                own_kind = link_kind(element.attr("rel") or "") if kind == "link" else kind
                if own_kind != NAMED:
                    found += [page.reference(own_kind, one, element) for one in addresses_in(own_kind, raw)]
    if page.by_tag["table"] or any(body.attr("background") for body in page.by_tag["body"]):
        for element in page.having(BACKGROUNDS):
            found.append(page.reference("background", element.attr("background"), element))
    for element in page.marked:
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
