"""Problems that one element shows by itself, noted while the page is read. The AX and AS rules word the messages."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..files.full_addresses import lacks_host
from ..record import Row, Rows
from .accessible_names import ZERO_WIDTH, has_label, is_spoken, words_of
from .elements import address_of
from .parser import Doctype, Element

if TYPE_CHECKING:
    from .parsed_page import ParsedPage

SILENT_ROLES = {"presentation", "none"}
HEADER_ROLES = {"columnheader", "rowheader"}
# A doctype for which browsers fall back to the layout rules of 1998 (WHATWG HTML, "the initial insertion mode").
QUIRKS = re.compile(
    r"(?!html )|html (?:html|-//(?!W3C//DTD (?:XHTML|HTML 4\.01|HTML 4\.0//))|"
    r"-//W3C//DTD HTML 4\.01 (?:Transitional|Frameset)//\S* without)",
    re.I,
)
FILLED_IN = ("-src", ":src", "-srcset", ":srcset")  # from data-src, x-bind:src and others a script takes the picture
CHARSET = re.compile(rb"charset", re.I)
UTF = re.compile(r"\butf|utf8", re.I)
PRESCAN = 1024  # bytes in which a browser looks for an encoding (WHATWG HTML, "prescan a byte stream")


def element_issues(page: ParsedPage, anchors: list[Element]) -> Rows:
    """`model.page.MarkupIssue` rows of a page, given its links."""
    found = [row for check in (images, tables, unnamed, head_links) for row in check(page)]
    in_rows: dict[Element, set[str | None]] = {}  # one row may hold thousands of links
    empty = [
        one
        for one in anchors
        if not (text := one.text) or text.isspace() or (not text.isascii() and text.lstrip()[0] in ZERO_WIDTH)
    ]
    silent = [one for one in empty if not words_of(one) and one not in page.hidden]
    for element in [*silent, *links_without_spoken_words(page)]:
        address = address_of(element) or ""
        found.append((element, wordless(element, address, in_rows), address))
    return tuple([(kind, detail, *page.place(element)) for element, kind, detail in found])


def wordless(link: Element, address: str, in_rows: dict[Element, set[str | None]]) -> str:
    """The kind of issue that a link without words is: one to the very part or table row it stands in, or another.

    `in_rows` keeps the ids in each row.
    """
    fragment = address[1:].replace("\\", "\\\\").replace('"', '\\"')
    if address[:1] != "#" or not fragment:
        return "link-without-words"
    row = link.closest("tr")
    if row is not None and row not in in_rows:
        in_rows[row] = {one.attr("id") for one in row.select("[id]")}
    is_here = link.closest(f'[id="{fragment}"]') is not None or address[1:] in in_rows.get(row, ())
    return "permalink-without-words" if is_here else "link-without-words"


def links_without_spoken_words(page: ParsedPage) -> list[Element]:
    """Links with text that is hidden from screen readers as a whole."""
    links = dict.fromkeys(link for part in page.hiding if (link := part.closest("a[href]")) is not None)
    return [link for link in links if link.text.strip() and not is_spoken(page, link) and link not in page.hidden]


def card_issues(meta: list[Row]) -> Rows:
    """Addresses for social networks (ogp.me), which take no relative one, among the `model.page.Ref` rows of <meta>."""
    return tuple([
        ("address-without-host", f"{name} {raw}", line, column, in_main)
        for _, raw, line, column, name, in_main in meta
        if name.startswith(("og:", "twitter:")) and lacks_host(raw)
    ])  # fmt: skip


def document_issues(page: ParsedPage, data: bytes | str) -> Rows:
    """What is wrong with the file as a whole."""
    found: list[Row] = []
    if isinstance(data, bytes) and (issue := encoding_issue(page, data)):
        found.append((*issue, 1, 1, True))
    if not any(isinstance(child, Doctype) and not QUIRKS.match(quirks_of(child)) for child in page.document.children):
        found.append(("no-doctype", "", 1, 1, True))
    return tuple(found)


def encoding_issue(page: ParsedPage, data: bytes) -> Row:
    """Kind and detail of what is wrong with the encoding of a file; () if nothing is."""
    encoding = page.document.encoding
    if encoding not in ("UTF-8", None) and not is_same_in_utf8(data):
        return "not-utf-8", encoding
    if data.isascii():
        return ()
    if not is_utf8(data):
        return "not-utf-8", "a mixture of bytes"
    return () if names_encoding(page, data) else ("encoding-unsaid", "")


def names_encoding(page: ParsedPage, data: bytes) -> bool:
    """Whether a file says its encoding, by a byte order mark or in <meta>; browsers find a late one, too."""
    texts = [meta.attr("charset") or meta.attr("content") or "" for meta in page.by_tag["meta"]]
    return data.startswith(codecs.BOM_UTF8) or any(map(UTF.search, texts))


def quirks_of(doctype: Doctype) -> str:
    """The name, the public id and whether there is a system id of a doctype, as QUIRKS matches them."""
    return f"{doctype.name} {doctype.public_id or ''} {'with' if doctype.system_id else 'without'}"


def is_same_in_utf8(data: bytes) -> bool:
    """Whether the bytes mean the same in UTF-8: plain ASCII in a file that names no encoding."""
    return data.isascii() and not CHARSET.search(data, 0, PRESCAN)


def is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def images(page: ParsedPage) -> Iterator[Row]:
    words: dict[Element, str] = {}  # of what is around the images: one figure may hold thousands
    for element in page.by_tag["img"]:
        alt = element.attr("alt")
        source = element.attr("src") or (element.attr("srcset") or "").strip().partition(" ")[0]
        nothing_named = not source and element.attr("src") is None and not element.attr("srcset")
        if nothing_named and not any(name.endswith(FILLED_IN) for name in element.attrs):
            yield element, "source-missing", "img"
        if alt is None:
            if page.roles.get(element) not in SILENT_ROLES and not has_label(element) and element not in page.hidden:
                yield element, "image-without-alt", source
        elif alt.strip() and alt.strip() in (source, source.rsplit("/", 1)[-1]):
            yield element, "alt-is-file-name", source
        elif alt.strip() and alt.strip() == words_beside(element, words):
            yield element, "alt-repeats-words", alt.strip()


def words_beside(image: Element, known: dict[Element, str]) -> str:
    """The text of the link around an image, or of the caption of its figure."""
    around = image.closest("a[href],figure")
    if around is not None and around not in known:
        beside = around.select_one("figcaption") if around.tag == "figure" else around
        known[around] = " ".join(beside.text.split()) if beside is not None else ""
    return known.get(around, "")


def tables(page: ParsedPage) -> Iterator[Row]:
    for element in page.by_tag["table"]:
        if page.roles.get(element) in SILENT_ROLES:
            continue
        rows = [list(elements(row, "td", "th")) for row in rows_of(element)]
        cells = [cell for row in rows for cell in row]
        if any(cell.tag == "th" or page.roles.get(cell) in HEADER_ROLES for cell in cells) or element in page.hidden:
            continue
        if len(rows) > 1 and max(map(len, rows)) > 1:  # a single row or column is layout, not data
            yield element, "table-without-header", ""


def rows_of(table: Element) -> Iterator[Element]:
    """The rows of a table itself, not those of tables in its cells."""
    yield from elements(table, "tr")
    for part in elements(table, "thead", "tbody", "tfoot"):
        yield from elements(part, "tr")


def elements(parent: Element, *tags: str) -> Iterator[Element]:
    """The children with one of these tags."""
    return (child for child in parent.children if isinstance(child, Element) and child.tag in tags)


def unnamed(page: ParsedPage) -> Iterator[Row]:
    buttons = [one for one in page.with_role("button") if one.tag not in ("a", "button", "input")]
    for element in (*page.by_tag["button"], *buttons):
        if not is_spoken(page, element) and element not in page.hidden and not is_labelled(page, element):
            yield element, "button-without-words", ""
    for element in page.by_tag["iframe"]:
        if not has_label(element) and element not in page.hidden:
            yield element, "frame-without-title", element.attr("src") or ""
    for element in page.by_tag["area"]:
        if element.attr("href") is not None and not has_label(element, "alt"):
            yield element, "area-without-alt", element.attr("href")
    for element in page.by_tag["input"]:
        kind = (element.attr("type") or "").lower()
        if kind == "image" and not has_label(element, "alt") and element not in page.hidden:
            yield element, "input-without-alt", element.attr("src") or ""
        # A browser gives words to a button that submits or resets, unless its value is empty.
        wordless = kind == "button" or (kind in ("submit", "reset") and element.attr("value") is not None)
        if wordless and not (has_label(element, "value") or element in page.hidden or is_labelled(page, element)):
            yield element, "button-without-words", ""


def is_labelled(page: ParsedPage, button: Element) -> bool:
    """Whether a <label> gives words of its own to a button."""
    around = button.closest("label")
    has_words = around is not None and around.text.strip() not in ("", button.text.strip())
    return has_words or button.attr("id") in page.labeled


def head_links(page: ParsedPage) -> Iterator[Row]:
    for element in page.by_tag["link"]:
        if element.attr("href") is None and element.attr("imagesrcset") is None:
            yield element, "source-missing", "link"
