"""search/search_index.json, made from the text that readers see, so that it does not depend on the generator.

Shape: {"docs": [{"location", "title", "text", "keywords", "lang"}], ...}: an entry for each page and for each of its h2
sections. `location` is relative to the home page ("get-help-now/#call-911"); `text` is plain; a page's first entry has
its `keywords`; `lang` is there when the page is not in English; pages about the guide itself, `aside` in
docs/_data/search-answers.yml, have no `text`. Next to "docs" is the content of
docs/_data/search-answers.yml, each answer with the heading of its `section`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from turbohtml import Document, Element, Node, Text

from .built_site import NOT_FOUND, Site, element, is_noindex

FILE = "search/search_index.json"
ZENSICAL_FILE = "search.json"  # the name of Zensical's own index
# Text that is on many pages finds none of them; drawings are described in the text next to them.
NOT_SEARCHED = (
    "nav, svg, thead, script, style, sup, form, footer, noscript, "
    ".end-block, .sources, .breadcrumb, .rail, .previous-next, .visually-hidden"
)
BOX = "section[aria-labelledby]"  # a card or box belongs to the section around it
# Elements that are a sentence of their own in an excerpt: a box's title, a list item, a row or cell.
OWN_SENTENCE = "h2, h3, h4, caption, li, tr, table:not(.hours) :is(th, td)"
COMPARED = "table:not(.hours) td[data-label]"  # a cell that says nothing without the name of its column
LONE_STOP = re.compile(r" (?=\.(?: |$))")  # the space before a full stop that ends a sentence without one
BLOCK_TAGS = ("p", "td", "th", "dt", "dd", "div", "section", "figcaption", "br")


def write(site: Site) -> None:
    """Write the index in place of the generator's. A page's keywords come from its <meta>, which is then removed."""
    earlier = _earlier_keywords(site)
    entries: list[dict[str, str]] = []
    for page, document in site.pages.items():
        if page == NOT_FOUND or is_noindex(document) or document.select_one("main form[role=search]"):
            continue
        location = site.address(page).removeprefix(site.home)
        meta = document.select_one('meta[name="keywords"]')
        keywords = meta.attr("content") if meta else earlier.get(location)
        document.remove('meta[name="keywords"]')
        lang = element(document, "html").attr("lang") or "en"
        more = {} if lang.startswith("en") else {"lang": lang}
        if location in (site.answers.get("aside") or ()):
            more["text"] = ""
        sections = _sections(document, location)
        if sections and keywords:
            sections[0]["keywords"] = keywords
        entries += [entry | more for entry in sections if entry is sections[0] or entry["text"]]
    (site.root / ZENSICAL_FILE).unlink(missing_ok=True)
    answers = [_answer(site, answer) for answer in site.answers.get("answers") or ()]
    index = {"docs": entries, **site.answers, "answers": answers}
    site.write(FILE, json.dumps(index, ensure_ascii=False, separators=(",", ":"), default=str) + "\n")


def _answer(site: Site, answer: dict[str, Any]) -> dict[str, Any]:
    """Add the heading of the section that a best answer leads to, if there is such a section."""
    page, _, anchor = str(answer.get("to")).partition("#")
    document = site.pages.get(f"{page}index.html")
    place = document.find(id=anchor) if document and anchor else None
    heading = place.select_one("h1, h2, h3, h4") if place is not None and place.tag == "section" else place
    return answer | ({"section": _plain_text(heading)} if heading is not None else {})


def _earlier_keywords(site: Site) -> dict[str, str]:
    """Return the keywords from the index of an earlier run, which removed them from the pages."""
    path = site.root / FILE
    entries: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))["docs"] if path.is_file() else []
    return {entry["location"]: entry["keywords"] for entry in entries if "keywords" in entry}


def _sections(document: Document, location: str) -> list[dict[str, str]]:
    """Return an entry for each heading that starts one, with the text below it."""
    main = document.select_one("main")
    found: list[dict[str, str]] = []
    for piece in _pieces(main) if main else ():
        if isinstance(piece, Element):
            anchor = f"#{piece.attr('id')}" if piece.tag == "h2" and piece.attr("id") else ""
            found.append({"location": location + anchor, "title": _plain_text(piece), "text": ""})
        elif found:
            found[-1]["text"] += piece
    tidied = ({**entry, "text": LONE_STOP.sub("", _one_line(entry["text"]))} for entry in found)
    return [entry for entry in tidied if entry["title"]]


def _pieces(node: Node) -> Iterator[str | Element]:
    """Yield, in reading order, pieces of text and the headings that start an entry."""
    for child in node.children:
        if isinstance(child, Text):
            yield child.data
        elif isinstance(child, Element) and not child.matches(NOT_SEARCHED):
            if child.tag == "h1" or (child.tag == "h2" and not child.closest(BOX)):
                yield child
                continue
            if child.matches(COMPARED):
                yield f"{child.attr('data-label')}: "
            yield from _pieces(child)
            if child.matches(OWN_SENTENCE):
                yield " " if _plain_text(child).rstrip('"”’)').endswith((":", ".", "?", "!")) else ". "
            elif child.tag in BLOCK_TAGS:
                yield " "


def _plain_text(heading: Element) -> str:
    return _one_line("".join(piece for piece in _pieces(heading) if isinstance(piece, str)))


def _one_line(text: str) -> str:
    return " ".join(text.split())
