"""NV: the two lists of pages in mkdocs.yml, nav and extra.guide."""

import itertools
import posixpath
from collections.abc import Iterator
from typing import NamedTuple

from ...model.finding import Fault
from ...project.faults import in_file
from ...project.mark import Mark
from ...project.model import Document, Project
from ...project.read_project import SETTINGS
from ..entries import repeated
from ..registry import rule


class Entry(NamedTuple):
    """An entry of one of the lists: its page below docs/, and its place in mkdocs.yml."""

    page: str  # "get-help-now.md"
    mark: Mark


@rule("NV010", error="page not met", blocks_build=True)
def page_listed_twice(project: Project) -> Iterator[Fault]:
    """A reader who goes from page to page meets one again, and thinks that the guide starts over."""
    for name, entries in (("nav", in_nav(project)), ("extra.guide", in_guide(project))):
        for place, page in repeated(entry.page for entry in entries):
            advice = f"{page} stands twice under {name}: keep one of the lines"
            yield in_file(SETTINGS, entries[place].mark, advice)


@rule("NV011", error="page not met")
def page_not_in_guide(project: Project) -> Iterator[Fault]:
    """The guide's list is on every page: a reader who follows it never learns of the page that it leaves out."""
    listed = {page for page, _ in in_guide(project)}
    for document in project.documents if listed else ():
        if project.type_of(document).cites and document.name not in listed:
            url, title = address(document) or '""', document.meta.get("title", "…")
            line = f'{{url: {url}, title: "{title}", about: "…"}}'
            advice = f"add {document.name} to this list, as every {document.type} page: {line}"
            yield in_file(SETTINGS, project.sound(SETTINGS).key_at("extra", "guide"), advice)


@rule("NV012", error="page not met")
def guide_out_of_order(project: Project) -> Iterator[Fault]:
    """The guide's list and the links to the next page disagree, and a reader misses a page."""
    order = {page: place for place, (page, _) in enumerate(in_nav(project))}
    known = [entry for entry in in_guide(project) if entry.page in order]
    pairs = itertools.pairwise(known)
    if pair := next((pair for pair in pairs if order[pair[1].page] < order[pair[0].page]), None):
        before, after = pair
        advice = f"nav lists {after.page} before {before.page}, this list after it: give both the same order"
        yield in_file(SETTINGS, after.mark, advice)


def in_nav(project: Project) -> list[Entry]:
    """The pages under nav and its sections, in order."""
    settings = project.sound(SETTINGS)
    found = [(settings.value(*way), mark) for way, mark in settings.values.items() if way[:1] == ("nav",)]
    return [Entry(posixpath.normpath(page), mark) for page, mark in found if str(page).endswith(".md")]


def in_guide(project: Project) -> list[Entry]:
    """The existing pages under extra.guide, in order; LI001 reports the others."""
    settings = project.sound(SETTINGS)
    pages = {address(document): document.name for document in project.documents}
    return [
        Entry(page, settings.at("extra", "guide", place, "url"))
        for place, entry in enumerate(settings.value("extra", "guide") or ())
        if (page := pages.get(entry["url"]))
    ]


def address(document: Document) -> str:
    """A page's address below the start page: "get-help-now/"."""
    return document.page.removesuffix("index.html")
