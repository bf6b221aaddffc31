"""From a fault in the built site to the file, line and column where an editor fixes it."""

from __future__ import annotations

import bisect
import functools
import marshal
import posixpath
import re
from operator import itemgetter

from ..links.site import Site
from ..model.finding import Fault
from ..project.mark import Mark
from ..project.model import Document, Project
from ..project.pages.anchors import anchor_mark, anchor_offsets
from ..project.pages.find_words import find_words
from ..project.pages.joined_texts import JoinedTexts, Place, all_templates, with_included
from ..project.pages.links import in_tag, lines_of, link_offsets, offsets_of, spellings, suggest_address
from ..project.pages.markdown import FRONT_MATTER, body, mark_of

COMPUTED = re.compile(r'\b(?:href|src|action|content)="(?=[^"\n]*+")([^"\n]*\{\{[^"\n]*)"')
LITERAL = re.compile(r"'([^'\n]*)'|(?:^|\}\})([^{}'\n]+)")
DISTINCTIVE = 8  # characters that are enough to recognize an address by


def in_source(site: Site, project: Project, fault: Fault) -> Fault:
    """The fault at its place in the project, its suggestion spelled as that file spells addresses.

    Where only the built file can be named, the fault stays as it is.
    """
    file, line, column = place(site, project, fault) or (fault.file, fault.line, fault.column)
    suggestion = suggestion_for(site, project, fault, (file, line, column))
    return fault._replace(file=file, line=line, column=column, suggestion=suggestion)


def place(site: Site, project: Project, fault: Fault) -> Place | None:
    """Where in the project a fault comes from; None when only the built file can be named."""
    if (asset := f"docs/{fault.page}") in project.assets:
        return in_asset(project, asset, fault)
    document = project.document(fault.page)
    if document and not fault.frame and (found := in_markdown(site, project, document, fault)):
        return found
    if (found := in_template(site, project, fault) or in_data(site, project, fault)) or (document and fault.frame):
        return found
    if document is None:
        own = f"overrides/{fault.page}"  # the template of a page such as 404.html
        return (own, 1, 1) if own in project.templates else None
    return (document.path, *(section_mark(site, document, fault) or Mark(document.body_line)))


def suggestion_for(site: Site, project: Project, fault: Fault, place: Place) -> str:
    """The fault's suggestion, spelled as the file at this place spells addresses."""
    file, line, column = place
    address = fault.suggestion
    full = fault.raw.split("#")[0] + address if address.startswith("#") else address
    document = project.by_path.get(file)
    if document is None:
        return full if as_built(project, place, fault.raw) else from_root(site, full)
    if in_tag(document, line, column):
        return full
    document = project.document(fault.page) or document  # a snippet's addresses count from the page that includes it
    if address.startswith(site.resolver.root):  # Markdown counts from the page's own folder
        path = f"/{address.removeprefix(site.resolver.root)}"
        address = posixpath.relpath(path, f"/{posixpath.dirname(document.page)}")
    return suggest_address(project, document, fault.raw, address)


def as_built(project: Project, place: Place, raw: str) -> bool:
    """Whether a file spells an address as the built page does, and not from the site's root."""
    file, line, column = place
    if data := project.data.get(file):
        return raw in data.places
    if file not in project.templates:
        return True
    return lines_of(project.templates[file])[line - 1][column - 1 :].lstrip("\"'").startswith(raw)


def in_markdown(site: Site, project: Project, document: Document, fault: Fault) -> Place | None:
    """The place in the page's Markdown, or in a file that it includes."""
    if fault.target == f"#{fault.raw}" and (mark := anchor_mark(document, fault.raw, last=True)):  # an id given again
        return (document.path, *mark)
    same = site.places_of(fault.raw, fault.page)
    index = same.get((fault.line, fault.column), 0)  # the third in HTML is the third in Markdown
    written = tuple(spellings(document, fault.raw))
    joined = with_included(project, document)
    if starts := link_offsets(joined.text, written, len(same)) or offsets_of(joined.text, written):
        return joined.place(starts[min(index, len(starts) - 1)])
    if fault.raw and not looks_like_address(fault.raw) and (mark := find_words(document, fault.raw)):
        return (document.path, *mark)
    return None


