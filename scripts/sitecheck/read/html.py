"""One HTML file, parsed once as a browser would (WHATWG HTML), reduced to a record of plain tuples.

Asking the tree for one tag at a time is what makes this fast: the parser answers such a question from an index.
"""

from __future__ import annotations

import marshal

import turbohtml

from .css import css_references
from .flaws import document_flaws, flaws_of
from .record import Record
from .references import ATTRIBUTES, LISTS, link_kind, listed, meta_reference, refresh_target
from .words import LENGTH, short, words_of

MAIN = "main,[role=main]"
HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}


class Reader:
    """A parsed page, and the question that every fact needs answered: where does this element stand?"""

    def __init__(self, document: turbohtml.Document, ignored: str = "") -> None:
        self.select = document.select
        main = document.select_one(MAIN)
        if main is None or not main.position:
            main = document.select_one("body")  # without a <main>, all but the head may be anybody's words
        self.main = (main.position, end_of(main)) if main is not None and main.position else ((0, 0), (1 << 60, 0))
        # The contents of a <template> are not part of the page until a script makes them so.
        self.inert = {inner for template in document.select("template") for inner in template.select("*")}
        for element in document.select(ignored) if ignored else ():
            self.inert |= {element, *element.select("*")}

    def place(self, element: turbohtml.Element) -> tuple[int, int, bool]:
        """Line and column from 1, and whether the element is inside <main>; all of it is where there is none."""
        at = element.position or (1, 0)
        return at[0], at[1] + 1, self.main[0] <= at < self.main[1]

    def each(self, selector: str) -> list[turbohtml.Element]:
        """The elements that a selector finds, those inside templates left out."""
        found = self.select(selector)
        return [element for element in found if element not in self.inert] if self.inert else found


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
        title=next((" ".join(title.text.split()) for title in page.each("head title")), ""),
        description=description(page),
        lang=next(((root.attr("lang") or "").strip() for root in page.each("html")), ""),
        refs=marshal.dumps(tuple(refs)),
        ids=tuple((element.attr("id"), *page.place(element)[:2]) for element in page.each("[id]")),
        names=tuple(element.attr("name") for element in page.each("a[name]")),
        headings=read_headings(page),
        json_ld=json_ld,
        blocks=blocks,
        stated=stated,
        base=next((base.attr("href") or "" for base in page.each("base[href]")), ""),
        maps=tuple(one.attr("name") or one.attr("id") or "" for one in page.each("map")),
        flaws=flaws_of(page, wordless) + document_flaws(document, data),
        forwards=next((row[1] for row in meta if row[0] == "refresh"), ""),
        hidden=any("noindex" in (meta.attr("content") or "").lower() for meta in page.each("meta[name=robots]")),
    )


def read_svg(data: bytes) -> Record:
    """References and ids of a picture: what can be in one can be inline in a page."""
    page = Reader(turbohtml.parse(data.decode("utf-8", "replace")))
    links, _ = read_links(page)
    return Record(
        refs=marshal.dumps(tuple(links + read_references(page) + read_styles(page))),
        ids=tuple((element.attr("id"), *page.place(element)[:2]) for element in page.each("[id]")),
    )


def read_links(page: Reader) -> tuple[list[tuple], list[turbohtml.Element]]:
    """Every <a href>, and those without text: nine references in ten, so this loop alone spells everything out."""
    start, end = page.main
    found, wordless = [], []
    for element in page.each("a[href]"):
        at = element.position or (1, 0)
        text = element.text.strip()
        if not text:
            wordless.append(element)
            text = words_of(element)
        elif "\n" in text:
            text = " ".join(text.split())
        found.append(("a", element.attr("href"), at[0], at[1] + 1, text[:LENGTH], start <= at < end))
    return found, wordless


def read_references(page: Reader) -> list[tuple]:
    """What the other elements hold in their attributes."""
    found: list[tuple] = []
    for tag, attributes in ATTRIBUTES.items():
        for element in page.each(tag):
            for name, kind in attributes:
                raw = element.attr(name)
                if raw is None:
                    continue
                if kind == "link":
                    kind = link_kind(element.attr("rel") or "")
                text = short(element.attr("alt") or element.attr("title") or "")
                line, column, in_main = page.place(element)
                for one in listed(kind, raw) if kind in LISTS else (raw,):
                    found.append((kind, one, line, column, text, in_main))
    return found


def read_meta(page: Reader) -> list[tuple]:
    """Addresses in <meta>: what social networks show, and where a refresh goes."""
    found: list[tuple] = []
    for meta in page.each("meta"):
        content = meta.attr("content") or ""
        name = (meta.attr("property") or meta.attr("name") or "").lower()
        if meta_reference(name):
            line, column, in_main = page.place(meta)
            found.append(("meta", content, line, column, name, in_main))
        if (meta.attr("http-equiv") or "").lower() == "refresh" and (raw := refresh_target(content)) is not None:
            line, column, in_main = page.place(meta)
            found.append(("refresh", raw, line, column, "", in_main))
    return found


def read_styles(page: Reader) -> list[tuple]:
    """Addresses in <style> and in style attributes."""
    found = []
    for element in page.each("style") + page.each("[style]"):
        css = element.text if element.tag == "style" else element.attr("style") or ""
        line, column, in_main = page.place(element)
        for kind, raw, offset in css_references(css):
            below = css.count("\n", 0, offset)
            found.append((kind, raw, line + below, 1 if below else column, "", in_main))
    return found


def read_nested(page: Reader) -> list[tuple]:
    """References in srcdoc: a page of its own, whose relative addresses are resolved as those of the page around it."""
    found = []
    for frame in page.each("iframe[srcdoc]"):
        inner = read_html(frame.attr("srcdoc") or "")
        own = {f"#{identity}" for identity, _, _ in inner.ids}
        line, column, in_main = page.place(frame)
        for kind, raw, _, _, text, _ in marshal.loads(inner.refs):
            if raw not in own:
                found.append((kind, raw, line, column, text, in_main))
    return found


def read_json_ld(page: Reader) -> tuple:
    """(text, line, column) of each block of structured data."""
    return tuple(
        (script.text, *page.place(script)[:2])
        for script in page.each("script[type]")
        if (script.attr("type") or "").strip().lower() == "application/ld+json"
    )


def in_json_ld(blocks: tuple) -> list[tuple]:
    """Addresses in structured data; what does not parse is for the LD rules to say."""
    if not blocks:
        return []
    from .structured import addresses

    return [("json-ld", raw, line, column, "", False) for text, line, column in blocks for raw in addresses(text)]


def read_headings(page: Reader) -> tuple:
    """Headings in document order, as `facts.Heading` rows."""
    found = []
    for tag, level in HEADINGS.items():
        for element in page.each(tag):
            found.append((page.place(element), level, element))
    for element in page.each("[role=heading]"):
        level = element.attr("aria-level") or ""
        found.append((page.place(element), int(level) if level.isdecimal() else 2, element))
    found.sort(key=lambda row: row[0])
    return tuple((level, element.attr("id") or "", words_of(element), *at) for at, level, element in found)


def description(page: Reader) -> str:
    """What search engines show below the title."""
    for meta in page.each("meta"):
        if (meta.attr("name") or "").lower() == "description":
            return " ".join((meta.attr("content") or "").split())
    return ""


def end_of(main: turbohtml.Element) -> tuple[int, int]:
    """Where the first element after <main> starts."""
    for node in main.following:
        if isinstance(node, turbohtml.Element) and node.position:
            return node.position
    return (1 << 60, 0)
