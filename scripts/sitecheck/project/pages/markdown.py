"""Split a Markdown page into front matter and body, and name the file of the site that it becomes."""

from __future__ import annotations

import bisect
import functools
import re
from collections.abc import Iterator

from ...model.finding import Fault
from ..data.marked_yaml import BadYaml, parse
from ..mark import Mark
from ..model import Document, Project
from ..same_length import blanked

FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S | re.M)
# Code is printed literally: nothing in it is a link, a fact or a citation.
CODE = re.compile(
    r"^(?P<fence>```++|~~~++)[^\n]*\n.*?(?:^(?P=fence)[ \t]*$|\Z)|(?<!`)(?P<tick>`++).+?(?<!`)(?P=tick)(?!`)",
    re.S | re.M,
)
FRONT_MATTER_MISSING, FRONT_MATTER_UNREADABLE = "front-matter-missing", "front-matter-unreadable"
COMMENT = re.compile(r"<!--(?:(?!<!--).)*?-->", re.S)


def document_of(path: str, text: str) -> tuple[Document, list[tuple[str, Fault]]]:
    """The document at docs/…/x.md, and the faults that its front matter has as YAML."""
    page = page_of(path)
    match = FRONT_MATTER.match(text)
    if not match:
        advice = "begin the page with front matter: a line ---, then title, description and type, then a line ---"
        if text.startswith("----"):
            advice = "make the first line three hyphens, ---, and no more"
        elif text.lstrip().startswith(("```", "~~~")):
            advice = "take the first line away, and the last that is like it: a page is not written as code"
        elif text.startswith("---"):
            advice = "end the front matter with a line ---"
        return Document(path, page, text, 1, {}, None), [(FRONT_MATTER_MISSING, Fault(advice, page, file=path))]
    body_line = match[0].count("\n") + 1
    try:
        read = parse(match[1], first_line=2)
    except BadYaml as error:
        fault = Fault(error.advice, page, error.mark.line, error.mark.column, file=path)
        return Document(path, page, text, body_line, {}, None), [(FRONT_MATTER_UNREADABLE, fault)]
    if not isinstance(read.data, dict):
        fault = Fault("write front matter as lines of `key: value`", page, 2, 1, file=path)
        return Document(path, page, text, body_line, {}, None), [(FRONT_MATTER_UNREADABLE, fault)]
    return Document(path, page, text, body_line, read.data, read), []


def page_of(path: str) -> str:
    """The file of the site that a Markdown page becomes: docs/a/b.md → a/b/index.html."""
    name = path.removeprefix("docs/").removesuffix(".md")
    folder, _, last = name.rpartition("/")
    if last in ("index", "README"):
        return f"{folder}/index.html".lstrip("/")
    return f"{name}/index.html"


def body(document: Document) -> str:
    """The page's text with front matter, code and comments blanked out: every offset still holds."""
    return _body(document.text, document.body_line)


@functools.lru_cache(maxsize=1024)  # many rules ask for the same pages
def _body(text: str, body_line: int) -> str:
    start = _line_start(text, body_line)
    text = blanked(text[:start]) + text[start:]
    if may_have_code(text):
        text = CODE.sub(lambda match: blanked(match[0]), text)
    return COMMENT.sub(lambda match: blanked(match[0]), text)


def may_have_code(text: str) -> bool:
    """Whether to search a text for code, which takes long and few pages have."""
    return "`" in text or "~~~" in text


def matches(document: Document, pattern: re.Pattern[str]) -> Iterator[tuple[re.Match[str], Mark]]:
    """Every match of a pattern in the body of a page, with its place."""
    for match in pattern.finditer(body(document)):
        yield match, mark_of(document.text, match.start())


def in_pages(project: Project, pattern: re.Pattern[str]) -> Iterator[tuple[Document, re.Match[str], Mark]]:
    """Every match of a pattern in the bodies of all pages, with its page and place."""
    return ((document, *found) for document in project.documents for found in matches(document, pattern))


def mark_of(text: str, offset: int) -> Mark:
    """Line and column of an offset."""
    starts = _line_starts(text)
    line = bisect.bisect_right(starts, offset)
    return Mark(line, offset - starts[line - 1] + 1)


@functools.lru_cache(maxsize=256)
def _line_starts(text: str) -> list[int]:
    return [0, *(match.end() for match in re.finditer("\n", text))]


def _line_start(text: str, line: int) -> int:
    return sum(len(one) for one in text.splitlines(keepends=True)[: line - 1])
