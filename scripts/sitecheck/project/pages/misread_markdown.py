"""Markdown marks that are almost right, which the generator prints literally or reads as something else."""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from ..model import Document
from ..same_length import blanked
from .blocks import FENCE
from .expressions import BRACES
from .markdown import CODE, body, mark_of, may_have_code
from .near_markdown import OF_A_LIST, near_misses
from .paired_tags import MisreadMark, chunks, tags

WORDS_OF_OTHERS = "\ue000"
ELEMENT = re.compile(r"</?(?P<name>[a-z][a-z0-9-]*)(?=[\s>/])[^<>\n]*>", re.I)
# HTML's elements, and what a drawing that stands in a page is made of.
ELEMENTS = """
    a abbr address article aside audio b bdi bdo blockquote br button canvas caption cite code col colgroup data
    datalist dd del details dfn dialog div dl dt em embed fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6
    header hgroup hr i iframe img input ins kbd label legend li link main map mark math menu meta meter nav noscript
    object ol optgroup option output p picture pre progress q rp rt ruby s samp script search section select slot
    small source span strong style sub summary sup table tbody td template textarea tfoot th thead time title tr
    track u ul var video wbr svg g path rect circle ellipse line polyline polygon text tspan use defs desc symbol
"""
KNOWN = frozenset(ELEMENTS.split())
REST_IS_EMPTY = re.compile(r"[^\S\n]*+(?:\n|\Z)")
TOO_MANY = re.compile(r"\{\{\{|\}\}\}")
PRINTED = re.compile(rf"{BRACES.pattern}|\{{%(?:(?!\{{%).)*?%\}}", re.S)
NAMED = re.compile(r"(?<!\])\[[^\[\]\n]+\]\[(?P<name>[^\[\]\n]+)\]")
NAME = re.compile(r"^[ ]{0,3}\[([^\]\n]+)\]:", re.M)
HEADING = re.compile(r"^(?P<level>#{1,6})[ \t]*[^#\s].*$", re.M)
ADDRESS = re.compile(r"(?P<at>\{[^\n]*|\(#[\w -]+\))[ \t]*$")
OPENED, LAST_WORD = re.compile(r"\((?=[\"'“‘)])"), re.compile(r"\w+\Z")
MAX_NAME = 40  # letters of a macro's name
GIVEN = re.compile(r"\{:?(?:[ \t]*(?:#[\w-]++|\.[\w-]++|[\w-]++=(?:\"[^\"]*\"|[\w-]++)))+[ \t]*\}")
PAGE_INSIDE = re.compile(r"\A.{3,}?(?:markdown|md)[ \t]*\n|^[ \t]*(?:#{1,6}|[-*])[ \t]|\{\{", re.M)
# A sentence below the start of the page, or below a line that neither is in a list nor begins one.
INDENTED = re.compile(
    r"(?:\A|^(?![-*+] |\d+\. )\S[^\n]*\n)\s*\n(?:[ ]{4,}|[ ]{0,3}\t)(?=[A-Z][^\n]*[.:?!][ \t]*$)", re.M
)
INDENT = re.compile(r"\n[ \t]+[A-Z]")
OPTION = re.compile(r"^[ \t]*(?P<at>[a-z]{3,6}[ \t]*:[ \t]*\{.*)$")


def misread_marks(document: Document, macros: frozenset[str]) -> list[MisreadMark]:
    """The marks on a page that will not be read as they were meant, in order, at most one a line."""
    shown = body(document)
    words = PRINTED.sub(_masked, shown)
    found = [MisreadMark(match.start(), "two braces are enough") for match in TOO_MANY.finditer(shown)]
    for match in INDENTED.finditer(words) if INDENT.search(words) else ():
        found.append(MisreadMark(match.end(), "take the spaces before this away, or it is printed as code"))
    parts = (
        near_misses(words),
        _macros_outside(words, macros),
        _names(words),
        _headings(words),
        _options(words),
        chunks(words),
        tags(words),
        _elements(words),
        _fences(document.text),
    )
    for part in parts:
        found += part
    by_line: dict[int, MisreadMark] = {}
    for one in sorted(found):
        by_line.setdefault(mark_of(words, one.offset).line, one)
    return [one for line, one in by_line.items() if not _continues(one, by_line.get(line - 1))]


