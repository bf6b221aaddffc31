"""Links as an editor writes them in Markdown, and as the generator has rewritten them."""

from __future__ import annotations

import difflib
import posixpath
import re
from collections.abc import Iterator
from urllib.parse import SplitResult, unquote, urlsplit

from .model import Document, Project

EDGE = r"(?![\w/#.?=&-])"  # an address ends here: `x.md` is not found inside `x.md#y`
ALIKE = 0.7  # difflib's own measure of a near miss


def split(raw: str) -> SplitResult:
    """An address in its parts; one that cannot be read, such as "http://[help", is no page of ours: all host."""
    try:
        return urlsplit(raw)
    except ValueError:
        return SplitResult("", raw, "", "", "")


def spellings(document: Document, raw: str) -> Iterator[str]:
    """How an editor may have written an address that the generator has since rewritten, as patterns."""
    if not raw:
        return
    if source := re.fullmatch(r"#source-(.+)", raw):
        yield rf"(?<=[\"']){re.escape(source[1])}(?=[\"'])"
    yield rf"(?<![\w/.-]){re.escape(raw)}{EDGE}"
    if (plain := unquote(raw)) != raw:
        yield re.escape(plain) + EDGE
    parts = split(raw)
    if parts.scheme or parts.netloc:
        return
    fragment = f"#{parts.fragment}" if parts.fragment else ""
    here = posixpath.dirname(document.page)
    full = posixpath.normpath(posixpath.join(here, unquote(parts.path) or "."))
    folder = posixpath.dirname(document.name) or "."
    for target in (full, f"{full}.md", f"{full}/index.md", "index.md" if full == "." else full):
        relative = posixpath.relpath(target.removesuffix("/index.html"), folder)
        yield rf"(?<![\w/-])(?:\./)?{re.escape(relative + fragment)}{EDGE}"


def suggestion(project: Project, document: Document, raw: str, like: str) -> str:
    """What to write in the Markdown in place of an address that leads nowhere, "" when nothing stands out.

    `like` is what would be right in the built page, if that is known: "../get-help-now/#call-911".
    """
    parts = split(raw)
    here = posixpath.dirname(document.name)
    if new := project.moved.get(posixpath.normpath(posixpath.join(here, unquote(parts.path)))):
        return posixpath.relpath(new, here or ".")
    if like.startswith("#") and parts.path:
        return (written(project, document, raw) or raw).split("#")[0] + like
    if raw in document.text and f"]({raw}" not in document.text and not parts.path.endswith(".md"):
        return like  # written in HTML, which the generator leaves alone
    if like:
        return written(project, document, like) or like
    if parts.scheme or not parts.path.endswith(".md"):
        return ""
    folder = posixpath.dirname(document.name) or "."
    names = [posixpath.relpath(other.name, folder) for other in project.documents]
    near = difflib.get_close_matches(unquote(parts.path), names, 1, ALIKE)
    return near[0] + (f"#{parts.fragment}" if parts.fragment else "") if near else ""


def written(project: Project, document: Document, raw: str) -> str:
    """The link to a page of the guide as its Markdown writes it, "" for an address that is no page."""
    parts = split(raw)
    if parts.scheme or parts.netloc or not parts.path:
        return ""
    full = posixpath.normpath(posixpath.join(posixpath.dirname(document.page), unquote(parts.path)))
    page = "index.html" if full == "." else full if full.endswith(".html") else f"{full}/index.html"
    target = project.document(page)
    if target is None:
        return ""
    relative = posixpath.relpath(target.name, posixpath.dirname(document.name) or ".")
    return relative + (f"#{parts.fragment}" if parts.fragment else "")
