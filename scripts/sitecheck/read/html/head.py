"""Metadata of a page: description, social cards, forwarding, structured data."""

from __future__ import annotations

from ..record import Row, Rows
from .parsed_page import ParsedPage
from .reference_attributes import meta_reference, refresh_target

READ_TYPES = ("application/ld+json", "importmap", "speculationrules", "module")  # of <script>


def read_meta(page: ParsedPage) -> list[Row]:
    """Addresses in <meta>: what social networks show, and where a refresh goes."""
    found: list[Row] = []
    for meta in page.by_tag["meta"]:
        content = meta.attr("content") or ""
        name = (meta.attr("property") or meta.attr("name") or "").lower()
        if meta_reference(name, content):
            found.append(page.reference("meta", content, meta, name))
        elif not name and "image" in (meta.attr("itemprop") or "").split():
            found.append(page.reference("meta", content, meta, "image"))
        if (meta.attr("http-equiv") or "").lower() == "refresh" and (raw := refresh_target(content)) is not None:
            kind = "refresh" if meta.closest("noscript") is None else "a"  # most readers stay on the page
            found.append(page.reference(kind, raw, meta))
    return found


def read_scripts(page: ParsedPage) -> tuple[Row, list[Row], Rows]:
    """(text, line, column) of each JSON-LD block; references in all blocks of data; markup issues of broken ones."""
    json_ld, found, broken = [], [], []
    for script in page.by_tag["script"]:
        kind = (script.attr("type") or "").strip().lower()
        if kind not in READ_TYPES or not (text := script.text).strip():
            continue
        from ..files.data_blocks import JSON_LD, addresses  # few pages need it

        line, column, in_main = page.place(script)
        if kind == JSON_LD:
            json_ld.append((text, line, column))
        in_main = in_main and kind != JSON_LD
        try:
            found += [(what, raw, line, column, "", in_main) for what, raw in addresses(kind, text)]
        except ValueError as error:
            issue = "json-ld-malformed" if kind == JSON_LD else "json-malformed"
            broken.append((issue, str(error), line, column, in_main))
    return tuple(json_ld), found, tuple(broken)


def read_alternates(page: ParsedPage) -> Rows:
    """The links with a hreflang, as `model.page.Alternate` tuples."""
    links = page.having("[hreflang][href]")
    return tuple([(one.tag, one.attr("hreflang"), one.attr("lang") or "", one.attr("href")) for one in links])


def passes_fragment_on(page: ParsedPage) -> bool:
    """Whether a forwarding page has a script that carries the fragment along."""
    return any("location.hash" in script.text for script in page.by_tag["script"])


def contents(page: ParsedPage) -> dict[str, list[str]]:
    """What the <meta> of each name say."""
    said: dict[str, list[str]] = {}
    for meta in page.by_tag["meta"]:
        if name := meta.attr("name"):
            said.setdefault(name.lower(), []).append(meta.attr("content") or "")
    return said
