"""Read every file of the site that can refer to another, once."""

from __future__ import annotations

from .facts import Flaw, Heading, Block, Page, Refs, Stated
from .listing import Listing
from .options import Options


def collect(listing: Listing, options: Options, prose: bool) -> tuple[dict[str, Page], dict[str, Page]]:
    """(pages, other documents) by path, in order."""
    from .read.html import read_html

    pages = {}
    for path in listing.pages:
        pages[path] = page_of(path, read_html((listing.folder / path).read_bytes(), prose))
    return pages, {}


def page_of(path: str, record: tuple) -> Page:
    """A Page from what a reader kept."""
    title, description, lang, refs, ids, names, headings, json_ld, blocks, stated, base, maps, flaws = record
    return Page(
        path, title, description, lang, Refs(refs), ids, names, tuple(map(Heading._make, headings)), json_ld,
        tuple(map(Block._make, blocks)), tuple(map(Stated._make, stated)), base, maps, tuple(map(Flaw._make, flaws)),
    )  # fmt: skip
