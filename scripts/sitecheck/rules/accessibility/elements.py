"""AX: markup that assistive technology needs, on any site."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...links.site import Site
from ...model.finding import Fault
from ..registry import rule

LANGUAGE = re.compile(r"(?:[A-Za-z]{2,8}|[ix](?=-))(?:-[A-Za-z0-9]{1,8})*", re.I)  # BCP 47


@rule("AX002", advice="every heading is read")
def heading_skipped(site: Site) -> Iterator[Fault]:
    """People who listen to a page move by its headings: a missing level sounds like a missing part."""
    for page in site.pages.values():
        above = None
        for heading in page.headings:
            if above is not None and heading.level > above.level + 1:
                what = f"after a heading of level {above.level} comes one of level {heading.level}"
                message, place = f"{what}; make it level {above.level + 1}", (page.path, heading.line, heading.column)
                yield Fault(message, *place, raw=heading.text, frame=not heading.in_main)
            above = heading


@rule("AX003", advice="nothing is lost but the heading")
def heading_empty(site: Site) -> Iterator[Fault]:
    """People who listen to a page hear "heading" and nothing more."""
    for page in site.pages.values():
        for heading in page.headings:
            if not heading.text:
                message = "give the heading words, or take it away"
                yield Fault(message, page.path, heading.line, heading.column, frame=not heading.in_main)


@rule("AX004", error="not read out")
def alt_missing(site: Site) -> Iterator[Fault]:
    """A reader who cannot see the picture hears its file name, or nothing. Decoration has alt=""."""
    message = 'say in alt what {} shows, or alt="" if it only decorates'
    kinds = ("image-without-alt", "area-without-alt", "input-without-alt")
    return site.issue_faults(message, *kinds, nameless="the picture")


@rule("AX005", advice="the picture is described, if badly")
def alt_copied(site: Site) -> Iterator[Fault]:
    """A reader who cannot see the picture hears a file name, or the words beside it a second time."""
    yield from site.issue_faults("alt repeats the file's name, {}; say what the picture shows", "alt-is-file-name")
    yield from site.issue_faults('alt repeats the words beside it, "{}"; write alt="" instead', "alt-repeats-words")


@rule("AX006", error="not read out")
def link_empty(site: Site) -> Iterator[Fault]:
    """People who listen to a page hear "link" and cannot know where it leads.

    Words that a style sheet draws do not count: they are lost without it, and are not translated (WCAG, failure F87).
    """
    message = "give the link to {} words that can be read out, or an aria-label"
    return site.issue_faults(message, "link-without-words", nameless="this page")


@rule("AX014", advice="the reader is there already")
def permalink_empty(site: Site) -> Iterator[Fault]:
    """People who listen to a page hear "link" at every heading or line of code, and nothing more."""
    message = "give the link to {} an aria-label, or aria-hidden and tabindex=-1"
    return site.issue_faults(message, "permalink-without-words")


@rule("AX007", advice="the cells are read")
def table_header_missing(site: Site) -> Iterator[Fault]:
    """People who listen to a table hear cells without knowing what they are about."""
    message = 'mark the cells that name a row or column as <th>, or the table role="presentation"'
    return site.issue_faults(message, "table-without-header")


@rule("AX008", advice="the words are read, if by another voice")
def language_missing(site: Site) -> Iterator[Fault]:
    """A screen reader pronounces the words by the rules of another language."""
    for page in site.content_pages():
        if not page.lang:
            yield Fault('say the language: <html lang="en">', page.path)
        elif not LANGUAGE.fullmatch(page.lang):
            yield Fault(f'lang="{page.lang}" is not a language code such as "en" or "es-US"', page.path)


@rule("AX009", advice="every heading is read")
def main_heading_missing(site: Site) -> Iterator[Fault]:
    """Without a heading of level 1, a reader must guess what the page is about."""
    for page in site.content_pages():
        if all(heading.level != 1 for heading in page.headings):
            yield Fault("give the page a heading of level 1 that says what it is about", page.path)


@rule("AX010", error="not read out")
def button_unnamed(site: Site) -> Iterator[Fault]:
    """People who listen to a page hear "button" and do not dare to press it."""
    return site.issue_faults("give the button words, or an aria-label", "button-without-words")


@rule("AX011", advice="the frame can be entered")
def frame_untitled(site: Site) -> Iterator[Fault]:
    """People who listen to a page cannot tell whether the frame is worth entering."""
    return site.issue_faults("say in title what the frame {} holds", "frame-without-title")


@rule("AX012", error="unreadable")
def encoding_not_utf8(site: Site) -> Iterator[Fault]:
    """Letters with accents, dashes and quotation marks come out as rubbish on some hosts."""
    message = "this is not UTF-8 but {}; save it as UTF-8 and say so in <meta charset>"
    yield from site.issue_faults(message, "not-utf-8")
    whole = {page.path for page in site.content_pages()}  # what a script loads is UTF-8 by itself
    for page, issue in site.markup_issues("encoding-unsaid"):
        if page.path in whole:
            yield page.fault(issue, 'say that this is UTF-8: <meta charset="utf-8">')


@rule("AX013", advice="the words are all there")
def doctype_missing(site: Site) -> Iterator[Fault]:
    """A browser falls back to the layout rules of 1998, and text may overlap or run off a phone."""
    for page, issue in site.markup_issues("no-doctype"):
        if not page.forwards:  # nobody sees one that does
            yield page.fault(issue, "begin the page with <!doctype html>")
