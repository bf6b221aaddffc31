"""A built page as a part of a page that holds many: headings one level lower, names of its own, links that follow.

What a part names by id bears the name of its page before it ("get-help-now--call-911"), and every link between two
parts, label and drawing of it speaks of the new name.
"""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from turbohtml import Document, Element, parse

from .site import COMPACT, Site

NOT_FOR_PAPER = ".breadcrumb, .on-this-page, .previous-next, .open-line, .open-now, .actions, form, script, noscript"
IDS = ("id", "for", "headers", "aria-labelledby", "aria-describedby", "aria-details", "aria-controls", "aria-owns")
DRAWN = re.compile(r"url\(#")  # a clip path or an arrow head of a drawing
INDEX = re.compile(r"(^|/)index\.html$")


def copied(document: Document) -> Document:
    """A page that may be changed, and the one of the site stays as it is."""
    return parse(document.serialize(COMPACT), positions=False)


def words_of(document: Document) -> Element | None:
    """The box that holds a page's title and words, and nothing of the frame."""
    return document.select_one("main .text:has(> h1)")


def part(site: Site, page: str, names: dict[str, str], whole: str) -> Element:
    """The words of `page` as a section of the page `whole`; `names` are those of all its parts, by their pages."""
    section = words_of(copied(site.pages[page]))
    for tool in section.select(NOT_FOR_PAPER):
        tool.decompose()
    named: set[str] = set()
    for element in section.select("[id]"):
        if (name := element.attr("id") or "") in named:
            del element.attrs["id"]  # links lead to the first; the check tells it of the page, and once is enough
        named.add(name)
    title = section.select_one("h1")
    title.attrs.setdefault("id", "title")
    for box in section.select("section[aria-labelledby]"):  # other parts have a box of this title too
        box.attrs["aria-labelledby"] = f"{title.attr('id')} {box.attr('aria-labelledby')}"
    for heading in section.select("h1, h2, h3, h4, h5"):
        heading.tag = f"h{int(heading.tag[1]) + 1}"
    for element in section.select("*"):
        _rename(element, names[page])
        for name in ("href", "src"):
            if name in element.attrs:
                element.attrs[name] = moved(site, page, element.attr(name) or "", whole, names)
    section.tag = "section"
    section.add_class("part")
    section.attrs["id"], section.attrs["aria-labelledby"] = names[page], title.attr("id")
    return section


def _rename(element: Element, prefix: str) -> None:
    for name, value in list(element.attrs.items()):
        if name in IDS:
            element.attrs[name] = " ".join(f"{prefix}--{one}" for one in (element.attr(name) or "").split())
        elif isinstance(value, str):
            element.attrs[name] = DRAWN.sub(f"url(#{prefix}--", value)


def moved(site: Site, page: str, address: str, whole: str, names: dict[str, str]) -> str:
    """How `whole` refers to where `address` on `page` leads: a part, a page of the site, or out of it."""
    target = site.target(page, address)
    if target is None:
        return address
    fragment = urlsplit(address).fragment
    if target in names and (not fragment or _holds(site.pages[target], unquote(fragment))):
        return f"#{names[target]}--{fragment}" if fragment else f"#{names[target]}"
    link = INDEX.sub(r"\1", site.link(whole, target))
    return f"{link}#{fragment}" if fragment else link


def _holds(document: Document, name: str) -> bool:
    """Whether the part of a page has what a link names: not if the page itself has not, or only in its frame."""
    found = words_of(document).find(id=name)
    return found is not None and not found.closest(NOT_FOR_PAPER)
