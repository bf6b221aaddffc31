"""Links to an address that only forwards, and the page of the site that a reader ends on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ..links.broken_link import BrokenLink
from ..links.file_names import Suggestion
from ..links.resolver import Link, Resolver
from .nearest import address

if TYPE_CHECKING:
    from ..links.site import Site

FOLLOWED = ("a", "area")


def moved(site: Site) -> Iterator[tuple[BrokenLink, Suggestion]]:
    """Each link of a page to an old address, with what to write instead; its broken's path is the page at the end.

    A start page that forwards is meant to, and so is a `/latest/*`: links to them are left alone.
    """
    stubs = {page.path for page in site.pages.values() if page.forwards} - {site.resolver.table.get("")}
    old = site.resolver
    if not stubs and not old.redirects:
        return
    without = Resolver(site.listing, old.base, old.index, old.clean, None, old.rewrite)
    rules = site.others["_redirects"].refs if old.redirects else ()
    in_full = {rule.text.rstrip("/") for rule in rules if rule.kind == "redirect" and "*" not in rule.text}
    for page in site.content_pages():
        for ref in page.refs:
            link = old.link(ref.raw, page.path, page.base) if ref.kind in FOLLOWED else None
            if link is None or link.verdict != "file":
                continue
            direct = without.link(ref.raw, page.path, page.base)
            by_rule = direct.verdict != "file" and "/" + direct.path.rstrip("/") in in_full
            if not by_rule and link.path not in stubs:
                continue
            if not by_rule and direct.fragment and not site.pages[link.path].passes_on:  # it is lost: LI002 tells
                continue
            if last := end(site, link, stubs):
                broken = BrokenLink(page.path, ref, "moved", last.path, last.fragment or direct.fragment)
                yield broken, meant(site, broken)


def end(site: Site, link: Link, stubs: set[str]) -> Link | None:
    """Where the forwarding ends; None when that is no page of the site."""
    seen = set()
    while link.path in stubs and link.path not in seen:
        seen.add(link.path)
        stub = site.pages[link.path]
        link = site.resolver.link(stub.forwards, stub.path, stub.base)
    return link if link.verdict == "file" and link.path in site.pages and link.path not in seen else None


def meant(site: Site, broken: BrokenLink) -> Suggestion:
    """The address at the end; sure unless the link asked something (?) or the page lacks the part it named."""
    raw, fragment = broken.ref.raw.strip(), broken.fragment
    new = site.pages[broken.path]
    whole = not fragment or fragment in new.names or any(one[0] == fragment for one in new.ids)
    written = address(site, broken.path, broken.page, raw)
    return Suggestion(written + (f"#{fragment}" if fragment and whole else ""), whole and not urlsplit(raw).query)
