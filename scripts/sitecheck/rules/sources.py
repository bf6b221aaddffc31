"""SR: the sources of the guide's claims, and where pages cite them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from ..links.site import Site
from ..model.finding import Fault
from ..model.nearest import unknown
from ..project.faults import in_data, in_document
from ..project.mark import Mark
from ..project.model import Document, Project
from ..project.pages.expressions import citations, expressions
from ..project.pages.markdown import in_pages
from ..project.read_project import SOURCES, TERMS
from .entries import repeated, unknown_values
from .registry import rule

TYPED_LIST = re.compile(
    r"^(?:#{1,6}[ \t]+|\*\*)?(?:sources|references|bibliography|works cited|citations)\b[ \t]*:?(?:\*\*)?:?[ \t]*"
    r"(?:\{[^}\n]*\})?[ \t]*$",
    re.I | re.M,
)
CITING = {"cite", "never_stop", "ladder", "when_to_get_help", "overdose_steps"}  # macros
NO_SOURCE, ADD_IT = f'no source in {SOURCES} has the id "{{}}"', ": add it there, or cite another"
NAMING = {"source", "sources", "note_sources"}  # keys of data files


@rule("SR001", error="false promise", blocks_build=True, reads=(SOURCES,))
def sources_data_wrong() -> None:
    """A source without a title or a date cannot be found again by the reader who wants to look."""


@rule("SR002", error="false promise", blocks_build=True)
def citation_unknown(project: Project) -> Iterator[Fault]:
    """A number that leads to no source asks for trust without giving a reason."""
    for document in project.documents if project.sources else ():
        for id, mark in citations(document):
            if id not in project.sources:
                yield in_document(document, mark, *unknown_source(project, id))
    dangers = project.data[TERMS].data["dangerous"] if project.dangers and project.sources else ()
    for place, id in enumerate(danger["source"] for danger in dangers):  # `unknown_values` would read all their words
        if id not in project.sources:
            yield in_data(project, TERMS, ("dangerous", place, "source"), *unknown_source(project, id))


@rule("SR003", advice="every claim has its source")
def source_unused(site: Site, project: Project) -> Iterator[Fault]:
    """A source that no claim cites makes the guide look better founded than it is."""
    used = {id for document in project.documents for id, _ in citations(document)} | cited_by_macros(site)
    for id, source in project.sources.items():
        if id not in used:
            advice = f'no page cites "{id}": cite it where a claim rests on it, or take it out'
            yield in_data(project, SOURCES, ("sources", source.place, "id"), advice)


@rule("SR004", error="false promise")
def page_without_citation(project: Project, document: Document) -> Iterator[Fault]:
    """A reader who must decide about a medicine should see where each claim comes from."""
    if project.type_of(document).cites and not any(citations(document)):
        advice = 'this page makes claims: give each its source with {{ cite("id") }}'
        yield in_document(document, Mark(document.body_line), advice)


@rule("SR005", error="false promise", blocks_build=True)
def source_list_missing(document: Document) -> Iterator[Fault]:
    """The small numbers in the text lead nowhere when the list at the page's end is missing."""
    names = {pair.name for pair in expressions(document) if "cited=False" not in pair.inside}
    if not names.isdisjoint(CITING) and "sources" not in names:
        end = Mark(document.text.rstrip().count("\n") + 1)
        yield in_document(document, end, "this page cites sources: end it with {{ sources() }}, which lists them")


@rule("SR006", error="false promise", blocks_build=True)
def source_id_twice(project: Project) -> Iterator[Fault]:
    """Two sources under one id: the reader is sent to the wrong one."""
    entries = project.data[SOURCES].data["sources"] if project.sources else ()
    for place, id in repeated(entry["id"] for entry in entries):
        yield in_data(project, SOURCES, ("sources", place, "id"), f'"{id}" is taken: give this source another id')


@rule("SR007", error="false promise", blocks_build=True)
def source_list_early(document: Document) -> Iterator[Fault]:
    """A source cited below the list is not in it, and the reader does not find its number."""
    below = itertools.dropwhile(lambda pair: pair.name != "sources", expressions(document))
    if cited := next((pair for pair in below if pair.name in CITING), None):
        yield in_document(document, cited.mark, "move {{ sources() }} below this, to the page's end")


@rule("SR008", error="false promise", blocks_build=True)
def sources_typed_by_hand(project: Project) -> Iterator[Fault]:
    """A list that nobody checks names a paper that no sentence rests on, or has an old address."""
    how = 'add them to docs/_data/sources.yml, write {{ cite("its-id") }} where a claim rests on one'
    advice = f"sources are not typed here: {how}, and {{{{ sources() }}}} lists them"
    for document, _, mark in in_pages(project, TYPED_LIST):
        if project.type_of(document).cites:
            yield in_document(document, mark, advice)


def cited_by_macros(site: Site) -> set[str]:
    """The sources that the macros cite: built pages list them with the ids source-…"""
    ids = {name for page in site.pages.values() for name in page.ids}
    return {name.removeprefix("source-") for name in ids if name.startswith("source-")}


def sources_unknown(project: Project, path: str) -> Iterator[Fault]:
    """Sources that a data file names and sources.yml does not describe."""
    if project.sources:
        yield from unknown_values(project.data[path], path, NAMING, project.sources, NO_SOURCE, ADD_IT)


def unknown_source(project: Project, id: str) -> tuple[str, str]:
    """What to say of an id that no source has, and the id that it may be a slip of."""
    return unknown(NO_SOURCE.format(id), id, project.sources, ADD_IT)
