"""One HTML file, parsed once as a browser would (WHATWG HTML), reduced to a record of plain tuples.

One pass over the tree hands over every element that can say something; what makes this fast is asking no more.
"""

from __future__ import annotations

import marshal

import turbohtml

from .css import css_references
from .flaws import document_flaws, flaws_of
from .head import description, in_json_ld, is_hidden, read_json_ld, read_meta
from .reader import HEADINGS, Reader
from .record import Record
from .references import ATTRIBUTES, LISTS, link_kind, listed
from .words import short, words_of


def read_html(data: bytes | str, prose: bool = False, ignored: str = "") -> Record:
    """Facts of one page; `prose` adds its blocks of words and the facts it states. Lines and columns count from 1."""
    document = turbohtml.parse(data)
    page = Reader(document, ignored)
    blocks: tuple = ()
    stated: tuple = ()
    if prose:
        from .prose import read_blocks, read_stated

        blocks, stated = read_blocks(document), read_stated(document)
    links, wordless = read_links(page)
    meta = read_meta(page)
    json_ld = read_json_ld(page)
    refs = links + read_references(page) + meta + read_styles(page) + read_nested(page) + in_json_ld(json_ld)
    return Record(
        title=next((" ".join(title.text.split()) for title in page.by_tag["title"] if title.parent.tag == "head"), ""),
        description=description(page),
        lang=next(((root.attr("lang") or "").strip() for root in page.by_tag["html"]), ""),
        refs=marshal.dumps(tuple(refs)),
        ids=read_ids(page),
        names=tuple(element.attr("name") for element in page.having("a[name]")),
        headings=read_headings(page),
        json_ld=json_ld,
        blocks=blocks,
        stated=stated,
        base=next((href for base in page.by_tag["base"] if (href := base.attr("href")) is not None), ""),
        maps=tuple(one.attr("name") or one.attr("id") or "" for one in page.by_tag["map"]),
        flaws=flaws_of(page, wordless) + document_flaws(document, data),
        forwards=next((row[1] for row in meta if row[0] == "refresh"), ""),
        hidden=is_hidden(page),
    )


def read_svg(data: bytes) -> Record:
    """References and ids of a picture: what can be in one can be inline in a page."""
    page = Reader(turbohtml.parse(data.decode("utf-8", "replace")))
    links, _ = read_links(page)
    return Record(
        refs=marshal.dumps(tuple(links + read_references(page) + read_styles(page))),
        ids=read_ids(page),
    )


def read_links(page: Reader) -> tuple[list[tuple], list[turbohtml.Element]]:
    """Every <a href>, and those without text: nine references in ten, so this loop alone spells everything out."""
    start, end = page.main
    found, wordless = [], []
    for element in page.by_tag["a"]:
        raw = element.attr("href")
        if raw is None and (raw := element.attr("xlink:href")) is None:
            continue
        if not element.text.strip():
            wordless.append(element)
        at = element.position or (1, 0)
        found.append(("a", raw, at[0], at[1] + 1, "", start <= at < end))
    return found, wordless


def read_ids(page: Reader) -> tuple:
    """(id, line, column) in document order."""
    found = []
    for element in page.having("[id]"):
        line, column = element.position or (1, 0)
        found.append((element.attr("id"), line, column + 1))
    return tuple(found)


def read_references(page: Reader) -> list[tuple]:
    """What the elements hold in their other attributes."""
    found: list[tuple] = []
    for tag, attributes in ATTRIBUTES.items():
        for element in page.by_tag[tag]:
            for name, kind in attributes:
                raw = element.attr(name)
                if raw is None:
                    continue
                of = link_kind(element.attr("rel") or "") if kind == "link" else kind
                text = short(element.attr("alt") or element.attr("title") or "")
                line, column, in_main = page.place(element)
                for one in listed(of, raw) if of in LISTS else (raw,):
                    found.append((of, one, line, column, text, in_main))
    for element in page.having("a[ping]"):
        found += [
            ("ping", one, *page.place(element)[:2], "", True) for one in listed("ping", element.attr("ping") or "")
        ]
    return found


def read_styles(page: Reader) -> list[tuple]:
    """Addresses in <style> and in style attributes."""
    found = []
    for element in page.by_tag["style"] + page.having("[style]"):
        css = element.text if element.tag == "style" else element.attr("style") or ""
        line, column, in_main = page.place(element)
        for kind, raw, offset in css_references(css):
            below = css.count("\n", 0, offset)
            found.append((kind, raw, line + below, 1 if below else column, "", in_main))
    return found


def read_nested(page: Reader) -> list[tuple]:
    """References in srcdoc: a page of its own, whose relative addresses are resolved as those of the page around it."""
    found = []
    for frame in page.by_tag["iframe"]:
        inner = read_html(frame.attr("srcdoc") or "")
        own = {f"#{identity}" for identity, _, _ in inner.ids}
        line, column, in_main = page.place(frame)
        for kind, raw, _, _, text, _ in marshal.loads(inner.refs):
            if raw not in own:
                found.append((kind, raw, line, column, text, in_main))
    return found


def read_headings(page: Reader) -> tuple:
    """Headings in document order, as `facts.Heading` rows."""
    found = []
    for tag, level in HEADINGS.items():
        for element in page.by_tag[tag]:
            found.append((page.place(element), level, element))
    for element in page.having("[role=heading]"):
        level = element.attr("aria-level") or ""
        found.append((page.place(element), int(level) if level.isdecimal() else 2, element))
    found.sort(key=lambda row: row[0])
    return tuple((level, element.attr("id") or "", words_of(element), *at) for at, level, element in found)
