"""SE: the pages that must exist, and those that readers know by an address that is to go on working."""

from __future__ import annotations

from collections.abc import Iterator

from ..finding import Fault
from ..project.faults import in_document, in_file, in_front_matter
from ..project.marked_yaml import Mark
from ..project.reading import PAGE_TYPES
from ..project.schema import nearest
from ..registry import rule
from ..site import Site


@rule("SE002", project=True)
def page_missing(site: Site) -> Iterator[Fault]:
    """A reader looks for the help page, or the opening hours, and it is not there."""
    written = {document.name for document in site.project.documents}
    broken = {fault.file for code, fault in site.project.faults if code == "FM003"}
    for path in site.project.plans:
        if path in written or f"docs/{path}" in broken:
            continue
        mark = site.project.data[PAGE_TYPES].key_at("pages", path)
        alike = [asset.removeprefix("docs/") for asset in site.project.assets if asset.lower() == f"docs/{path}"]
        near = next(iter(alike), "") or nearest(path, written - set(site.project.plans))
        back = f"give docs/{near} its name back" if near else "put it back"
        advice = f"docs/{path} is gone: {back}; if it is to go, move its name to moved, with the page for its readers"
        yield in_file(PAGE_TYPES, mark, advice)


@rule("SE007", project=True)
def page_of_another_type(site: Site) -> Iterator[Fault]:
    """A help page that calls itself something else is not held to what a help page must have."""
    for document in site.project.documents:
        plan = site.project.plans.get(document.name)
        if plan and {document.type, plan.type} <= set(site.project.types) and document.type != plan.type:
            advice = f"docs/_data/page-types.yml has another type for this page than {document.type}"
            yield in_front_matter(document, "type", advice, plan.type)


@rule("SE010", project=True)
def page_not_planned(site: Site) -> Iterator[Fault]:
    """Once it is printed or saved, its address must go on working: the list of pages is what remembers it."""
    plans, moved = site.project.plans, site.project.moved
    for document in site.project.documents if plans else ():
        if document.name not in plans and document.name not in moved:
            advice = f"add this page to docs/_data/page-types.yml, below pages, as {document.name}: {{type: …}}"
            yield in_document(document, Mark(1, 1), advice.replace("…", document.type or "…"))


@rule("SE011", project=True)
def moved_page_wrong(site: Site) -> Iterator[Fault]:
    """Somebody with the old address, on a printed sheet, is led nowhere or not led at all."""
    written = {document.name for document in site.project.documents}
    for old, new in site.project.moved.items():
        if old in written:
            mark = site.project.data[PAGE_TYPES].key_at("moved", old)
            yield in_file(PAGE_TYPES, mark, f"docs/{old} is still there: take it away, or take this line away")
        if new not in written:
            mark = site.project.data[PAGE_TYPES].at("moved", old)
            yield in_file(PAGE_TYPES, mark, f"there is no page docs/{new}", nearest(new, written))


@rule("SE013", project=True)
def page_forgotten(site: Site) -> Iterator[Fault]:
    """Somebody has its address on paper or saved, and is told that there is no such page."""
    plans, moved = site.project.plans, site.project.moved
    for name in sorted(site.project.published - {*plans, *moved}) if plans else ():
        mark = site.project.data[PAGE_TYPES].key_at("moved")
        advice = f"readers know docs/{name}: write below moved its name, a colon and the page for them"
        yield in_file(PAGE_TYPES, mark, advice)
