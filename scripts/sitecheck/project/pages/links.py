"""Links as an editor writes them in Markdown, and as the generator has rewritten them."""

from __future__ import annotations

import difflib
import posixpath
import re
from collections.abc import Iterable, Iterator
from urllib.parse import SplitResult, quote, unquote, urlsplit

from ..model import Document, Project

EDGE = r"(?![\w/#.?=&-])"  # an address ends here: `x.md` is not found inside `x.md#y`
ALIKE = 0.7  # difflib's own measure of a near miss


# What stands before the address of a link or picture, in Markdown, HTML or braces; words about it have none of these.
BEFORE = re.compile(
    r"""(?:\]\(\s*<?|\]:\s*<?|[(,]\s*["']|<
    |\b(?:href|src|srcset|poster|action|cite|data|content|background|ping|set\s+\w+)\s*=\s*["']?)\Z""",
    re.I | re.X,
)
TAG = re.compile(r"<[A-Za-z][^<>]*\s[^<>]*\Z")
LINES = 5  # that a tag goes over at the most
FAR = 40  # characters that are looked at before an address
INDENT = ("    ", "\t")  # of code, and of what belongs to an entry of a list


def split_address(raw: str) -> SplitResult:
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
    if "&" in raw:
        yield re.escape(raw.replace("&", "&amp;")) + EDGE
    parts = split_address(raw)
    if parts.scheme or parts.netloc:
        return
    fragment = f"#{parts.fragment}" if parts.fragment else ""
    here = posixpath.dirname(document.page)
    full = posixpath.normpath(posixpath.join(here, unquote(parts.path) or "."))
    folder = posixpath.dirname(document.name) or "."
    for target in (full, f"{full}.md", f"{full}/index.md", "index.md" if full == "." else full):
        relative = posixpath.relpath(target.removesuffix("/index.html"), folder)
        yield rf"(?<![\w/-])(?:\./)?{re.escape(relative + fragment)}{EDGE}"


def offsets_of(text: str, ways: Iterable[str]) -> list[int]:
    """Where an address stands at all in a page's words, in the first of these spellings that is there."""
    return next((found for way in ways if (found := [match.start() for match in re.finditer(way, text)])), [])


def link_offsets(text: str, ways: Iterable[str], number: int) -> list[int]:
    """Where an address stands in a page's words as that of a link, by the first spellings that give the `number` which
    the built page has. Code can look like a link: where there are more, those indented count only if needed."""
    links: set[int] = set()
    for way in ways:
        starts = (match.start() for match in re.finditer(way, text))
        links |= {at for at in starts if BEFORE.search(text, max(0, at - FAR), at)}
        if links and len(links) >= number:
            break
    found = sorted(links)
    if len(found) > number:
        outside = [at for at in found if not text.startswith(INDENT, text.rfind("\n", 0, at) + 1)]
        return outside if len(outside) >= number else found
    return found


def suggest_address(project: Project, document: Document, raw: str, like: str) -> str:
    """What to write in the Markdown in place of an address that leads nowhere, "" when nothing stands out.

    `like` is what would be right in the built page, if that is known: "../get-help-now/#call-911".
    """
    parts = split_address(raw)
    here = posixpath.dirname(document.name)
    if new := project.moved.get(posixpath.normpath(posixpath.join(here, unquote(parts.path)))):
        return posixpath.relpath(new, here or ".")
    if like.startswith("#") and parts.path:
        return (as_written(project, document, raw) or raw).split("#")[0] + like
    if like:
        return as_written(project, document, like) or like
    if parts.scheme or not parts.path.endswith(".md"):
        return ""
    folder = posixpath.dirname(document.name) or "."
    names = [posixpath.relpath(other.name, folder) for other in project.documents]
    near = difflib.get_close_matches(unquote(parts.path), names, 1, ALIKE)
    return near[0] + (f"#{parts.fragment}" if parts.fragment else "") if near else ""


def in_tag(document: Document, line: int, column: int) -> bool:
    """Whether this place of a page is inside a tag of HTML, which the generator leaves as it is."""
    *above, own = document.text.split("\n")[max(0, line - LINES) : line]
    return bool(TAG.search("\n".join([*above, own[: column - 1]])))


def has_markdown_link(document: Document, raw: str) -> bool:
    """Whether a page has a Markdown link with this very address."""
    return bool(re.search(rf"\](?:\(|:\s)\s*<?{re.escape(raw)}", document.text))


def unresolved_file(document: Document, raw: str) -> str:
    """The file, from docs/, that a Markdown link names and the generator has not found; "" for any other address."""
    path = unquote(split_address(raw).path)
    if path.startswith("/") or path.endswith((".html", ".htm")) or "." not in posixpath.basename(path):
        return ""
    full = posixpath.normpath(posixpath.join(posixpath.dirname(document.name), path))
    return full if has_markdown_link(document, raw) and not full.startswith("../") else ""


def as_written(project: Project, document: Document, raw: str) -> str:
    """The link to a file of the guide as a page's Markdown writes it, "" for an address that is none."""
    parts = split_address(raw)
    if parts.scheme or parts.netloc or not parts.path:
        return ""
    full = posixpath.normpath(posixpath.join(posixpath.dirname(document.page), unquote(parts.path)))
    page = "index.html" if full == "." else full if full.endswith(".html") else f"{full}/index.html"
    target = project.document(page)
    name = target.name if target else full if f"docs/{full}" in project.assets else ""
    if not name:
        return ""
    relative = posixpath.relpath(name, posixpath.dirname(document.name) or ".")
    rest = (f"?{parts.query}" if parts.query else "") + (f"#{parts.fragment}" if parts.fragment else "")
    return (relative if target else quote(relative)) + rest
