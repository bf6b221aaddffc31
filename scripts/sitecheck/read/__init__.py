"""Turn the bytes of one built file into plain facts, without looking at any other file."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from .record import Record

if TYPE_CHECKING:
    from .html.references import References

__all__ = ["Record", "kind_of", "read_bytes"]

KINDS = {
    "html": "html", "htm": "html", "xhtml": "html", "css": "css", "svg": "svg", "xml": "xml", "rss": "xml",
    "vcf": "download", "ics": "download", "atom": "xml", "js": "js", "mjs": "js", "webmanifest": "manifest",
}  # fmt: skip
NAMES = {
    "robots.txt": "robots", "_redirects": "redirects", "manifest.json": "manifest", "search_index.json": "search",
    "search.json": "search", "sw.js": "worker", "service-worker.js": "worker", "serviceworker.js": "worker",
    "llms.txt": "llms", "llms-full.txt": "llms", "feed.json": "json-feed",
    "security.txt": "security.txt", "sitemap.txt": "sitemap",
}  # fmt: skip


@functools.lru_cache(100_000)
def kind_of(path: str) -> str:
    """Which reader a file needs; "" for one that cannot hold references."""
    name = path[path.rfind("/") + 1 :].lower()
    if name.endswith(".xml.gz"):
        return "xml"
    return NAMES.get(name, "") or KINDS.get(name[name.rfind(".") + 1 :], "")


def read_bytes(path: str, data: bytes, prose: bool = False, ignored: str = "") -> tuple[Record, References]:
    """Facts of the file at `path`, and its references. Never raises, whatever the bytes are."""
    kind = kind_of(path)
    if kind == "html":
        from .html.page import read_html

        if path.lower().endswith(".xhtml"):
            from .html.xhtml import as_html

            record, references = read_html(as_html(data), prose, ignored)
            issues = tuple(issue for issue in record.markup_issues if issue[0] not in ("no-doctype", "encoding-unsaid"))
            return record._replace(markup_issues=issues), references
        return read_html(data, prose, ignored)
    from .html.references import References

    record = read_other(kind, data)
    return record, References(record.refs)


def read_other(kind: str, data: bytes) -> Record:
    """Facts of a file that is not HTML."""
    if kind == "css":
        from .files.css import read_css

        return read_css(data)
    if kind == "svg":
        from .html.svg import read_svg

        return read_svg(data)
    if kind == "xml":
        from .files.xml import read_xml

        return read_xml(data)
    if kind == "llms":
        from .files.llms import read_llms

        return read_llms(data.decode("utf-8-sig", "replace"))
    if kind == "download":
        from .files.downloads import read_download

        return read_download(data.decode("utf-8-sig", "replace"))
    from .files import plain_text as plain

    return plain.READERS[kind](data.decode("utf-8-sig", "replace"))
