"""NV: how a page is found: its title, the way to it, sitemap, feeds and search."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ...links.site import Site
from ...model.finding import Fault
from ...model.page import Page
from ...model.paths import NOT_FOUND
from ...model.reference_kinds import PUBLISHED
from ...suggest.broken_links import suggest_file
from ..registry import rule

OWN_ADDRESS = ("canonical", "og:url")  # what a page says of itself


@rule("NV001", advice="the page itself works")
def title_missing(site: Site) -> Iterator[Fault]:
    """Tabs, bookmarks and search results show a file name instead of what the page is about."""
    for page in site.content_pages():
        if not page.title:
            yield Fault("give the page a <title> that says what it is about", page.path, single=True)


@rule("NV002", advice="the page itself works")
def title_copied(site: Site) -> Iterator[Fault]:
    """In search results, two pages look like one."""
    for page, first in copies(site, lambda page: page.title):
        message = f'{first.path} has the title "{page.title}" already; say what is different here'
        yield Fault(message, page.path, raw=page.title, single=True)


@rule("NV003", advice="the page itself works")
def description_missing(site: Site) -> Iterator[Fault]:
    """A search result shows the first words of the menu instead of what the page can do for the reader."""
    for page in site.content_pages():
        if not page.description and page.path != NOT_FOUND:
            yield Fault('describe the page in a sentence or two: <meta name="description">', page.path, single=True)


@rule("NV004", advice="the page itself works")
def description_copied(site: Site) -> Iterator[Fault]:
    """In a list of search results nobody can tell which of the two pages would help."""
    for page, first in copies(site, lambda page: page.description):
        message = f"{first.path} has this description already; say what is different here"
        yield Fault(message, page.path, raw=page.description, target=first.path, single=True)


def copies(site: Site, words: Callable[[Page], str]) -> Iterator[tuple[Page, Page]]:
    """(page, the first page with the same words)."""
    first: dict[str, Page] = {}
    for page in site.content_pages():
        if (text := words(page)) and page.path != NOT_FOUND:
            if text in first:
                yield page, first[text]
            first.setdefault(text, page)


@rule("NV005", advice="the page itself works")
def page_orphaned(site: Site) -> Iterator[Fault]:
    """No reader finds the page: no chain of links leads to it from the start page."""
    way = "no link leads here from the start page" if site.start else "no other page links here"
    for path in site.orphans:
        yield Fault(f"{way}; link to it, or take it away", page=path, single=True)


@rule("NV006", error="dead end")
def published_address_missing(site: Site) -> Iterator[Fault]:
    """A search engine, feed reader or the site's own search sends people to a page that does not exist."""
    for broken in site.links.of("missing", "case", "empty"):
        kind = broken.ref.kind
        what = broken.ref.text if kind == "meta" else kind
        if broken.page == NOT_FOUND and what in OWN_ADDRESS:
            continue  # it is shown at any address, and a search engine keeps none of them
        if kind in PUBLISHED:
            message = f"{broken.raw or 'an empty address'}, published as {what}, is not in the site"
            yield broken.fault(message, suggest_file(site, broken))


@rule("NV007", advice="the page itself works")
def page_not_in_sitemap(site: Site) -> Iterator[Fault]:
    """Search engines learn of the page late or never."""
    listed = {target for path in sitemaps(site) for target in site.links.targets(path)}
    for page in site.content_pages() if not listed.isdisjoint(site.pages) else ():
        if page.path not in listed and page.path != NOT_FOUND and not page.hidden:
            yield Fault("the sitemap leaves this page out; list it, or mark the page noindex", page.path, single=True)


@rule("NV016", advice="readers of the site itself are not hindered")
def page_unfit_for_sitemap(site: Site) -> Iterator[Fault]:
    """A search engine is sent to a page that it must leave out or that only forwards, and trusts the sitemap less."""
    unwanted = {page.path: "asks search engines to leave it out" for page in site.pages.values() if page.hidden}
    unwanted |= {page.path: "only forwards" for page in site.pages.values() if page.forwards}
    for path, sitemap in sitemaps(site).items() if unwanted else ():
        for ref in sitemap.refs:
            link = site.resolve(ref.raw, path)
            if link.verdict == "file" and (why := unwanted.get(link.path)):
                message = f"{link.path} {why}; take it out of the sitemap"
                yield Fault(message, path, ref.line, ref.column, target=link.path, raw=ref.raw)


def sitemaps(site: Site) -> dict[str, Page]:
    """The sitemaps by path, without those that list sitemaps."""
    return {path: page for path, page in site.others.items() if page.title == "urlset"}


@rule("NV015", advice="readers of the site itself are not hindered")
def published_address_without_host(site: Site) -> Iterator[Fault]:
    """A search engine, feed reader or social network does not know which site the address is on, and drops it."""
    for page, issue in site.markup_issues("address-without-host"):
        where, _, raw = issue.detail.partition(" ")
        yield page.fault(issue, f"{where} wants the full address, with https: and the host, not {raw}")


@rule("NV008", error="nothing is found")
def data_malformed(site: Site) -> Iterator[Fault]:
    """The program that reads this file throws all of it away, not only the part that is wrong."""
    linked_data = ("json-ld-malformed",) if site.project is None else ()  # LD001 names the template
    return site.issue_faults("{}; correct it here", "xml-malformed", "json-malformed", *linked_data)
