"""One HTML file, parsed once as a browser would (WHATWG HTML), reduced to a record of plain tuples.

One pass over the tree collects every element that matters here. Each further query would cost as much again.
"""

from __future__ import annotations

import marshal
from collections import Counter
from operator import itemgetter
from typing import Any

from ...model.page import ANY_ID, SEPARATOR, ids_of
from ..record import Record, Row, Rows
from .accessible_names import words_of
from .elements import read_id_places, read_ids, read_links, read_painted, read_references, read_styles
from .head import contents, passes_fragment_on, read_alternates, read_meta, read_scripts
from .markup_issues import card_issues, document_issues, element_issues
from .parsed_page import HEADINGS, ParsedPage
from .parser import Doctype, Element, Text, parse
from .references import References

UNSEEN = {"script", "style", "noscript", "template"}
TEMPLATE_MARKS = ("{{", "{%", "<%", "<?", "${")
FEW = 30  # characters, as in "Loading …"


def read_html(data: bytes | str, prose: bool = False, ignored: str = "") -> tuple[Record, References]:
    """Facts of one page, and its references. `prose` adds the text and the facts that only project pages need."""
    document = parse(data)
    page = ParsedPage(document, ignored)
    anchors, links = read_links(page)
    said, meta = contents(page), read_meta(page)
    json_ld, loaded, broken_blocks = read_scripts(page)
    rows = read_references(page) + meta + read_styles(page) + read_painted(page) + read_nested(page)
    rows += loaded
    if page.by_tag["template"]:
        from .shadow_roots import read_shadows  # few pages need it

        rows += read_shadows(page)
    references = References(rows, anchors, links, page.reference)
    ids = read_ids(page)
    repeated = repeated_ids(ids)
    forwards = next((row[1] for row in meta if row[0] == "refresh"), "")
    record = Record(
        title=next((" ".join(title.text.split()) for title in page.by_tag["title"] if title.parent.tag == "head"), ""),
        description=" ".join(next(iter(said.get("description", ())), "").split()),
        lang=next(((root.attr("lang") or "").strip() for root in page.by_tag["html"]), ""),
        refs=references.all() if prose or forwards else (),
        packed_ids=SEPARATOR.join(ids),
        packed_places=marshal.dumps(read_id_places(page)) if prose or repeated else b"",
        repeated_ids=repeated,
        pointed_ids=pointed_ids(page, repeated) if repeated else repeated,
        names=tuple([name for one in page.marked if one.tag == "a" and (name := one.attr("name")) is not None])
        + line_ids(page)
        + ((ANY_ID,) if is_filled_by_script(page) else ()),
        headings=read_headings(page),
        json_ld=json_ld,
        base=next((href for base in page.by_tag["base"] if (href := base.attr("href")) is not None), ""),
        maps=tuple([name for one in page.by_tag["map"] for name in (one.attr("name"), one.attr("id")) if name]),
        markup_issues=element_issues(page, anchors) + card_issues(meta) + document_issues(page, data) + broken_blocks,
        forwards=forwards,
        hidden=any("noindex" in robots.lower() for robots in said.get("robots", ())),
        passes_on=bool(forwards) and passes_fragment_on(page),
        is_template=is_template(links, rows) or (not prose and is_fragment(page)),
        **(project_facts(page, anchors) if prose else {}),
    )
    return record, references


def project_facts(page: ParsedPage, anchors: list[Element]) -> dict[str, Any]:
    """The fields of a record that only pages of a project have."""
    from .id_references import read_id_references
    from .link_names import read_link_names
    from .prose import read_blocks, read_stated

    return {
        "blocks": read_blocks(page),
        "stated": read_stated(page),
        "named_links": read_link_names(page, anchors),
        "id_references": read_id_references(page),
        "alternates": read_alternates(page),
        "words": next((end.attr("data-words") or "" for end in page.document.select("main [data-words]")), ""),
    }


def repeated_ids(ids: list[str]) -> frozenset[str]:
    """The ids of several elements."""
    if len(set(ids)) == len(ids):
        return frozenset()
    return frozenset(id for id, count in Counter(ids).items() if count > 1)


def pointed_ids(page: ParsedPage, repeated: frozenset[str]) -> frozenset[str]:
    """Those of the repeated ids that a label, a description or a control of the same page names."""
    from .id_references import named_ids

    return repeated & named_ids(page)


def read_nested(page: ParsedPage) -> list[Row]:
    """References in srcdoc: a page of its own, whose relative addresses resolve against the page around it."""
    found: list[Row] = []
    for frame in page.by_tag["iframe"]:
        record, references = read_html(frame.attr("srcdoc") or "")
        own = {f"#{id}" for id in ids_of(record.packed_ids)}
        rows = [row for row in references.all() if row[1] not in own]
        found += [page.reference(kind, raw, frame, text) for kind, raw, _, _, text, _ in rows]
    return found


def is_template(links: list[str], rows: list[Row]) -> bool:
    """Whether an address of the page has still to be filled in, as by Jinja, Handlebars, EJS or a script."""
    addresses = "\n".join(links) + "\n".join([row[1] for row in rows])
    return ("{" in addresses or "<" in addresses) and any(mark in addresses for mark in TEMPLATE_MARKS)


def is_fragment(page: ParsedPage) -> bool:
    """Whether the file is a piece of a page, for a script to put into others: no doctype, title or language."""
    if page.by_tag["title"] or any(isinstance(child, Doctype) for child in page.document.children):
        return False
    return not any(root.attr("lang") for root in page.by_tag["html"])


def line_ids(page: ParsedPage) -> tuple[str, ...]:
    """The ids that JSDoc's linenumber.js gives the lines of a listing when the page is opened."""
    if not any("linenumber" in (script.attr("src") or "") for script in page.by_tag["script"]):
        return ()
    listing = page.document.select_one("pre.prettyprint.linenums")
    lines = listing.text.count("\n") + 1 if listing is not None else 0
    return tuple(f"line{number}" for number in range(1, lines + 1))


def is_filled_by_script(page: ParsedPage) -> bool:
    """Whether a script makes all that a reader sees, and with it the ids; the page itself says "Loading …" at most."""
    if page.by_tag["a"] or any(map(page.by_tag.get, HEADINGS)) or not page.by_tag["script"]:
        return False
    words = [one for body in page.by_tag["body"] for one in body.descendants if isinstance(one, Text)]
    # What stands in a <template> that never ends is in no element.
    seen = [one for one in words if isinstance(one.parent, Element) and one.parent.tag not in UNSEEN]
    return sum(len(one.data.strip()) for one in seen) <= FEW


def read_headings(page: ParsedPage) -> Rows:
    """Headings in document order, as `model.page.Heading` rows; those that nobody hears are left out."""
    found = [
        (page.place(one), level, one)
        for tag, level in HEADINGS.items()
        for one in page.by_tag.get(tag, ())
        if page.roles.get(one, "heading") == "heading"
    ]
    found += [(page.place(one), 2, one) for one in page.with_role("heading") if one.tag not in HEADINGS]
    heard = sorted([row for row in found if row[2] not in page.hidden], key=itemgetter(0))
    return tuple([(stated_level(one) or level, one.attr("id") or "", words_of(one), *at) for at, level, one in heard])


def stated_level(heading: Element) -> int:
    """Its aria-level, which outweighs that of its tag; 0 without one (WAI-ARIA 1.2)."""
    stated = heading.attr("aria-level") or ""
    return int(stated) if len(stated) < 3 and stated.isdecimal() else 0
