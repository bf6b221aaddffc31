"""Addresses of links: how an editor writes them in Markdown, and how the generator rewrites them."""

from __future__ import annotations

import difflib
import posixpath
import re
from collections.abc import Iterable, Iterator
from urllib.parse import SplitResult, quote, unquote, urlsplit

from ..model import Document, Project

ADDRESS_END = r"(?![\w/#.?=&-])"  # an address ends here: `x.md` is not found inside `x.md#y`
SIMILARITY = 0.7  # difflib's own measure of a near miss


# What precedes the address of a link or image in Markdown, HTML or braces, but never an address in running text.
BEFORE = re.compile(
    r"""(?:\]\(\s*<?|\]:\s*<?|[(,]\s*["']|<
    |\b(?:href|src|srcset|poster|action|cite|data|content|background|ping|set\s+\w+)\s*=\s*["']?)\Z""",
    re.I | re.X,
)
TAG = re.compile(r"<[A-Za-z][^<>]*\s[^<>]*\Z")
MAX_TAG_LINES = 5  # lines that a tag may span
LOOK_BACK = 40  # characters to check before an address
INDENTS = ("    ", "\t")  # of code, and of text inside a list item


def split_address(raw: str) -> SplitResult:
    """An address in its parts. An invalid one, such as "http://[help", is all host, so it is no page of ours."""
    try:
        return urlsplit(raw)
    except ValueError:
        return SplitResult("", raw, "", "", "")


def spellings(document: Document, raw: str) -> Iterator[str]:
    """Patterns for the patterns in which an editor may have written an address that the generator has rewritten."""
    if not raw.strip():
        yield r"(?<=\]\()[ \t]*+(?=\))"
        return
    if source := re.fullmatch(r"#source-(.+)", raw):
        yield rf"(?<=[\"']){re.escape(source[1])}(?=[\"'])"
    yield rf"(?<![\w/.-]){re.escape(raw)}{ADDRESS_END}"
    if (plain := unquote(raw)) != raw:
        yield re.escape(plain) + ADDRESS_END
    if "&" in raw:
        yield re.escape(raw.replace("&", "&amp;")) + ADDRESS_END
    parts = split_address(raw)
    if parts.scheme or parts.netloc:
        return
    fragment = f"#{parts.fragment}" if parts.fragment else ""
    here = posixpath.dirname(document.page)
    full = posixpath.normpath(posixpath.join(here, unquote(parts.path) or "."))
    folder = posixpath.dirname(document.name) or "."
    for target in (full, f"{full}.md", f"{full}/index.md", "index.md" if full == "." else full):
        relative = posixpath.relpath(target.removesuffix("/index.html"), folder)
        yield rf"(?<![\w/-])(?:\./)?{re.escape(relative + fragment)}{ADDRESS_END}"


def offsets_of(text: str, patterns: Iterable[str]) -> list[int]:
    """Offsets of an address in a text, by the first of these patterns that matches."""
    return next(
        (found for pattern in patterns if (found := [match.start() for match in re.finditer(pattern, text)])), []
    )


def link_offsets(text: str, patterns: Iterable[str], number: int) -> list[int]:
    """Offsets of an address in a text where it belongs to a link, by the first patterns that find at least `number`,
    the count in the built page. Code can look like a link: if there are more, indented ones count only if needed."""
    links: set[int] = set()
    for pattern in patterns:
        starts = (match.start() for match in re.finditer(pattern, text))
        links |= {at for at in starts if BEFORE.search(text, max(0, at - LOOK_BACK), at)}
        if links and len(links) >= number:
            break
    found = sorted(links)
    if len(found) > number:
        outside = [at for at in found if not text.startswith(INDENTS, text.rfind("\n", 0, at) + 1)]
        return outside if len(outside) >= number else found
    return found


def suggest_address(project: Project, document: Document, raw: str, like: str) -> str:
    """What to write in the Markdown in place of a broken address, "" if nothing stands out.

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
    near = difflib.get_close_matches(unquote(parts.path), names, 1, SIMILARITY)
    return near[0] + (f"#{parts.fragment}" if parts.fragment else "") if near else ""


def in_tag(document: Document, line: int, column: int) -> bool:
    """Whether this place of a page is inside a tag of HTML, which the generator leaves as it is."""
    *above, own = document.text.split("\n")[max(0, line - MAX_TAG_LINES) : line]
    return bool(TAG.search("\n".join([*above, own[: column - 1]])))


def has_markdown_link(document: Document, raw: str) -> bool:
    """Whether a page has a Markdown link with exactly this address."""
    return bool(re.search(rf"\](?:\(|:\s)\s*<?{re.escape(raw)}", document.text))


def unresolved_file(document: Document, raw: str) -> str:
    """The file below docs/ that a Markdown link names and the generator did not find; "" for any other address."""
    path = unquote(split_address(raw).path)
    if path.startswith("/") or path.endswith((".html", ".htm")) or "." not in posixpath.basename(path):
        return ""
    full = posixpath.normpath(posixpath.join(posixpath.dirname(document.name), path))
    return full if has_markdown_link(document, raw) and not full.startswith("../") else ""


def as_written(project: Project, document: Document, raw: str) -> str:
    """An address of the built site as a page's Markdown writes it, "" if it is no file of the guide."""
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
