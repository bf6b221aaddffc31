"""Turn a built page into a part of the print page: headings one level lower, unique ids, links rewritten.

Each id of a part gets the name of its page as a prefix ("get-help-now--call-911"); links between parts, labels and
drawings refer to the new ids.
"""

from __future__ import annotations

import copy
import re
from urllib.parse import unquote, urlsplit

from turbohtml import Document, Element

from .built_site import TEXT_BOX, Site, element, text_box, without_index

NOT_FOR_PAPER = (
    ".breadcrumb, .on-this-page, .previous-next, .open-line, .open-now, .actions, .edit, form, script, noscript"
)
IDS = ("id", "for", "headers", "aria-labelledby", "aria-describedby", "aria-details", "aria-controls", "aria-owns")
LOCAL_URL = re.compile(r"url\(#")  # a clip path or an arrow head of a drawing


def make_part(site: Site, page: str, names: dict[str, str], print_page: str) -> Element:
    """Return the text of `page` as a section of `print_page`. `names` has the id of each part, by its page."""
    section = element(copy.deepcopy(site.pages[page]), TEXT_BOX)
    section.remove(NOT_FOR_PAPER)
    seen: set[str] = set()
    for named in section.select("[id]"):
        if (name := named.attr("id") or "") in seen:
            del named.attrs["id"]  # links lead to the first; the checker reports the second on the page itself
        seen.add(name)
    title = element(section, "h1")
    title.attrs.setdefault("id", "title")
    for box in section.select("section[aria-labelledby]"):  # other parts have a box with the same title
        box.attrs["aria-labelledby"] = f"{title.attr('id')} {box.attr('aria-labelledby')}"
    for heading in section.select("h1, h2, h3, h4, h5"):
        heading.tag = f"h{int(heading.tag[1]) + 1}"
    for child in section.select("*"):
        _prefix_ids(child, names[page])
        for name in ("href", "src"):
            if name in child.attrs:
                child.attrs[name] = rewritten_link(site, page, child.attr(name) or "", print_page, names)
    section.tag = "section"
    section.add_class("part")
    section.attrs["id"], section.attrs["aria-labelledby"] = names[page], title.attr("id")
    return section


def _prefix_ids(child: Element, prefix: str) -> None:
    for name, value in list(child.attrs.items()):
        if name in IDS:
            child.attrs[name] = " ".join(f"{prefix}--{id}" for id in (child.attr(name) or "").split())
        elif isinstance(value, str):
            child.attrs[name] = LOCAL_URL.sub(f"url(#{prefix}--", value)


def rewritten_link(site: Site, page: str, address: str, print_page: str, names: dict[str, str]) -> str:
    """Return how `print_page` refers to the target of `address` on `page`: a part, another page, or another site."""
    target = site.target(page, address)
    if target is None:
        return address
    fragment = urlsplit(address).fragment
    if target in names and (not fragment or _has_id(site.pages[target], unquote(fragment))):
        return f"#{names[target]}--{fragment}" if fragment else f"#{names[target]}"
    link = without_index(site.link(print_page, target))
    return f"{link}#{fragment}" if fragment else link


def _has_id(document: Document, name: str) -> bool:
    """Return whether the part made of a page has this id: the id is in the page's text, and printed."""
    text = text_box(document)
    target = text.find(id=name) if text else None
    return target is not None and not target.closest(NOT_FOR_PAPER)
