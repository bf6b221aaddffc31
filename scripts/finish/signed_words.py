"""The words of a page that a signature covers, and their hash.

The words are what a reader sees from the page's heading to its end block: text, numbers a phone would call, addresses
of other sites, and the content of figures. Markup, templates, white space and the address of this site are left out,
so the hash is the same on every machine, and changes when the page says something else.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator

from turbohtml import Document, Element, Node, Text

from .built_site import TEXT_BOX, Site
from .print_parts import NOT_FOR_PAPER

REVIEW = "[data-review]"  # what the page says of its own review: see reviews.py
NOT_SIGNED = f"{NOT_FOR_PAPER}, style, template, {REVIEW}"
END = ".end-block"
COUNTED_LINKS = ("tel:", "sms:", "mailto:", "http:", "https:")
# How a drawing is marked up, in contrast to what it shows.
LOOK_OF_DRAWINGS = {"id", "class", "style", "role", "xmlns", "focusable", "aria-hidden", "aria-labelledby"}
SPACE = re.compile(r"\s+")
SPACE_IN_CHINESE = re.compile(r"(?<=[\u2e80-\u9fff\uff00-\uffef]) (?=[\u2e80-\u9fff\uff00-\uffef])")  # a wrapped line
LENGTH = 20  # hexadecimal digits of the hash


def words_hash(site: Site, page: str) -> str:
    """Return the hash of a page's words; "" for a page without a text, such as one that forwards."""
    words = "".join(piece for node in content(site.pages[page]) for piece in _pieces(site, page, node))
    words = unicodedata.normalize("NFC", words.replace(site.home.rstrip("/"), ""))
    words = SPACE_IN_CHINESE.sub("", SPACE.sub(" ", words).strip())
    return hashlib.sha256(words.encode()).hexdigest()[:LENGTH] if words else ""


def content(document: Document) -> Iterator[Node]:
    """Yield the nodes of a page's text from its heading to its end block: the words of its Markdown."""
    heading = document.select_one(f"{TEXT_BOX} > h1")
    for node in (heading, *heading.next_siblings) if heading else ():
        if isinstance(node, Element) and node.matches(END):
            return
        yield node


def _pieces(site: Site, page: str, node: Node) -> Iterator[str]:
    if isinstance(node, Text):
        yield node.data
    if not isinstance(node, Element) or node.matches(NOT_SIGNED):
        return
    if node.tag == "svg":
        yield from _drawing(node, with_shapes=not node.closest(".qr"))  # a QR code draws the address of this site
        return
    inline = node.tag in ("a", "b", "em", "i", "span", "strong", "sub", "sup", "cite", "wbr")
    yield "" if inline else " "
    for child in node.children:
        yield from _pieces(site, page, child)
    yield "" if inline else " "
    href = node.attr("href") or ""
    if node.tag == "a" and href.startswith(COUNTED_LINKS) and site.target(page, href) is None:
        yield f"<{href}>"
    if node.tag == "img":
        yield f"<{node.attr('alt') or ''} {_file_hash(site, page, node.attr('src') or '')}>"


def _drawing(node: Element, with_shapes: bool) -> Iterator[str]:
    """Yield a drawing as text: its label, and its shapes with what gives them form and place."""
    attrs = {name: value or "" for name, value in node.attrs.items() if name not in LOOK_OF_DRAWINGS}
    shown = attrs if with_shapes else {name: attrs[name] for name in ("aria-label",) if name in attrs}
    yield f"<{node.tag} {' '.join(f'{name}={value}' for name, value in sorted(shown.items()))}>"
    for child in node.children:
        if isinstance(child, Text):
            yield child.data
        elif isinstance(child, Element) and (with_shapes or child.tag in ("title", "desc", "text")):
            yield from _drawing(child, with_shapes)


def _file_hash(site: Site, page: str, src: str) -> str:
    """Return the hash of a picture's file; its address when the file is not in the site."""
    target = site.target(page, src)
    path = site.root / target if target else None
    return hashlib.sha256(path.read_bytes()).hexdigest() if path and path.is_file() else src
