"""AX: the ids that labels, descriptions and controls refer to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.finding import Fault
from ...model.nearest import nearest
from ...model.page import IdReference, Page
from ...project.faults import in_text
from ...project.model import Project
from ..registry import rule


@rule("AX036", error="not read out")
def part_missing(project: Project, page: Page) -> Iterator[Fault]:
    """A field loses its label, a picture its name: people who listen hear nothing of what was written for them."""
    ids = set(page.ids) if page.id_references else set()
    for reference in page.id_references:
        if reference.id not in ids:
            near = nearest(reference.id, ids)
            message = f'{reference.attribute}="{reference.id}" refers to an id that this page does not have'
            message += "" if near else f": give the right part this id, or take {reference.attribute} away"
            place = (page.path, reference.line, reference.column)
            here = Fault(message, *place, raw=reference.id, suggestion=near, frame=not reference.in_main)
            yield in_drawing(project, reference, message, near) or here


def in_drawing(project: Project, reference: IdReference, message: str, near: str) -> Fault | None:
    """The fault in a drawing that the page shows: where the id is used, or where a similar id is given."""
    name, wanted = reference.attribute, re.escape(reference.id)
    use = re.compile(rf"\b{name}=[\"'][^\"']*(?<![\w-]){wanted}(?![\w-])")
    definition = re.compile(rf"\bid=[\"']{re.escape(near)}[\"']")
    for path, text in project.drawings.items():
        if match := use.search(text):
            return in_text(path, text, match.start(), message, near)
        if near and (match := definition.search(text)):
            advice = f'write id="{reference.id}" here: the page that shows this drawing refers to it by that id'
            return in_text(path, text, match.start(), advice)
    return None
