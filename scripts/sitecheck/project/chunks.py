"""Lines and tags that belong together on a Markdown page, and those that have lost the other half."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from .blocks import FENCE

ITEM = re.compile(r"^[ ]{0,3}(?:[-*+]|\d{1,2}[.)])[ \t]+\S")
ROW, BELOW_HEAD = re.compile(r"^[ ]{0,3}\|.*\|[ \t]*$"), re.compile(r"^[ ]{0,3}\|?[ \t]*:?-+[ :|-]*$")
BOLD = re.compile(r"\*\*")
TAG = re.compile(r"<(?P<end>/?)(?P<name>[a-z][a-z0-9]*)\b[^<>]*?(?P<whole>/?)>", re.I)
# Elements that nothing closes but their own end. Those that HTML itself closes, such as p and li, are left out.
PAIRED = re.compile(
    r"a|abbr|article|aside|b|blockquote|button|details|dialog|div|dl|em|fieldset|figure|footer|form|h[1-6]|header|i"
    r"|label|main|nav|ol|s|section|select|small|span|strong|su[bp]|svg|table|textarea|u|ul",
    re.I,
)


class Misread(NamedTuple):
    """A mark that is almost one: its offset in the page's text, and what to write."""

    offset: int
    advice: str


def chunks(words: str) -> Iterator[Misread]:
    """Lines that stand together: a list or table run into other words, code nobody meant, bold without end."""
    offset, listed = 0, False
    for chunk in re.split(r"(\n(?:[ \t]*\n)+|(?:^|\n)[ ]{0,3}(?:///|#{1,6})[^\n]*(?=\n|$))", words):
        lines = chunk.split("\n")
        at = offset + len(lines[0]) + 1 if not lines[0].strip() else offset
        lines = lines if lines[0].strip() else lines[1:]
        if lines and lines[0].strip() and not FENCE.match(lines[0]) and not lines[0].startswith("#"):
            yield from _chunk(lines, at, listed)
            listed = bool(ITEM.match(lines[0])) or (listed and lines[0].startswith((" ", "\t")))
        elif "".join(lines).strip():
            listed = False
        offset += len(chunk)


def _chunk(lines: list[str], at: int, listed: bool) -> Iterator[Misread]:
    first = lines[0]
    if first.startswith(("    ", "\t")) and not listed and not first.lstrip().startswith(("<", "attrs:")):
        yield Misread(
            at + len(first) - len(first.lstrip()), "take the spaces before this line away, or it is printed as code"
        )
        return
    starts = [at + sum(len(line) + 1 for line in lines[:number]) for number in range(len(lines))]
    if not ITEM.match(first) and not first.lstrip().startswith(("<", "|", ">", "/", "attrs:")):
        run_in = next((number for number, line in enumerate(lines) if ITEM.match(line)), 0)
        if run_in:
            yield Misread(starts[run_in], "leave an empty line above the list, or its lines run into one")
    if ROW.match(first) and not any(BELOW_HEAD.match(line) for line in lines[1:]):
        yield Misread(at, "write a line | --- | --- | below the table's first, or it is printed with its bars")
    marks = [match.start() for match in BOLD.finditer("\n".join(lines))]
    if len(marks) % 2:
        yield Misread(at + marks[-1], "put ** before and behind the words that are bold")


def tags(words: str) -> list[Misread]:
    """Elements that are opened and never closed; where there is none, those that are closed and were never opened."""
    opened: dict[str, list[re.Match[str]]] = {}
    stray: list[Misread] = []
    for tag in TAG.finditer(words):
        name = tag["name"].lower()
        if not PAIRED.fullmatch(name) or tag["whole"]:
            continue
        if not tag["end"]:
            opened.setdefault(name, []).append(tag)
        elif opened.get(name):
            opened[name].pop()
        else:
            stray.append(Misread(tag.start(), f"take this {tag[0]} away: nothing opens it"))
    left = [(name, tag) for name, tags in opened.items() for tag in tags]
    return [
        Misread(tag.start(), f"close this {' '.join(tag[0].split())} with </{name}>") for name, tag in left
    ] or stray
