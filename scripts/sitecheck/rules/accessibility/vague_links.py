"""AX: links whose words do not say where they lead."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterable, Iterator

from ...links.site import Site
from ...model.finding import Fault
from ...model.page import NamedLink, Page
from ...project.faults import in_document
from ...project.model import Document
from ...project.pages.markdown import body, mark_of
from ..links import shortened
from ..registry import rule

# Words that say nothing without the sentence around them: calls to act, and words that fit any page.
SAYS_NOTHING = re.compile(
    r"""(?:(?:click|tap|press|go|look|see|read|view|visit|open|check|follow|find|out|learn|get|show|discover|continue
    |download|start|here|there|below|above|this|that|these|it|its|our|their|the|a|on|to|at|in|of|and|or|also|for
    |please|just|right|full|following|more|further|links?|pages?|site|website|web|webpage|article|document|file|pdf|url
    |source|post|section|info|information|details?|button|resource|reading)(?:[ ]|$))*""",
    re.X,
)
ADDRESS = re.compile(r"(?:https?://|www\.)\S+|[\w-]+(?:\.[\w-]+)+/\S+", re.I)
LINK = re.compile(r"\[(?P<words>[^][]*)\](?=[(\[])")


@rule("AX034", advice="the link works")
def link_says_nothing(site: Site, document: Document, page: Page) -> Iterator[Fault]:
    """People who listen go from link to link and hear "here", "here", "more"; people who skim see no more than that."""
    for link, number in numbered(page.named_links):
        name = plain(link.name)
        if ADDRESS.fullmatch(link.name):
            what = f"an address is read out letter by letter: instead of {shortened(link.name)} write what is there"
        elif name and SAYS_NOTHING.fullmatch(name):
            what = f'"{link.name}" does not say where this link leads: make its words the name of what is there'
        else:
            continue
        example = name_of_target(site, page, link)
        if not link.described and name != plain(example):
            yield fault(document, page, link, number, f"{what}, [{example}](…)" if example else what)


@rule("AX035", advice="the link works")
def links_alike(site: Site, document: Document, page: Page) -> Iterator[Fault]:
    """Two links sound the same and lead to two places: a reader who picks one from a list takes the wrong one."""
    first: dict[tuple[str, str], NamedLink] = {}
    for link, number in numbered(page.named_links):
        name = plain(link.name)
        before = first.setdefault((name, plain(link.described)), link)
        if link.raw == before.raw or SAYS_NOTHING.fullmatch(name):
            continue
        here, there = leads_to(site, page, link), leads_to(site, page, before)
        if here and there and here != there:
            message = f'"{link.name}" leads to {shortened(before.raw)} above and to {shortened(link.raw)} here'
            yield fault(document, page, link, number, f"{message}: say in the words of each which it is")


@functools.lru_cache(maxsize=4096)  # many pages have the same links
def plain(words: str) -> str:
    """Words without case, arrows, quotes and full stops, to compare them as they sound."""
    return " ".join(re.sub(r"[^\w\s/:@+-]|_", " ", words.lower()).split())


def leads_to(site: Site, page: Page, link: NamedLink) -> str:
    """The page that a link leads to, without its section, or the number it calls; "" for nowhere."""
    leads = site.resolve(link.raw, page.path)
    if leads.verdict in ("external", "file"):
        return leads.path.partition("#")[0].rstrip("/")
    return link.raw.strip() if leads.verdict.startswith("scheme:") else ""


def name_of_target(site: Site, page: Page, link: NamedLink) -> str:
    """The heading of the page or section that a link leads to, "" when it is not of this site."""
    leads = site.resolve(link.raw, page.path)
    there = site.pages.get(leads.path) if leads.verdict == "file" else None
    headings = there.headings if there else ()
    named = (one.text for one in headings if (one.id == leads.fragment if leads.fragment else one.level == 1))
    return next(named, "")


def fault(document: Document, page: Page, link: NamedLink, number: int, message: str) -> Fault:
    """A fault at the link in the Markdown: of links with the same words, at the one with the same number."""
    offsets = written_links(body(document)).get(typed(link.name), ())
    if number < len(offsets):
        return in_document(document, mark_of(document.text, offsets[number]), message)
    return Fault(message, page.path, link.line, link.column, raw=link.raw)


def numbered(links: Iterable[NamedLink]) -> Iterator[tuple[NamedLink, int]]:
    """Each link with the number of those before it that have the same words."""
    count: Counter[str] = Counter()
    for link in links:
        yield link, count[link.name]
        count[link.name] += 1


@functools.lru_cache(maxsize=64)  # a page may have many faults
def written_links(text: str) -> dict[str, list[int]]:
    """Where the links of a Markdown text begin, by their words."""
    found: dict[str, list[int]] = {}
    for match in LINK.finditer(text):
        found.setdefault(typed(match["words"]), []).append(match.start())
    return found


def typed(words: str) -> str:
    """The words of a link without emphasis, with single spaces."""
    return " ".join(words.split()).strip("*_`")
