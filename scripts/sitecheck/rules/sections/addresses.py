"""SE: sections and downloads whose addresses readers have, on paper or saved."""

from __future__ import annotations

from collections.abc import Iterator

from ...links.site import Site
from ...model.finding import Fault
from ...model.nearest import nearest
from ...project.data.marked_yaml import Mark
from ...project.data.published import ID
from ...project.faults import in_document, in_file
from ...project.model import Document, Project
from ...project.pages.anchors import anchor_mark
from ...project.read_project import CLINIC, MOVED
from ..registry import rule

BELOW_MOVED = f"write into {MOVED}"


@rule("SE020", error="dead end")
def section_or_download_forgotten(site: Site, project: Project) -> Iterator[Fault]:
    """Somebody scans an old sheet or taps a saved contact, and is led to nothing."""
    for old, document in forgotten_sections(site, project):
        new = successor(project, old, document)
        contact = f"downloads/{old.rpartition('#')[2]}.vcf"
        if contact in project.published and contact not in project.moved and contact not in site.listing.files:
            to = f"downloads/{new.rpartition('#')[2]}.vcf" if "#" in new else new
            lines = f'"{old}: {new}" and "{contact}: {to}"'
            advice = f"readers hold the address of this location: give it back its id, or {BELOW_MOVED} {lines}"
            yield in_file(CLINIC, mark_of_location(project, new), advice)
        else:
            advice = f'readers hold the address {old}: give a section this id again, or {BELOW_MOVED} "{old}: {new}"'
            yield in_document(document, anchor_mark(document, new.rpartition("#")[2]) or Mark(), advice)
    there = {*site.listing.files, *project.moved}
    downloads = (name for name in project.published if "#" not in name and not name.endswith(".md"))
    for name in sorted(downloads):
        if name not in there and not of_location(name, project):
            advice = f'readers hold {name}: put it back, or {BELOW_MOVED} "{name}: " and the file for them'
            yield in_file(MOVED, project.data[MOVED].key_at("moved"), advice)


@rule("SE021", error="dead end")
def moved_address_wrong(site: Site, project: Project) -> Iterator[Fault]:
    """Whoever has the old address is led from one dead end to the next."""
    for old, new in project.moved.items():
        if "#" not in old and old.endswith(".md"):
            continue  # SE011 reports pages
        name, _, id = new.partition("#")
        document = project.by_path.get(f"docs/{name}")
        page = site.pages.get(document.page) if document else None
        missing = page is not None and bool(id) and id not in {one for one, *_ in page.ids}
        if document and "#" not in old and not old.endswith(".vcf"):
            advice = f"only a contact can lead to a page: write a file in place of {new}"
            yield in_file(MOVED, project.data[MOVED].at("moved", old), advice)
        elif missing or (document is None and name not in site.listing.files):
            yield in_file(MOVED, project.data[MOVED].at("moved", old), f"there is no {new} to lead to")


def forgotten_sections(site: Site, project: Project) -> Iterator[tuple[str, Document]]:
    """The published sections ("a.md#id") that a built page no longer has, each with its page."""
    for old in sorted(project.published - set(project.moved)):
        name, _, id = old.partition("#")
        document = project.by_path.get(f"docs/{name}")
        page = site.pages.get(document.page) if document else None
        if document and page and id and id not in {one for one, *_ in page.ids}:
            yield old, document


def successor(project: Project, old: str, document: Document) -> str:
    """The section that an old one most likely became, by its name or because it is new; else its page."""
    name, _, id = old.partition("#")
    known = {one.partition("#")[2] for one in project.published if one.startswith(f"{name}#")}
    places = [place.id for place in project.clinic.locations] if project.clinic else []
    fresh = [one for one in places if one not in known] if f"downloads/{id}.vcf" in project.published else []
    near = nearest(id, fresh) or (fresh[0] if len(fresh) == 1 else "")
    if not near and not fresh:
        typed = (next(filter(None, match.groups())) for match in ID.finditer(document.text))
        near = nearest(id, [one for one in typed if one not in known])
    return f"{name}#{near}" if near else name


def mark_of_location(project: Project, new: str) -> Mark:
    """Where clinic.yml has the id of a location, else its list of locations."""
    ids = [place.id for place in project.clinic.locations] if project.clinic else []
    id = new.rpartition("#")[2]
    way: tuple[str | int, ...] = ("locations", ids.index(id), "id") if id in ids else ("locations",)
    return project.data[CLINIC].at("extra", "clinic", *way)


def of_location(name: str, project: Project) -> bool:
    """Whether a download is the contact of a location whose section is reported with it."""
    id = name.removeprefix("downloads/").removesuffix(".vcf")
    return any(one.endswith(f".md#{id}") and one not in project.moved for one in project.published)
