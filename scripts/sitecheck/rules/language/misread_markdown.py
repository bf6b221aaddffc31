"""PL: Markdown that is almost right, which no generator understands and a reader sees as it was typed."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.finding import Fault
from ...project.faults import in_document
from ...project.model import Document, Project
from ...project.pages.markdown import mark_of
from ...project.pages.misread_markdown import misread_marks
from ..registry import rule


@rule("PL018", error="garbled", blocks_build=True)
def mark_misread(project: Project, document: Document) -> Iterator[Fault]:
    """A mark that is almost right is printed as it stands: the reader meets slashes and stars, and no link or list."""
    if document.front_matter is None:
        return  # FM001 or FM002 reports it, and where its words begin is not known
    for mark in misread_marks(document, project.macros):
        yield in_document(document, mark_of(document.text, mark.offset), mark.advice)
