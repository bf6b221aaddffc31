"""Faults located in a file of the project."""

from __future__ import annotations

from ..model.finding import Fault
from ..model.page import Page
from .data.marked_yaml import Keys
from .mark import Mark
from .model import Document, Project
from .pages.markdown import mark_of


def in_file(path: str, mark: Mark, message: str, suggestion: str = "") -> Fault:
    """A fault at a place in a project file."""
    return Fault(message, "", *mark, path, suggestion=suggestion)


def in_text(path: str, text: str, offset: int, message: str, suggestion: str = "") -> Fault:
    """A fault at an offset of the text of a project file."""
    return in_file(path, mark_of(text, offset), message, suggestion)


def in_data(project: Project, path: str, keys: Keys, message: str, suggestion: str = "") -> Fault:
    """A fault at a value of a data file."""
    return in_file(path, project.data[path].at(*keys), message, suggestion)


def in_document(document: Document, mark: Mark, message: str, suggestion: str = "") -> Fault:
    """A fault at a place in a Markdown page."""
    return Fault(message, document.page, *mark, document.path, suggestion=suggestion)


def in_front_matter(document: Document, where: str | Keys, message: str, suggestion: str = "") -> Fault:
    """A fault at a value of a page's front matter, or at its end if the first key, or the only one, is missing."""
    keys = (where,) if isinstance(where, str) else where
    read = document.front_matter
    if read is None or keys[0] not in document.meta:
        return in_document(document, Mark(max(document.body_line - 1, 1)), message, suggestion)
    return in_document(document, read.at(*keys), message, suggestion)


def in_template(project: Project, words: str, page: Page, message: str) -> Fault:
    """A fault in the first template that contains `words`, or in the frame of the page if none does."""
    for path, text in project.templates.items():
        if (place := text.find(words)) >= 0:
            return Fault(message, page.path, *mark_of(text, place), path)
    return Fault(message, page.path, frame=True)
