"""One HTML file, parsed once as a browser would (WHATWG HTML), reduced to a record of plain tuples.

One pass over the tree hands over every element that can say something; what makes this fast is asking no more.
"""

from __future__ import annotations

from .css import css_references
from .flaws import document_flaws, flaws_of
from .found import References
from .head import description, in_json_ld, is_hidden, passes_fragment_on, read_json_ld, read_meta
from .parser import Element, parse
from .reader import HEADINGS, Reader
from .record import Record
from .references import ATTRIBUTES, BACKGROUNDS, LISTS, link_kind, listed
from .words import words_of


def read_html(data: bytes | str, prose: bool = False, ignored: str = "") -> tuple[Record, References]:
    """Facts of one page, and what it refers to; `prose` adds its words and what is asked of them alone."""
    document = parse(data)
    page = Reader(document, ignored)
    blocks: tuple = ()
    stated: tuple = ()
    named_links: tuple = ()
    pointers: tuple = ()
    anchors, links = read_links(page)
    if prose:
        from .link_names import read_link_names
        from .pointers import read_pointers
        from .prose import read_blocks, read_stated

        blocks, stated = read_blocks(document), read_stated(document)
        named_links, pointers = read_link_names(page, anchors), read_pointers(page)
    meta = read_meta(page)
    json_ld = read_json_ld(page)
    rows = read_references(page) + meta + read_styles(page) + read_nested(page) + in_json_ld(json_ld)
    references = References(rows, links, anchors, page.place)
    ids = read_ids(page)
    forwards = next((row[1] for row in meta if row[0] == "refresh"), "")
    record = Record(
        title=next((" ".join(title.text.split()) for title in page.by_tag["title"] if title.parent.tag == "head"), ""),
        description=description(page),
        lang=next(((root.attr("lang") or "").strip() for root in page.by_tag["html"]), ""),
        refs=references.all() if prose or forwards else (),
        ids=ids,
        repeats_ids=len({row[0] for row in ids}) < len(ids),
        names=tuple([name for element in page.by_tag["a"] if (name := element.attr("name")) is not None]),
        headings=read_headings(page),
        json_ld=json_ld,
        blocks=blocks,
        stated=stated,
        base=next((href for base in page.by_tag["base"] if (href := base.attr("href")) is not None), ""),
        maps=tuple([name for one in page.by_tag["map"] for name in (one.attr("name"), one.attr("id")) if name]),
        flaws=flaws_of(page, anchors) + document_flaws(document, data),
        forwards=forwards,
        hidden=is_hidden(page),
        passes_on=bool(forwards) and passes_fragment_on(page),
        named_links=named_links,
        pointers=pointers,
    )
    return record, references


def read_svg(data: bytes) -> Record:
    """References and ids of a picture: what can be in one can be inline in a page."""
    page = Reader(parse(data.decode("utf-8", "replace")))
    anchors, links = read_links(page)
    rows = read_references(page) + read_styles(page)
    return Record(refs=References(rows, links, anchors, page.place).all(), ids=read_ids(page))


def read_links(page: Reader) -> tuple[list[Element], list[str]]:
    """Every <a> that leads somewhere, and its address."""
    anchors, links = [], []
    for element in page.by_tag["a"]:
        raw = element.attr("href")
        if raw is None and (raw := element.attr("xlink:href")) is None:
            continue
        anchors.append(element)
        links.append(raw)
    return anchors, links


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
                line, column, in_main = page.place(element)
                for one in listed(of, raw) if of in LISTS else (raw,):
                    found.append((of, one, line, column, "", in_main))
    for element in page.marked:
        if element.tag in BACKGROUNDS and (raw := element.attr("background")) is not None:
            line, column, in_main = page.place(element)
            found.append(("background", raw, line, column, "", in_main))
        if element.tag == "a" and (raw := element.attr("ping")):
            found += [("ping", one, *page.place(element)[:2], "", True) for one in listed("ping", raw)]
    return found


def read_styles(page: Reader) -> list[tuple]:
    """Addresses in <style> and in style attributes."""
    found = []
    sheets = [(element, element.text) for element in page.by_tag["style"]]
    sheets += [(element, css) for element in page.marked if (css := element.attr("style"))]
    for element, css in sheets:
        for kind, raw, offset in css_references(css):
            line, column, in_main = page.place(element)
            below = css.count("\n", 0, offset)
            found.append((kind, raw, line + below, 1 if below else column, "", in_main))
    return found


def read_nested(page: Reader) -> list[tuple]:
    """References in srcdoc: a page of its own, whose relative addresses are resolved as those of the page around it."""
    found = []
    for frame in page.by_tag["iframe"]:
        record, references = read_html(frame.attr("srcdoc") or "")
        own = {f"#{identity}" for identity, _, _ in record.ids}
        line, column, in_main = page.place(frame)
        for kind, raw, _, _, text, _ in references.all():
            if raw not in own:
                found.append((kind, raw, line, column, text, in_main))
    return found


def read_headings(page: Reader) -> tuple:
    """Headings in document order, as `facts.Heading` rows."""
    found = []
    for tag, level in HEADINGS.items():
        for element in page.by_tag[tag]:
            found.append((page.place(element), level, element))
    for element in page.with_role("heading"):
        level = element.attr("aria-level") or ""
        found.append((page.place(element), int(level) if level.isdecimal() else 2, element))
    found.sort(key=lambda row: row[0])
    return tuple([(level, element.attr("id") or "", words_of(element), *at) for at, level, element in found])
