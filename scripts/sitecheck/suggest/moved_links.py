"""Links to an old address, which only forwards, and the address of the page that a reader ends on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ..links.broken_link import BrokenLink
from ..links.file_names import Suggestion
from ..links.resolver import Link, Resolver
from .broken_links import address, plain, plain_ids

if TYPE_CHECKING:
    from ..links.site import Site

LINKS = ("a", "area")  # kinds of reference


def links_to_old_addresses(site: Site) -> Iterator[tuple[BrokenLink, Suggestion]]:
    """Each link of a page to an old address, with what to write instead; its `path` is the page at the end.

    A start page that forwards does so on purpose, and so does a rule like `/latest/*`: links to them are not yielded.
    """
    stubs = {page.path for page in site.pages.values() if page.forwards} - {site.resolver.table.get("")}
    resolver = site.resolver
    if not stubs and not resolver.redirects:
        return
    unredirected = Resolver(site.listing, resolver.base, resolver.index, resolver.clean, None, resolver.rewrite)
    refs = site.others["_redirects"].refs if resolver.redirects else ()
    exact_rules = {rule.text.rstrip("/") for rule in refs if rule.kind == "redirect" and "*" not in rule.text}
    for page in site.content_pages():
        for ref in page.refs:
            link = resolver.link(ref.raw, page.path, page.base) if ref.kind in LINKS else None
            if link is None or link.verdict != "file":
                continue
            direct = unredirected.link(ref.raw, page.path, page.base)
            by_rule = direct.verdict != "file" and "/" + direct.path.rstrip("/") in exact_rules
            if not by_rule and link.path not in stubs:
                continue
            if not by_rule and direct.fragment and not site.pages[link.path].passes_on:
                continue  # the fragment is lost, which LI002 reports
            if last := final_page(site, link, stubs):
                broken = BrokenLink(page.path, ref, "moved", last.path, last.fragment or direct.fragment)
                yield broken, new_address(site, broken)


def final_page(site: Site, link: Link, stubs: set[str]) -> Link | None:
    """The link to the page at the end of all redirects; None if that is not a page of the site."""
    seen = set()
    while link.path in stubs and link.path not in seen:
        seen.add(link.path)
        stub = site.pages[link.path]
        link = site.resolver.link(stub.forwards, stub.path, stub.base)
    return link if link.verdict == "file" and link.path in site.pages and link.path not in seen else None


def new_address(site: Site, broken: BrokenLink) -> Suggestion:
    """The address to write; not the only one if the old has a query (?), or a fragment that the new page lacks."""
    raw, fragment = broken.ref.raw.strip(), broken.fragment
    new = site.pages[broken.path]
    fragment_exists = bool(fragment) and fragment in plain_ids(site, new).get(plain(fragment), ())
    new_raw = address(site, broken.path, broken.page, raw)
    if fragment and fragment_exists:
        new_raw += f"#{fragment}"
    return Suggestion(new_raw, (not fragment or fragment_exists) and not urlsplit(raw).query)
