"""Marks of Markdown that are almost right: the generator prints them as they stand, and the words lose their sense."""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from .blocks import FENCE
from .braces import BRACES
from .chunks import Misread, chunks, tags
from .markdown import body
from .model import Document

A_BOX = "write a box as a line /// warning | Its title, then its words, then a line ///"
A_LINE = "begin each line of a list with a hyphen and a plain space"
# What to look for, and what to write instead. The place is that of the match, or of its group `at`.
ALMOST = [
    (
        r"^<{7}(?!<)",
        "two changes met here: keep the right words and take out the lines with <<<<<<<, ======= and >>>>>>>",
    ),
    (
        r"^(?:[ ]{4,}|[ ]*\t)[ \t]*(?P<at>/{3,}[ \t]*[\w-]+)",
        "take the spaces before /// away, or it is printed as code",
    ),
    (r"^[ ]{0,3}(?P<at>//(?!/)[ \t]*[a-z-]+[ \t]*(?:\||$))", "begin the block with three slashes: ///"),
    (r"^!{3}[ \t]*[\w\"]|^>[ \t]*\[![\w-]+\]", A_BOX),
    (r"^[ \t]*(?P<at>[•◦▪‣●○■·\uf0b7])", A_LINE),
    (r"^[ ]{0,3}(?P<at>[-*+]\u00a0|[–—][ \u00a0\t])", A_LINE),
    (r"\]\((?=[^)\n]*$)", "close the address with )"),
    (r"\[[^\[\]\n]*\](?P<at>[ \t]+)\((?:[^()\s]*\.md\b|https?:|tel:|#)", "take out the space between ] and ("),
    (r"\([^()\n]+\)\[(?:[^\[\]\n]*\.md\b|https?:|tel:|#)[^\[\]\n]*\]", "write [words](address), not (words)[address]"),
    (r"\[\^[^\]\n]+\]", 'cite a source as {{ cite("its-id") }}: the list at the page\'s end makes itself'),
    (r"</?(?:o:p|font|center|st1:\w+)\b[^>]*>", "take this out: paste words as plain text, without what Word adds"),
]
PATTERNS = [(re.compile(pattern, re.M), advice) for pattern, advice in ALMOST]
TOO_MANY = re.compile(r"\{\{\{|\}\}\}")
PRINTED = re.compile(rf"{BRACES.pattern}|\{{%.*?%\}}", re.S)
NAMED = re.compile(r"(?<!\])\[[^\[\]\n]+\]\[(?P<name>[^\[\]\n]+)\]")
NAME = re.compile(r"^[ ]{0,3}\[([^\]\n]+)\]:", re.M)
HEADING = re.compile(r"^(?P<level>#{1,6})[ \t]*[^#\s].*$", re.M)
ADDRESS = re.compile(r"(?P<at>\{[^\n]*|\(#[\w -]+\))[ \t]*$")
GIVEN = re.compile(r"\{:?(?:[ \t]*(?:#[\w-]+|\.[\w-]+|[\w-]+=(?:\"[^\"]*\"|[\w-]+)))+[ \t]*\}")
OPTION = re.compile(r"^[ \t]*(?P<at>[a-z]{3,6}[ \t]*:[ \t]*\{.*)$")


def misread(document: Document, macros: frozenset[str]) -> list[Misread]:
    """What stands on a page and will not be read as it was meant, in order, one a line."""
    shown = body(document)
    words = PRINTED.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), shown)
    found = [Misread(match.start(), "two braces are enough") for match in TOO_MANY.finditer(shown)]
    for pattern, advice in PATTERNS:
        for match in pattern.finditer(words):
            found.append(Misread(match.start("at" if "at" in pattern.groupindex else 0), advice))
    parts = (
        _macros_outside(words, macros),
        _names(words),
        _headings(words),
        _options(words),
        chunks(words),
        tags(words),
    )
    for part in parts:
        found += part
    by_line: dict[int, Misread] = {}
    for one in sorted(found):
        by_line.setdefault(words.count("\n", 0, one.offset), one)
    return list(by_line.values())


def _macros_outside(words: str, macros: frozenset[str]) -> Iterator[Misread]:
    for match in re.finditer(rf"\b(?:{'|'.join(sorted(macros))})\((?=[\"'“‘)])", words) if macros else ():
        yield Misread(match.start(), f"put it between two pairs of braces: {{{{ {match[0]}…) }}}}")


def _names(words: str) -> Iterator[Misread]:
    """Links by a name that the page gives to no address."""
    known = {name.casefold() for name in NAME.findall(words)}
    for match in NAMED.finditer(words):
        if match["name"].casefold() not in known:
            yield Misread(
                match.start("name"),
                "write the address in round brackets, [words](address): no line of this page says which is meant",
            )


def _headings(words: str) -> Iterator[Misread]:
    """A second heading of level 1, and an address behind a heading that is none."""
    first = True
    for match in HEADING.finditer(words):
        if match["level"] == "#":
            if not first:
                yield Misread(match.start(), "write ## here: a page has one heading with a single #, its title")
            first = False
        if (address := ADDRESS.search(match[0])) and not GIVEN.fullmatch(address["at"].rstrip()):
            yield Misread(
                match.start() + address.start("at"),
                "write the section's address as {#two-words}, the heading's last part",
            )


def _options(words: str) -> Iterator[Misread]:
    """Blocks whose first line is not a fence, and what stands below a fence and is not read as its attributes."""
    offset, opened = 0, False
    for line in words.split("\n"):
        fence = FENCE.match(line)
        if not fence and re.match(r" {0,3}///", line):
            yield Misread(
                offset, "write the block's kind, a bar and its title: /// urgent | Call your prescriber today if:"
            )
        if opened and (option := OPTION.match(line)) and not _reads(line):
            yield Misread(
                offset + option.start("at"),
                "write this with four spaces before it: attrs: {id: two-words}, and leave the next line empty",
            )
        opened = bool(fence and fence["kind"])
        offset += len(line) + 1


def _reads(line: str) -> bool:
    if not re.match(r"(?: {4}|\t)attrs: ", line):
        return False
    try:
        return isinstance(yaml.safe_load(line.strip())["attrs"], dict)
    except yaml.YAMLError:
        return False
