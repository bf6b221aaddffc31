"""SE: sections and downloads whose addresses readers have, on paper or saved."""

from __future__ import annotations

from collections.abc import Iterator

from ...links.site import Site
from ...model.finding import Fault
from ...model.nearest import nearest
from ...project.faults import in_data, in_document, in_file
from ...project.mark import Mark
from ...project.model import Document, Project
from ...project.pages.anchors import anchor_mark
from ...project.read_project import CLINIC, MOVED
from ..registry import rule

BELOW_MOVED = f"write into {MOVED}"
MANY = 20  # sections of one page that are gone: for more, no new ids are suggested


@rule("SE020", error="dead end")
def section_or_download_forgotten(site: Site, project: Project) -> Iterator[Fault]:
    """Somebody scans an old sheet or taps a saved contact, and is led to nothing."""
    downloads = {name for name in project.published if "#" not in name and not name.endswith(".md")}
    gone = downloads - {*site.listing.files, *project.moved}
    for old, near, document in forgotten_sections(site, project):
        name, _, id = old.partition("#")
        new, contact = f"{name}#{near}" if near else name, f"downloads/{id}.vcf"
        if contact in gone:
            gone.remove(contact)
            lines = f'"{old}: {new}" and "{contact}: {f"downloads/{near}.vcf" if near else name}"'
            advice = f"readers hold the address of this location: give it back its id, or {BELOW_MOVED} {lines}"
            yield in_data(project, CLINIC, ("extra", "clinic", "locations"), advice)
        else:
            advice = f'readers hold the address {old}: give a section this id again, or {BELOW_MOVED} "{old}: {new}"'
            yield in_document(document, anchor_mark(document, near) or Mark(), advice)
    for name in sorted(gone):
        advice = f'readers hold {name}: put it back, or {BELOW_MOVED} "{name}: " and the file for them'
        yield in_file(MOVED, project.data[MOVED].key_at("moved"), advice)


@rule("SE021", error="dead end")
def moved_address_wrong(site: Site, project: Project) -> Iterator[Fault]:
    """Whoever has the old address is led from one dead end to the next."""
    ids: dict[str, set[str]] = {}  # of each page
    for old, new in project.moved.items():
        if old.endswith(".md"):
            continue  # SE011 reports pages
        name, _, id = new.partition("#")
        document = project.by_path.get(f"docs/{name}")
        page = site.pages.get(document.page) if document else None
        if page and name not in ids:
            ids[name] = set(page.ids)
        advice = ""
        if document and "#" not in old and not old.endswith(".vcf"):
            advice = f"only a contact can lead to a page: write a file in place of {new}"
        elif (page and id and id not in ids[name]) or not (document or name in site.listing.files):
            advice = f"there is no {new} to lead to"
        if advice:
            yield in_data(project, MOVED, ("moved", old), advice)


def forgotten_sections(site: Site, project: Project) -> Iterator[tuple[str, str, Document]]:
    """The published sections ("a.md#id") that a built page no longer has, each with the id that it may have now."""
    published: dict[str, set[str]] = {}
    for old in project.published:
        name, _, id = old.partition("#")
        published.setdefault(name, set()).add(id)
    for name, before in sorted(published.items()):
        document = project.by_path.get(f"docs/{name}")
        page = site.pages.get(document.page) if document else None
        if not document or not page:
            continue
        now = set(page.ids)
        gone = [id for id in sorted(before - now - {""}) if f"{name}#{id}" not in project.moved]
        new = now - before if len(gone) <= MANY else ()  # more means a page written anew
        yield from ((f"{name}#{id}", nearest(id, new), document) for id in gone)