def is_in_markdown(site: Site, fault: Fault) -> bool:
    """Whether the address that a fault is about stands in the Markdown of the page itself."""
    if site.project is None or not looks_like_address(fault.raw):
        return False
    document = site.project.document(fault.page)
    found = in_markdown(site, site.project, document, fault) if document else None
    return document is not None and found is not None and found[0] == document.path


def in_template(site: Site, project: Project, fault: Fault) -> Place | None:
    """The place in the template that prints a fact, an address or words."""
    needles: list[str] = []
    if fault.target.startswith("data-fact="):
        key = fault.target.removeprefix("data-fact=")
        stem = re.sub(r"^(hours)\..*|^(location)\..*\.", r"\1\2", key)
        part = key.rpartition(".")[2]
        needles = [f'data-fact="{key}"', f'data-fact="{stem}.{{{{ place.id | e }}}}.{part}"', f'data-fact="{stem}.']
    elif fault.raw:
        inner = from_root(site, fault.raw)
        needles = [f"'{inner}' | url", f'"{inner}" | url', f'"{fault.raw}"', f'"{inner}"']
        needles += [fault.raw] if len(fault.raw) > DISTINCTIVE else []
    templates = all_templates(project)
    if found := next(filter(None, map(templates.place_of, needles)), None):
        return found
    if not fault.raw:
        return None
    address = from_root(site, fault.raw)
    return next((found for pattern, found in computed_addresses(templates) if pattern.search(address)), None)


@functools.lru_cache(maxsize=2)
def computed_addresses(templates: JoinedTexts) -> list[tuple[re.Pattern[str], Place]]:
    """Where templates put an address together from parts, and what it then is: 'downloads/' ~ place.id ~ '.vcf'."""
    found = []
    for match in COMPUTED.finditer(templates.text):
        parts = ["".join(part) for part in LITERAL.findall(match[1])]
        if len("".join(parts)) >= DISTINCTIVE:
            pattern = re.compile(".*".join(re.escape(part.strip("./")) for part in parts))
            found.append((pattern, templates.place(match.start(1))))
    return found


def in_data(site: Site, project: Project, fault: Fault) -> Place | None:
    """The place in the settings or a data file of the value that the address or the words were made from."""
    if not fault.raw:
        return None
    inner = from_root(site, fault.raw).removeprefix("https://doi.org/")
    for path, data in project.data.items():
        if marks := [data.places[value] for value in (fault.raw, inner) if value in data.places]:
            return (path, *min(marks))
    return None


def from_root(site: Site, raw: str) -> str:
    """An address as templates and settings write it: from the site's root, without a leading slash."""
    return re.sub(r"^(?:\.{0,2}/)+", "", raw.removeprefix(site.base).removeprefix(site.resolver.root))


def in_asset(project: Project, path: str, fault: Fault) -> Place:
    """The place in a style sheet or script, which is copied as it is or rewritten by a later stage."""
    text = project.styles.get(path, "")
    if fault.raw and fault.raw in text and fault.raw not in lines_of(text)[fault.line - 1 : fault.line]:
        return (path, *mark_of(text, text.index(fault.raw)))
    return path, fault.line, fault.column


def section_mark(site: Site, document: Document, fault: Fault) -> Mark | None:
    """The nearest heading or block above the fault with an id in the Markdown; the front matter for what it holds."""
    if fault.raw and (matter := FRONT_MATTER.match(document.text)) and fault.raw in matter[0]:
        return mark_of(document.text, document.text.index(fault.raw))
    page = site.pages.get(fault.page)
    known = given_ids(body(document), page.packed_places) if page else []
    above = bisect.bisect_right(known, (fault.line, fault.column), key=itemgetter(0))
    return mark_of(document.text, known[above - 1][1]) if above else None


@functools.lru_cache(maxsize=64)  # a page may have thousands of faults
def given_ids(text: str, packed_places: bytes) -> list[tuple[tuple[int, int], int]]:
    """(line, column) of the ids of a page that its Markdown gives, each with its offset there."""
    places: list[tuple[str, int, int]] = marshal.loads(packed_places)
    return [((line, column), found[0]) for name, line, column in places if (found := anchor_offsets(text, name))]


def looks_like_address(raw: str) -> bool:
    """Whether a text is a reference and not a sentence."""
    return " " not in raw and bool(re.search(r"[/#.:]", raw))
