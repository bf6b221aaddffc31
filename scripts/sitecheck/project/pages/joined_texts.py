"""Files joined into one text, so that a fault is looked for in hundreds of them at once."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Iterator
from itertools import accumulate

from ..model import Document, Project
from .expressions import includes
from .links import NEVER, Spelling, spans
from .markdown import body, mark_of

Place = tuple[str, int, int]  # file in the project, line, column
SEPARATOR = "\n\0\n"  # stands in no address
SNIPPET = re.compile(r"""^[ \t]*-+8<-+[ \t]+["']([^"':\n]+)""", re.M)  # pymdownx.snippets


class JoinedTexts:
    """Texts of several files, given with their paths."""

    def __init__(self, files: Iterable[tuple[str, str]]) -> None:
        self.files = list(files)
        self.text = SEPARATOR.join([text for _, text in self.files])
        self.starts = list(accumulate((len(text) + len(SEPARATOR) for _, text in self.files), initial=0))

    def place(self, offset: int) -> Place:
        """The place in its own file of an offset in the text."""
        number = bisect.bisect(self.starts, offset) - 1
        line, column = mark_of(self.text, offset)
        return self.files[number][0], line - mark_of(self.text, self.starts[number]).line + 1, column

    def place_of(self, words: str) -> Place | None:
        """Where words stand first."""
        found = next(spans(self.text, Spelling(words, NEVER, NEVER)), None)
        return self.place(found[0]) if found else None


def with_included(project: Project, document: Document) -> JoinedTexts:
    """The Markdown of a page and, behind it, the templates and snippets that it includes."""
    joined: JoinedTexts | None = project.joined_texts.get(document.path)
    if joined is None:
        files = [(document.path, body(document)), *_included(project, document)]
        joined = project.joined_texts[document.path] = JoinedTexts(files)
    return joined


def _included(project: Project, document: Document) -> Iterator[tuple[str, str]]:
    for path, _ in includes(document):
        if (full := f"overrides/{path}") in project.templates:
            yield full, project.templates[full]
    waiting, seen = [document], {document.path}
    while waiting:
        for name in SNIPPET.findall(waiting.pop().text):
            for full in (name, f"docs/{name}"):
                if (snippet := project.by_path.get(full)) and full not in seen:
                    seen.add(full)
                    waiting.append(snippet)
                    yield full, body(snippet)


def all_templates(project: Project) -> JoinedTexts:
    """The templates, the footer first: it holds what several of them print."""
    joined: JoinedTexts | None = project.joined_texts.get("")
    if joined is None:
        order = sorted(project.templates, key=lambda path: ("footer" not in path, path))
        joined = project.joined_texts[""] = JoinedTexts((path, project.templates[path]) for path in order)
    return joined