def _continues(one: MisreadMark, before: MisreadMark | None) -> bool:
    """Whether this is the next line of a list whose first line is reported already."""
    return before is not None and one.advice == before.advice and one.advice in OF_A_LIST


def _masked(match: re.Match[str]) -> str:
    """Braces masked: with spaces where they fill a line, else with a character that stands for their output."""
    text, before = match.string, match.start()
    while before and text[before - 1] != "\n" and text[before - 1].isspace():
        before -= 1
    alone = (not before or text[before - 1] == "\n") and REST_IS_EMPTY.match(text, match.end())
    return blanked(match[0], " " if alone else WORDS_OF_OTHERS)


def _elements(words: str) -> Iterator[MisreadMark]:
    """Words between < and >, which a browser takes for an unknown element."""
    for match in ELEMENT.finditer(words):
        if match["name"].lower() not in KNOWN:
            yield MisreadMark(match.start(), f"write {match[0]} without < and >, or no reader sees it")


def _fences(text: str) -> Iterator[MisreadMark]:
    for match in CODE.finditer(text) if may_have_code(text) else ():
        if not (fence := match["fence"]):
            continue
        if not re.search(rf"\n{fence}[ \t]*\Z", match[0]):
            yield MisreadMark(
                match.start(), f"take this {fence} away, or write another below what is to be shown as code"
            )
        elif PAGE_INSIDE.search(match[0]):
            advice = f"take this {fence} away, and that below: all between them is printed as it stands"
            yield MisreadMark(match.start(), advice)


def _macros_outside(words: str, macros: frozenset[str]) -> Iterator[MisreadMark]:
    for match in OPENED.finditer(words):
        name = LAST_WORD.search(words, max(match.start() - MAX_NAME, 0), match.start())
        if name and name[0] in macros:
            yield MisreadMark(name.start(), f"put it between two pairs of braces: {{{{ {name[0]}(…) }}}}")


def _names(words: str) -> Iterator[MisreadMark]:
    """Reference links whose label the page does not define."""
    known = {name.casefold() for name in NAME.findall(words)} if "][" in words else set()
    for match in NAMED.finditer(words) if "][" in words else ():
        if match["name"].casefold() not in known:
            yield MisreadMark(
                match.start("name"),
                "write the address in round brackets, [words](address): no line of this page says which is meant",
            )


def _headings(words: str) -> Iterator[MisreadMark]:
    """A second heading of level 1, and a malformed id behind a heading."""
    first = True
    for match in HEADING.finditer(words):
        if match["level"] == "#":
            if not first:
                yield MisreadMark(match.start(), "write ## here: a page has one heading with a single #, its title")
            first = False
        if (address := ADDRESS.search(match[0])) and not GIVEN.fullmatch(address["at"].rstrip()):
            yield MisreadMark(
                match.start() + address.start("at"),
                "write the section's address as {#two-words}, the heading's last part",
            )


def _options(words: str) -> Iterator[MisreadMark]:
    """Malformed fences of blocks, and lines below a fence that are not read as its attributes."""
    offset, opened, ends = 0, False, [0]  # ends: how many slashes may end a block here, the innermost last
    for line in words.split("\n"):
        fence = FENCE.match(line) if "///" in line else None
        if fence and fence["kind"]:
            ends.append(len(fence["slashes"]))
        elif fence and ends == [0]:
            yield MisreadMark(offset, "take this line away: it ends no block, and is printed as it stands")
        elif fence:
            ends = ends[: ends.index(len(fence["slashes"]))] if len(fence["slashes"]) in ends else [0]
        if not fence and "///" in line and (almost := re.match(r" {0,3}(/{3,})", line)):
            ends.append(len(almost[1]))
            yield MisreadMark(
                offset, "write the block's kind, a bar and its title: /// urgent | Call your prescriber today if:"
            )
        if opened and (option := OPTION.match(line)) and not _is_attribute_line(line):
            yield MisreadMark(
                offset + option.start("at"),
                "write this with four spaces before it: attrs: {id: two-words}, and leave the next line empty",
            )
        opened = bool(fence and fence["kind"])
        offset += len(line) + 1


def _is_attribute_line(line: str) -> bool:
    if not re.match(r"(?: {4}|\t)attrs: ", line):
        return False
    try:
        return isinstance(yaml.safe_load(line.strip())["attrs"], dict)
    except yaml.YAMLError:
        return False
