"""SE: the pages that must exist, and the addresses that must go on working."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.finding import Fault
from ...model.nearest import nearest
from ...project.faults import in_data, in_document, in_file, in_front_matter
from ...project.mark import Mark
from ...project.model import Document, Project
from ...project.read_project import MOVED, PAGE_TYPES, PAGE_UNREADABLE
from ..registry import rule


@rule("SE002", error="no way to help", blocks_build=True)
def required_page_missing(project: Project) -> Iterator[Fault]:
    """A reader looks for the help page, or the opening hours, and it is not there."""
    written = {document.name for document in project.documents}
    unreadable = {fault.file for fault in project.reading_faults(PAGE_UNREADABLE)}
    for path in project.plans:
        if path in written or f"docs/{path}" in unreadable:
            continue
        mark = project.data[PAGE_TYPES].key_at("pages", path)
        strays = {asset.removeprefix("docs/") for asset in project.assets if asset.lower().endswith(".md")}
        near = nearest(path, (strays | written) - set(project.plans))
        back = f"rename docs/{near} back" if near else "put it back"
        advice = f"docs/{path} is gone: {back}, or write its name into {MOVED}, with the page for its readers"
        yield in_file(PAGE_TYPES, mark, advice)


@rule("SE007", error="unchecked")
def page_of_another_type(project: Project, document: Document) -> Iterator[Fault]:
    """A help page of another type is not checked for what a help page must have."""
    plan = project.plans.get(document.name)
    if plan and {document.type, plan.type} <= set(project.types) and document.type != plan.type:
        advice = "docs/_data/page-types.yml has another type for this page: write that one, or change it there"
        yield in_front_matter(document, "type", advice, plan.type)


@rule("SE010", advice="the page is there")
def page_not_planned(project: Project, document: Document) -> Iterator[Fault]:
    """Once it is printed or saved, its address must go on working: the list of pages is what remembers it."""
    if project.plans and document.name not in {*project.plans, *project.moved}:
        kind = document.type or "…"
        advice = f"add this page to docs/_data/page-types.yml, below pages, as {document.name}: {{type: {kind}}}"
        yield in_document(document, Mark(), advice)


@rule("SE011", error="dead end", blocks_build=True)
def moved_page_wrong(project: Project) -> Iterator[Fault]:
    """Somebody with the old address, on a printed sheet, does not get to the new page."""
    written = {document.name for document in project.documents}
    for old, new in project.moved.items():
        if not old.endswith(".md"):
            continue  # SE021 reports what becomes of sections and downloads
        if old in written:
            mark = project.data[MOVED].key_at("moved", old)
            yield in_file(MOVED, mark, f"docs/{old} is still there: take it away, or take this line away")
        if new not in written:
            yield in_data(project, MOVED, ("moved", old), f"there is no page docs/{new}", nearest(new, written))


@rule("SE013", error="dead end", blocks_build=True)
def page_forgotten(project: Project) -> Iterator[Fault]:
    """Somebody has its address on paper or saved, and is told that there is no such page."""
    plans, moved = project.plans, project.moved
    pages = {name for name in project.published if name.endswith(".md")}
    for name in sorted(pages - {*plans, *moved}) if plans else ():
        advice = f"readers know docs/{name}: write below moved its name, a colon and the page for them"
        yield in_file(MOVED, project.data[MOVED].key_at("moved"), advice)
