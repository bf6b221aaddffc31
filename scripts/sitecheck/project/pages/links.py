"""Addresses of links: how an editor writes them in Markdown, and how the generator rewrites them."""

import functools
import posixpath
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from urllib.parse import SplitResult, quote, unquote, urlsplit

from ...model.similar_names import similar_names
from ..model import Document, Project

IN_ADDRESS, IN_PATH, IN_WORD = re.compile(r"[\w/.-]"), re.compile(r"[\w/-]"), re.compile(r"[\w-]")
UNQUOTED, NEVER = re.compile(r"[^\"']"), re.compile("(?!)")
SIMILARITY = 0.7  # difflib's own measure of a near miss


# What precedes the address of a link or image in Markdown, HTML or braces, but never an address in running text.
BEFORE = re.compile(
    r"""(?:\]\(\s*<?|\]:\s*<?|[(,]\s*["']|<
    |\b(?:href|src|srcset|poster|action|cite|data|content|background|ping|set\s+\w+)\s*=\s*["']?)\Z""",
    re.I | re.X,
)
BEFORE_IN_MARKDOWN = re.compile(r"\](?:\(|:\s)\s*<?\Z")
TAG = re.compile(r"<[A-Za-z](?=[^<>]*\s)[^<>]*+\Z")
MAX_TAG_LINES = 5  # lines that a tag may span
LOOK_BACK = 40  # characters to check before an address
WORD = re.compile(r"[\w-]+")
INDENTS = ("    ", "\t")  # of code, and of text inside a list item


def split_address(raw: str) -> SplitResult:
    """An address in its parts. An invalid one, such as "http://[help", is all host, so it is no page of ours."""
    try:
        return urlsplit(raw)
    except ValueError:
        return SplitResult("", raw, "", "", "")


class Spelling(NamedTuple):
    """A way to write an address, and the characters beside which it is part of something longer."""

    words: str
    not_after: re.Pattern[str]
    not_before: re.Pattern[str] = re.compile(r"[\w/#.?=&-]")  # `x.md` is not found inside `x.md#y`
    dotted: bool = False  # it may begin with ./


def spellings(document: Document, raw: str) -> Iterator[Spelling]:
    """The ways in which an editor may have written an address that the generator has rewritten."""
    if source := re.fullmatch(r"#source-(.+)", raw):
        yield Spelling(source[1], UNQUOTED, UNQUOTED)
    yield Spelling(raw.strip() and raw, IN_ADDRESS)
    if (plain := unquote(raw)) != raw:
        yield Spelling(plain, IN_WORD)
    if "&" in raw:
        yield Spelling(raw.replace("&", "&amp;"), IN_WORD)
    parts = split_address(raw)
    if parts.scheme or parts.netloc or not raw.strip():
        return
    fragment = f"#{parts.fragment}" if parts.fragment else ""
    here = posixpath.dirname(document.page)
    full = posixpath.normpath(posixpath.join(here, unquote(parts.path) or "."))
    folder = posixpath.dirname(document.name) or "."
    for target in (full, f"{full}.md", f"{full}/index.md", "index.md" if full == "." else full):
        relative = posixpath.relpath(target.removesuffix("/index.html"), folder) + fragment
        yield Spelling(relative, IN_PATH, dotted=True)


def spans(text: str, spelling: Spelling) -> Iterator[tuple[int, int]]:
    """Where an address begins and ends that is written in this way."""
    known = places_of_words(text)
    rarest = min(WORD.finditer(spelling.words), key=lambda match: len(known.get(match[0], ())), default=None)
    if rarest is None:  # no word to find it by
        pattern = re.escape(spelling.words) or r"(?<=\]\()[ \t]*+(?=\))"
        places = [match.span() for match in re.finditer(pattern, text)]
    else:
        starts = [place - rarest.start() for place in known.get(rarest[0], ())]
        places = [(at, at + len(spelling.words)) for at in starts if at >= 0 and text.startswith(spelling.words, at)]
    for start, end in places:
        start -= 2 if spelling.dotted and text.startswith("./", max(start - 2, 0)) else 0
        if not (spelling.not_after.match(text[max(start - 1, 0) : start]) or spelling.not_before.match(text, end)):
            yield start, end


