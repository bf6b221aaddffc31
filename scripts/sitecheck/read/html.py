"""One HTML file, parsed once as a browser would (WHATWG HTML), reduced to a record of plain tuples.

One pass over the tree hands over every element that can say something; what makes this fast is asking no more.
"""

from __future__ import annotations

import marshal

import turbohtml

from .css import css_references
from .flaws import document_flaws, flaws_of
from .record import Record
from .references import ATTRIBUTES, LISTS, link_kind, listed, meta_reference, refresh_target
from .words import LENGTH, short, words_of

HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}


# Everything that can carry a reference, a heading or a flaw; the parser hands these over in one pass.
TAGS = (*ATTRIBUTES, *HEADINGS, "a", "base", "main", "map", "meta", "style", "template", "title")


class Reader:
    """A parsed page: its elements by tag, and where each of them stands."""

    def __init__(self, document: turbohtml.Document, ignored: str = "") -> None:
        self.document = document
        self.by_tag: dict[str, list[turbohtml.Element]] = {tag: [] for tag in TAGS}
        for element in document.iter_elements(TAGS):
            self.by_tag[element.tag].append(element)
        # The contents of a <template> are not part of the page until a script makes them so.
        self.inert = {inner for template in self.by_tag["template"] for inner in template.select("*")}
        for element in document.select(ignored) if ignored else ():
            self.inert |= {element, *element.select("*")}
        if self.inert:
            self.by_tag = {tag: self.alive(elements) for tag, elements in self.by_tag.items()}
        # Without a <main>, all but the head may be anybody's words.
        main = next(iter(self.by_tag["main"] or self.having("[role=main]") or self.by_tag["body"]), None)
        self.main = (main.position, end_of(main)) if main is not None and main.position else ((0, 0), (1 << 60, 0))

    def alive(self, elements: list[turbohtml.Element]) -> list[turbohtml.Element]:
        """Those that are part of the page."""
        return [element for element in elements if element not in self.inert] if self.inert else elements

    def having(self, selector: str) -> list[turbohtml.Element]:
        """The elements that a selector of attributes finds."""
        return self.alive(self.document.select(selector))

    def place(self, element: turbohtml.Element) -> tuple[int, int, bool]:
        """Line and column from 1, and whether the element is inside <main>."""
        at = element.position or (1, 0)
        return at[0], at[1] + 1, self.main[0] <= at < self.main[1]


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
        at = element.position or (1, 0)
        text = element.text.strip()
        if not text:
            wordless.append(element)
            text = words_of(element)
        elif "\n" in text:
            text = " ".join(text.split())
        found.append(("a", raw, at[0], at[1] + 1, text[:LENGTH], start <= at < end))
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


def read_meta(page: Reader) -> list[tuple]:
    """Addresses in <meta>: what social networks show, and where a refresh goes."""
    found: list[tuple] = []
    for meta in page.by_tag["meta"]:
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


def read_json_ld(page: Reader) -> tuple:
    """(text, line, column) of each block of structured data."""
    return tuple(
        (script.text, *page.place(script)[:2])
        for script in page.by_tag["script"]
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
        for element in page.by_tag[tag]:
            found.append((page.place(element), level, element))
    for element in page.having("[role=heading]"):
        level = element.attr("aria-level") or ""
        found.append((page.place(element), int(level) if level.isdecimal() else 2, element))
    found.sort(key=lambda row: row[0])
    return tuple((level, element.attr("id") or "", words_of(element), *at) for at, level, element in found)


def is_hidden(page: Reader) -> bool:
    """Whether the page asks search engines to leave it out."""
    robots = [meta for meta in page.by_tag["meta"] if (meta.attr("name") or "").lower() == "robots"]
    return any("noindex" in (meta.attr("content") or "").lower() for meta in robots)


def description(page: Reader) -> str:
    """What search engines show below the title."""
    for meta in page.by_tag["meta"]:
        if (meta.attr("name") or "").lower() == "description":
            return " ".join((meta.attr("content") or "").split())
    return ""


def end_of(main: turbohtml.Element) -> tuple[int, int]:
    """Where the first element after <main> starts."""
    for node in main.following:
        if isinstance(node, turbohtml.Element) and node.position:
            return node.position
    return (1 << 60, 0)
