"""print/index.html: the whole guide as one page for paper, made of the built pages and hidden from search engines."""

from __future__ import annotations

import copy
import posixpath
from collections.abc import Iterator

from turbohtml import Document, Element, Text

from .built_site import CHECKED, TEXT_BOX, Site, element, markdown_file, site_name, text_box
from .print_parts import make_part, rewritten_link
from .print_sources import gather
from .reviews import WORDS
from .theme_markup import STYLES

FILE = "print/index.html"
TITLE = "The whole guide, to print"
ABOUT = "All pages of this guide about opioids and pain on one page, to print or to hand out. Get help now comes first."
HELP = ".text-help"
NOT_PRINTED = ".text-about, .text-legal, .text-search"  # about this website, not about pain
OF_ONE_PAGE = (
    "link[rel=canonical], link[rel=prev], link[rel=next], meta[name=robots], meta[name=description], "
    'meta[property^="og:"], meta[name^="twitter:"], script[type="application/ld+json"]'
)


def write(site: Site) -> None:
    """Make the page. Does nothing when no page links to a next one, or when the site is already finished."""
    if FILE in site.pages and not site.pages["index.html"].select(STYLES):
        return  # a finished site no longer has the stylesheets that a new copy needs
    if source := markdown_file(FILE):
        site.errors.append(f"docs/{source}:1:1 the page to print takes the place of this one: give it another name")
    names = {page: posixpath.dirname(page).replace("/", "-") or "overview" for page in _in_order(site)}
    if len(names) < 2:
        return
    parts = [make_part(site, page, names, FILE) for page in names]
    document = _framed(site, next(iter(names)))
    opening = [Element("h1", {"id": "whole-guide"}, [Text(TITLE)]), Element("p", None, [Text(ABOUT)])]
    sources = gather(parts)
    content = [*opening, *document.select("[data-tools]"), *_shared_lines(parts), _contents(parts), *parts, *sources]
    text = element(document, TEXT_BOX)
    text.clear()
    text.attrs["class"] = "text whole"
    text.extend(content)
    site.pages = dict(sorted({**site.pages, FILE: document}.items()))


def _in_order(site: Site) -> list[str]:
    """Return the pages to print in the order of their "next" links, but help first."""
    ordered: list[str] = []
    page: str | None = "index.html"
    while page in site.pages and page not in ordered:
        ordered.append(page)
        following = site.pages[page].select_one("main a[rel=next]")
        page = site.target(page, following.attr("href") or "") if following else None
    texts = {page: text for page in ordered if (text := text_box(site.pages[page])) and not text.matches(NOT_PRINTED)}
    return sorted(texts, key=lambda page: not texts[page].matches(HELP))


def _framed(site: Site, page: str) -> Document:
    """Return a copy of `page` with a head for the print page and with the frame's links rewritten."""
    document = copy.deepcopy(site.pages[page])
    for other in document.select(f"{OF_ONE_PAGE}, .rail"):
        other.decompose()
    head = element(document, "head")
    element(head, "title").set_text(f"{TITLE} - {site_name(site)}")
    head.append(Element("meta", {"name": "description", "content": ABOUT}))
    head.append(Element("meta", {"name": "robots", "content": "noindex"}))
    for link in document.select('[href]:not([href^="#"]), [src]'):
        name = "href" if "href" in link.attrs else "src"
        address = link.attr(name) or ""
        if site.target(page, address) == FILE:
            link.decompose()  # it would lead to this page itself
        else:
            link.attrs[name] = rewritten_link(site, page, address, FILE, {})
    return document


def _shared_lines(parts: list[Element]) -> Iterator[Element]:
    """Move the lines that end every part (dates, review) into one section, and yield it. Lines that differ stay."""
    ends = [end for part in parts if (end := part.select_one(".end-block"))]
    if len(ends) < len(parts):
        return
    for end in ends:  # they are of one page
        end.attrs.pop(WORDS, None)
        end.attrs.pop(CHECKED, None)
    shared = set.intersection(*({line.text for line in end.select("p")} for end in ends))
    yield Element("section", dict(ends[0].attrs), [line for line in ends[0].select("p") if line.text in shared])
    for end in ends:
        end.attrs.pop("aria-label", None)  # only one section of the page may have it
        for line in end.select("p"):
            if line.text in shared:
                line.decompose()
        if not end.select("p"):
            end.decompose()


def _contents(parts: list[Element]) -> Element:
    """Return the list of parts, with the id that the header's link "Guide" leads to."""
    links = [Element("a", {"href": f"#{part.attr('id')}"}, [Text(element(part, "h2").text)]) for part in parts]
    heading = Element("h2", {"id": "guide-list"}, [Text("Contents")])
    lines = Element("ol", None, [Element("li", None, [link]) for link in links])
    return Element("nav", {"class": "contents", "aria-labelledby": "guide-list"}, [heading, lines])