def end_of(text: str, spelling: Spelling, start: int) -> int | None:
    """Where an address ends that begins here and is written in this way; None if none does."""
    begin = start + 2 if spelling.dotted and text.startswith("./", start) else start
    if not spelling.words or not text.startswith(spelling.words, begin):
        return None
    end = begin + len(spelling.words)
    is_part = spelling.not_after.match(text[max(start - 1, 0) : start]) or spelling.not_before.match(text, end)
    return None if is_part else end


@functools.lru_cache(maxsize=64)  # a page may hold one address thousands of times
def offsets(text: str, spelling: Spelling) -> tuple[int, ...]:
    """Where an address begins that is written in this way."""
    return tuple([start for start, _ in spans(text, spelling)])


@functools.lru_cache(maxsize=64)
def places_of_words(text: str) -> dict[str, list[int]]:
    """The offsets of each word of a text."""
    places: dict[str, list[int]] = {}
    for match in WORD.finditer(text):
        places.setdefault(match[0], []).append(match.start())
    return places


def offsets_of(text: str, written: Iterable[Spelling]) -> tuple[int, ...]:
    """Offsets of an address in a text, by the first of these spellings that is there."""
    return next((found for spelling in written if (found := offsets(text, spelling))), ())


@functools.lru_cache(maxsize=64)
def link_offsets(text: str, written: tuple[Spelling, ...], number: int) -> tuple[int, ...]:
    """Offsets of an address in a text where it belongs to a link, by the first spellings that find at least `number`,
    the count in the built page. Code can look like a link: if there are more, indented ones count only if needed."""
    links: set[int] = set()
    for spelling in written:
        links |= {at for at in offsets(text, spelling) if BEFORE.search(text, max(0, at - LOOK_BACK), at)}
        if links and len(links) >= number:
            break
    found = tuple(sorted(links))
    if len(found) > number:
        outside = tuple([at for at in found if not text.startswith(INDENTS, text.rfind("\n", 0, at) + 1)])
        return outside if len(outside) >= number else found
    return found


def suggest_address(project: Project, document: Document, raw: str, like: str) -> str:
    """What to write in the Markdown in place of a broken address, "" if nothing stands out.

    `like` is what would be right in the built page, if that is known: "../get-help-now/#call-911".
    """
    parts = split_address(raw)
    here, fragment = posixpath.dirname(document.name), f"#{parts.fragment}" if parts.fragment else ""
    name = posixpath.normpath(posixpath.join(here, unquote(parts.path)))
    if new := project.moved.get(name):
        return posixpath.relpath(new, here or ".") + fragment
    if like.startswith("#") and parts.path:
        return (as_written(project, document, raw) or raw).split("#")[0] + like
    if like:
        return as_written(project, document, like) or like
    if parts.scheme or not parts.path.endswith(".md"):
        return ""
    near = similar_names(name, (one.name for one in project.documents), 1, SIMILARITY, project.effort)
    return posixpath.relpath(near[0], here or ".") + fragment if near else ""


def in_tag(document: Document, line: int, column: int) -> bool:
    """Whether this place of a page is inside a tag of HTML, which the generator leaves as it is."""
    *above, own = lines_of(document.text)[max(0, line - MAX_TAG_LINES) : line]
    return bool(TAG.search("\n".join([*above, own[: column - 1]])))


@functools.lru_cache(maxsize=64)
def lines_of(text: str) -> list[str]:
    """The lines of a text, kept because a file may have thousands of faults."""
    return text.split("\n")


def has_markdown_link(document: Document, raw: str) -> bool:
    """Whether a page has a Markdown link with exactly this address."""
    starts = offsets(document.text, Spelling(raw, IN_WORD))
    return any(BEFORE_IN_MARKDOWN.search(document.text, max(0, at - LOOK_BACK), at) for at in starts)


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
