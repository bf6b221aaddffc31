"""search/search_index.json, made from what a reader sees on the pages, so that any generator's site is searched alike.

Shape: {"docs": [{"location", "title", "text", "keywords", "lang"}], ...}: an entry for each page and for each of its h2
sections. `location` is below the home page ("get-help-now/#call-911"); `text` is plain; a page's first entry has its
`keywords`; `lang` stands where the page is not in English. Beside "docs" stands what docs/_data/answers.yml holds, each
answer with the heading of its `section`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from turbohtml import Document, Element, Node, Text

from .site import NOT_FOUND, Site, unlisted

FILE = "search/search_index.json"
OTHERS = "search.json"  # another generator's name for its own
# What stands on many pages finds none of them; drawings are told in the words beside them.
NOT_SEARCHED = {"nav", "svg", "thead", "script", "style", "sup", "form", "footer", "noscript"}
FRAME = ("end-block", "sources", "breadcrumb", "guide-list", "previous-next", "visually-hidden")
BOX = "section[aria-labelledby]"  # a card or box belongs to the section it stands in
# What is a sentence of its own, wherever the words are cut: a box's title, an item of a list, a row of a table.
SAID_ALONE = ("h2", "h3", "h4", "caption", "li", "tr")
BLOCK = ("p", "td", "th", "dt", "dd", "div", "section", "figcaption", "br")


def write(site: Site) -> None:
    """Write the index and take away the generator's own. The lay words of a page come from its keywords meta, once."""
    before = _keywords_before(site)
    entries: list[dict[str, str]] = []
    for page, document in site.pages.items():
        if page == NOT_FOUND or unlisted(document) or document.select_one("main form[role=search]"):
            continue
        location = site.address(page).removeprefix(site.home)
        found = list(_sections(document, location))
        meta = document.select_one('meta[name="keywords"]')
        words = (meta.attr("content") or "") if meta else before.get(location, "")
        if meta:
            meta.decompose()
        if found and words:
            found[0]["keywords"] = words
        lang = (document.select_one("html") or document).attr("lang") or "en"
        if not lang.startswith("en"):
            found = [entry | {"lang": lang} for entry in found]
        entries += found[:1] + [entry for entry in found[1:] if entry["text"]]
    (site.root / OTHERS).unlink(missing_ok=True)
    answers = [_answer(site, one) for one in site.answers.get("answers") or ()]
    index = {"docs": entries, **site.answers, "answers": answers}
    site.write(FILE, json.dumps(index, ensure_ascii=False, separators=(",", ":"), default=str) + "\n")


def _answer(site: Site, answer: dict[str, Any]) -> dict[str, Any]:
    """A best answer with the heading of the section that it leads to; without one where there is no such section."""
    page, _, anchor = str(answer.get("to")).partition("#")
    document = site.pages.get(f"{page}index.html")
    place = document.select_one(f'[id="{anchor}"]') if document and anchor else None
    heading = place.select_one("h1, h2, h3, h4") if place is not None and place.tag == "section" else place
    return answer | ({"section": _spoken(heading)} if heading is not None else {})


def _keywords_before(site: Site) -> dict[str, str]:
    """Keywords of an index that this step wrote before: the pages give them only once."""
    path = site.root / FILE
    entries: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))["docs"] if path.is_file() else []
    return {entry["location"]: entry["keywords"] for entry in entries if "keywords" in entry}


def _sections(document: Document, location: str) -> Iterator[dict[str, str]]:
    main = document.select_one("main")
    title, anchor, words = "", "", []
    for piece in _pieces(main) if main else ():
        if isinstance(piece, str):
            words.append(piece)
            continue
        if title:
            yield _entry(location + anchor, title, words)
        title, words = _spoken(piece), []
        anchor = f"#{piece.attr('id')}" if piece.tag == "h2" and piece.attr("id") else ""
    if title:
        yield _entry(location + anchor, title, words)


def _pieces(node: Node) -> Iterator[str | Element]:
    """In reading order: the words, and the headings that begin an entry."""
    for child in node.children:
        if isinstance(child, Text):
            yield child.data
        elif isinstance(child, Element) and not _is_frame(child):
            if child.tag == "h1" or (child.tag == "h2" and not child.closest(BOX)):
                yield child
                continue
            yield from _pieces(child)
            if child.tag in SAID_ALONE:
                yield " " if _spoken(child).endswith((":", ".", "?", "!")) else ". "
            elif child.tag in BLOCK:
                yield " "


def _is_frame(element: Element) -> bool:
    return element.tag in NOT_SEARCHED or any(element.has_class(name) for name in FRAME)


def _entry(location: str, title: str, words: list[str]) -> dict[str, str]:
    text = re.sub(r"\s+", " ", "".join(words)).strip()
    return {"location": location, "title": title, "text": re.sub(r" (?=\.(?: |$))", "", text)}


def _spoken(heading: Element) -> str:
    return re.sub(r"\s+", " ", "".join(piece for piece in _pieces(heading) if isinstance(piece, str))).strip()
