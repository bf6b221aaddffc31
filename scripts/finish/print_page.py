"""print/index.html: the whole guide as one page for paper, made of the built pages and hidden from search engines."""

from __future__ import annotations

import copy
import posixpath
from collections.abc import Iterator
from html import escape

from turbohtml import Document, Element

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
    'meta[property^="og:"], meta[name^="twitter:"], script[type="application/ld+json"], .rail'
)
OF_ONE_END = (WORDS, CHECKED)  # attributes of the block that ends a page
HEAD = f'<meta name="description" content="{ABOUT}"><meta name="robots" content="noindex">'
# The list of parts has the id that the header's link "Guide" leads to.
OPENING = (
    '<h1 id="whole-guide">{title}</h1><p>{about}</p><nav class="contents" aria-labelledby="guide-list">'
    '<h2 id="guide-list">Contents</h2><ol>{links}</ol></nav>'
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
    titles = [(part.attr("id"), escape(element(part, "h2").text)) for part in parts]
    links = "".join(f'<li><a href="#{id}">{title}</a></li>' for id, title in titles)
    tools = document.select("[data-tools]")
    text = element(document, TEXT_BOX)
    text.set_inner_html(OPENING.format(title=TITLE, about=ABOUT, links=links))
    text.attrs["class"] = "text whole"
    element(text, "nav").insert_before(*tools, *_shared_lines(parts))
    text.extend([*parts, *gather(parts)])
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
    document = copy.deepcopy(site.pages[page]).remove(OF_ONE_PAGE)
    element(document, "title").set_text(f"{TITLE} - {site_name(site)}")
    element(document, "head").insert_adjacent_html("beforeend", HEAD)
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
    shared = set.intersection(*({line.text for line in end.select("p")} for end in ends))
    of_all = {name: value for name, value in ends[0].attrs.items() if name not in OF_ONE_END}
    yield Element("section", of_all, [line for line in ends[0].select("p") if line.text in shared])
    for end in ends:
        for name in (*OF_ONE_END, "aria-label"):  # only one section of the page may have the label
            end.attrs.pop(name, None)
        for line in end.select("p"):
            if line.text in shared:
                line.decompose()
        if not end.select("p"):
            end.decompose()
