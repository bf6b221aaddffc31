"""print/index.html: the whole guide as one page for paper, made of the built pages. No search finds this copy."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from turbohtml import Document, Element, Text

from .print_parts import copied, moved, part, words_of
from .site import Site, site_name
from .theme_markup import STYLES

FILE = "print/index.html"
TITLE = "The whole guide, to print"
ABOUT = "All pages of this guide about opioids and pain on one page, to print or to hand out. Get help now comes first."
HELP = ".text-help"
NOT_PRINTED = ".text-about, .text-legal, .text-search"  # they speak of this web site, not of pain
OF_ONE_PAGE = (
    "link[rel=canonical], link[rel=prev], link[rel=next], meta[name=robots], meta[name=description], "
    'meta[property^="og:"], meta[name^="twitter:"], script[type="application/ld+json"]'
)


def write(site: Site) -> None:
    """Make the page, unless no page of the site leads to a next one, or the site is finished and has it."""
    if FILE in site.pages and not site.pages["index.html"].select(STYLES):
        return  # the styles that a new one needs are gone from a finished site
    names = {page: posixpath.dirname(page).replace("/", "-") or "overview" for page in _in_order(site)}
    if len(names) < 2:
        return
    parts = [part(site, page, names, FILE) for page in names]
    whole = _framed(site, next(iter(names)))
    opening = [Element("h1", {"id": "whole-guide"}, [Text(TITLE)]), Element("p", None, [Text(ABOUT)])]
    content = [*opening, *whole.select("[data-tools]"), *_said_once(parts), _contents(parts), *parts]
    words = words_of(whole)
    words.clear()
    words.attrs["class"] = "text whole"
    words.extend(content)
    site.pages = dict(sorted({**site.pages, FILE: whole}.items()))


def _in_order(site: Site) -> list[str]:
    """The pages to print: as "next" leads from page to page, but help first."""
    found: list[str] = []
    page: str | None = "index.html"
    while page in site.pages and page not in found:
        found.append(page)
        following = site.pages[page].select_one("main a[rel=next]")
        page = site.target(page, following.attr("href") or "") if following else None
    words = {page: words_of(site.pages[page]) for page in found}
    printed = [page for page in found if words[page] and not words[page].matches(NOT_PRINTED)]
    return sorted(printed, key=lambda page: not words[page].matches(HELP))


def _framed(site: Site, page: str) -> Document:
    """A copy of `page`, with the head of the new page and a frame whose links hold there."""
    whole = copied(site.pages[page])
    for other in whole.select(f"{OF_ONE_PAGE}, .guide-list"):
        other.decompose()
    head = whole.select_one("head")
    head.select_one("title").set_text(f"{TITLE} - {site_name(site)}")
    head.append(Element("meta", {"name": "description", "content": ABOUT}))
    head.append(Element("meta", {"name": "robots", "content": "noindex"}))
    for element in whole.select('[href]:not([href^="#"]), [src]'):
        name = "href" if "href" in element.attrs else "src"
        address = element.attr(name) or ""
        if site.target(page, address) == FILE:
            element.decompose()  # nobody needs a link to where they are
        else:
            element.attrs[name] = moved(site, page, address, FILE, {})
    return whole


def _said_once(parts: list[Element]) -> Iterator[Element]:
    """What every page says of itself (dates, review) is taken from all parts and said once; what differs stays."""
    ends = [end for one in parts if (end := one.select_one(".end-block"))]
    if len(ends) < len(parts):
        return
    shared = set.intersection(*({line.text for line in end.select("p")} for end in ends))
    yield Element("section", dict(ends[0].attrs), [line for line in ends[0].select("p") if line.text in shared])
    for end in ends:
        end.attrs.pop("aria-label", None)  # said by one section of the page only
        for line in end.select("p"):
            if line.text in shared:
                line.decompose()
        if not end.select("p"):
            end.decompose()


def _contents(parts: list[Element]) -> Element:
    """The list of parts, where the header's link "Guide" looks for it."""
    links = [Element("a", {"href": f"#{one.attr('id')}"}, [Text(one.select_one("h2").text)]) for one in parts]
    heading = Element("h2", {"id": "guide-list"}, [Text("Contents")])
    lines = Element("ol", None, [Element("li", None, [link]) for link in links])
    return Element("nav", {"class": "contents", "aria-labelledby": "guide-list"}, [heading, lines])
