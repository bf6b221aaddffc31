"""AX: the templates that frame every page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.finding import Fault
from ...project.faults import in_file, in_text
from ...project.mark import Mark
from ...project.model import Project
from ...project.pages.template_tags import COMMENT, broken_tags
from ...project.read_project import TEMPLATE_UNREADABLE
from ..registry import rule

MAIN, NOT_FOUND = "overrides/main.html", "overrides/404.html"
QUOTED = re.compile(r"""(?=(["'])([^"'\n]+)\1)""")
OF_THE_THEME = ("overrides/partials/", "overrides/assets/")  # replace the theme's own; may be empty on purpose


@rule("AX033", error="missing words", blocks_build=True, reads=(TEMPLATE_UNREADABLE,))
def template_broken(project: Project) -> Iterator[Fault]:
    """Every page is made from it: one missing end moves words, or hides them, on all pages."""
    templates = project.templates
    if MAIN in templates and NOT_FOUND not in templates:
        advice = "this file is gone: put it back, for readers at an address that does not exist"
        yield in_file(NOT_FOUND, Mark(), advice)
    unreadable = {fault.file for fault in project.reading_faults(TEMPLATE_UNREADABLE)}
    for path, text in templates.items():
        if not COMMENT.sub("", text).strip() and path not in unreadable and not path.startswith(OF_THE_THEME):
            advice = "this file is empty: put back what stood here, or take it away with what includes it"
            yield in_file(path, Mark(), advice)
        for mark in broken_tags(text):
            yield in_text(path, text, mark.offset, mark.advice)


@rule("AX037", error="missing words")
def template_unused(project: Project) -> Iterator[Fault]:
    """Somebody took out the line that includes it, and with it the number to call, or the menu, on every page."""
    texts = {one.path: one.text for one in project.documents} | dict(project.templates)
    named = {(path, match[2]) for path, text in texts.items() for match in QUOTED.finditer(text)}
    shown = {name for path, name in named if path != f"overrides/{name}"}
    for path in project.templates:
        name = path.removeprefix("overrides/")
        if "/" not in name or path.startswith(OF_THE_THEME):
            continue  # the theme includes these by name
        if name not in shown:
            advice = f'no page shows this any more: put {{% include "{name}" %}} back, or take the file away'
            yield in_file(path, Mark(), advice)
