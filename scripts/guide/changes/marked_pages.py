"""The changed pages as readers will see them, in one HTML file that opens from a download folder."""

from __future__ import annotations

import base64
import copy
import html
import mimetypes
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from turbohtml import Document, Element, Node, Text, parse

from finish.built_site import TEXT_BOX, Site, element
from finish.signed_words import NOT_SIGNED
from sitecheck.read.html.prose import BLOCKS, NOT_WORDS

from .compare import TOKEN, PageChange, aligned, matcher, similarity
from .page_units import DRAWINGS, blocks

MARKS = """
body { display: block; }
.what-changed { max-width: 60rem; margin: 0 auto; padding: 1rem; }
.what-changed > article { border: 2px solid #888; border-radius: .5rem; margin: 2rem 0; padding: 1rem; }
.what-changed > article > header { position: sticky; top: 0; background: Canvas; border-bottom: 1px solid #888; }
ins { background: #c8f2d0; color: #00330f; text-decoration: underline 2px; }
del { background: #ffd3d0; color: #5c0000; text-decoration: line-through 2px; }
.drawing-changed { outline: 4px dashed #00701f; }
"""
CELLS = ("td", "th", "caption")
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


@dataclass(frozen=True, slots=True)
class Block:
    """A block of a page. Two with the same words are equal."""

    words: tuple[str, ...]
    element: Element = field(compare=False)

    def similarity(self, other: Block) -> float:
        return similarity(self.words, other.words)


def document_of(changes: list[PageChange], before: Site, after: Site, names: dict[str, str], css: str) -> str:
    """Return the file: each page of `changes` after the change, with what is new and what is gone marked in it."""
    articles, contents = [], []
    for number, change in enumerate(changes):
        title, name = html.escape(change.title), html.escape(names.get(change.page, change.page))
        contents.append(f'<li><a href="#page-{number}">{title}</a></li>')
        articles.append(
            f'<article id="page-{number}"><header><strong>docs/{name}</strong></header>'
            f"{marked_page(change, before, after)}</article>"
        )
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}"><title>What changes for readers</title>'
        f"<style>{css}{MARKS}</style></head><body><main class=\"what-changed\"><h1>What changes for readers</h1>"
        "<p><ins>New words look like this</ins>, and <del>words that go look like this</del>.</p>"
        f"<ol>{''.join(contents)}</ol>{''.join(articles)}</main></body></html>\n"
    )  # fmt: skip


def marked_page(change: PageChange, before: Site, after: Site) -> str:
    """Return the text box of a page as HTML, with marks."""
    site = after if change.after else before
    old = copy.deepcopy(before.pages[change.page]) if change.before else parse("")
    new = copy.deepcopy(after.pages[change.page]) if change.after else parse("")
    if change.after is None:
        for block in list(blocks(old)):
            mark(block, (), "del")
    else:
        mark_changes(old, new)
    text = element(new if change.after else old, TEXT_BOX)
    for tool in text.select(f"{NOT_SIGNED}, script"):
        if "data-review" not in tool.attrs:
            tool.decompose()
    for link in text.select("a[href]"):
        if site.target(change.page, link.attr("href") or "") is not None:
            del link.attrs["href"]  # in a download folder it would lead nowhere
    for picture in text.select("img[src]"):
        picture.attrs["src"] = data_url(site, change.page, picture.attr("src") or "")
    return text.html


def mark_changes(before: Document, after: Document) -> None:
    """Mark in the blocks of the new page what is new in them, and what of the old page is gone."""
    old, new = ([Block(words_of(block), block) for block in blocks(page)] for page in (before, after))
    pairs = [*aligned(old, new, Block.similarity)]
    for was, now in pairs:
        if now and was != now:
            mark(now.element, was.words if was else ())
    last = new[0].element if new else None  # what follows on nothing is shown below the first block
    for was, now in pairs:
        if now:
            last = now.element
        elif was and last:
            last = put_back(was.element, last)


def mark(block: Element, before: tuple[str, ...], tag: str = "ins") -> None:
    """Mark the words of a block that `before` lacks, and put in those of `before` that it lacks."""
    if block.tag in DRAWINGS:
        block.add_class("drawing-changed")
        return
    texts = list(own_texts(block))
    new, gone = set[int](), dict[int, str]()
    for kind, a, b, c, d in matcher(before, words_of(block)).get_opcodes():
        if kind != "equal":
            new |= {*range(c, d)}
            if a < b:
                gone[c] = " ".join(before[a:b])
    number = 0
    for text in texts:
        pieces: list[Node] = []
        end = 0
        for match in TOKEN.finditer(text.data):
            pieces.append(Text(text.data[end : match.start()]))
            if number in gone:
                pieces += [Element("del", None, [Text(gone[number])]), Text(" ")]
            word = Text(match[0])
            pieces.append(Element(tag, None, [word]) if number in new else word)
            end, number = match.end(), number + 1
        text.replace_with(*pieces, Text(text.data[end:]))
    if number in gone:
        block.extend([Text(" "), Element("del", None, [Text(gone[number])])])


def put_back(removed: Element, neighbor: Element) -> Element:
    """Show a block that is gone after `neighbor`. Returns the block after which the next one goes."""
    if removed.tag in DRAWINGS:
        return neighbor
    words = Element("del", None, [Text(" ".join(removed.text.split()))])
    if neighbor.tag == removed.tag and removed.tag not in CELLS:
        words = Element(removed.tag, None, [words])
    elif neighbor.tag not in DRAWINGS:
        neighbor.extend([Text(" "), words])
        return neighbor
    neighbor.insert_after(words)
    return words


def own_texts(block: Element) -> Iterable[Text]:
    """Yield the pieces of text of a block, without those of the blocks and the numbers of sources inside it."""
    inner = {*block.select(f"{BLOCKS}, svg")}
    for node in list(block.descendants):
        if isinstance(node, Text) and node.data.strip() and inner.isdisjoint(node.ancestors):
            number_of_source = node.parent is not None and node.parent.closest(NOT_WORDS)
            if not number_of_source:
                yield node


def words_of(block: Element) -> tuple[str, ...]:
    """Return the words and signs of a block itself; of a drawing, its markup."""
    if block.tag in DRAWINGS:
        return (block.html,)
    return tuple(word for text in own_texts(block) for word in TOKEN.findall(text.data))


def data_url(site: Site, page: str, src: str) -> str:
    """Return a picture's file as an address that needs no file beside it."""
    target = site.target(page, src)
    path = site.root / target if target else Path()
    if not path.is_file():
        return src
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return f"data:{kind};base64,{base64.b64encode(path.read_bytes()).decode()}"
