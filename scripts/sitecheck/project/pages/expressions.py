"""Template expressions in a page's Markdown: {{ clinic.name }}, {{ cite("fda-2023") }}, {% include "…" %}."""

import functools
import re
from collections.abc import Iterator
from typing import NamedTuple

from ..mark import Mark
from ..model import Document
from ..same_length import blanked
from .markdown import mark_of

BRACES = re.compile(r"\{\{-?(?P<inside>(?:(?!\{\{|\}\}|\n\n).)*)(?P<end>\}\})?", re.S)
INCLUDE = re.compile(r"""\{%-?\s*include\s+["'](?P<path>[^"']+)["']""")
NAME = re.compile(r"\s*(?P<name>[A-Za-z_][\w.]*)\s*(?P<call>\()?")
BOUND = re.compile(r"\{%-?\s*(?:for|set|import\s+\S+\s+as)\s+(\w+)")
STRING = re.compile(r""""([^"\n]*)"|'([^'\n]*)'""")
MACRO = re.compile(
    r"^[ \t]*@[\w.]+\.macro\b.*\n(?:[ \t]*@.*\n)*[ \t]*def (?P<function>\w+)|\.macro\([^()]*[\"'](?P<name>\w+)[\"']\)",
    re.M,
)
# The macros plugin drops it; its marks are set in mkdocs.yml.
HIDDEN_COMMENT = re.compile(r"<!--#(?:(?!<!--#).)*?#-->", re.S)


class Expression(NamedTuple):
    """One pair of braces: a fact by its dotted name, or a call of a macro with its string arguments."""

    name: str  # "clinic.phone", "cite"; "" when nothing readable is there
    call: bool
    closed: bool
    mark: Mark
    strings: tuple[tuple[str, Mark], ...]
    inside: str


def expressions(document: Document) -> tuple[Expression, ...]:
    """Every {{ … }} of a page, in order. Those in code count, because the generator evaluates them too."""
    return _expressions(document.text)


@functools.lru_cache(maxsize=1024)  # many rules ask for the same pages
def _expressions(text: str) -> tuple[Expression, ...]:
    return tuple(_parse(HIDDEN_COMMENT.sub(lambda match: blanked(match[0]), text)))


def _parse(text: str) -> Iterator[Expression]:
    for match in BRACES.finditer(text):
        inside, start = match["inside"], match.start("inside")
        named = NAME.match(inside)
        mark = mark_of(text, start + named.start("name")) if named else mark_of(text, match.start())
        strings = tuple(
            (string[1] or string[2] or "", mark_of(text, start + string.start() + 1))
            for string in STRING.finditer(inside)
        )
        called = bool(named and named["call"])
        yield Expression(named["name"] if named else "", called, bool(match["end"]), mark, strings, inside)


def assigned_names(document: Document) -> set[str]:
    """Names that the page assigns itself: {% for day in … %}, {% set … %}."""
    return {"loop", *BOUND.findall(document.text)}


def includes(document: Document) -> list[tuple[str, Mark]]:
    """The path of every {% include "…" %} of a page, with its place."""
    return _includes(document.text)


@functools.lru_cache(maxsize=1024)  # a page may have many faults, and each is looked for in what it includes
def _includes(text: str) -> list[tuple[str, Mark]]:
    return [(match["path"], mark_of(text, match.start("path"))) for match in INCLUDE.finditer(text)]


def citations(document: Document) -> Iterator[tuple[str, Mark]]:
    """Every source id that a page cites."""
    for expression in expressions(document):
        if expression.name == "cite":
            yield from expression.strings


def macros_in(module: str) -> frozenset[str]:
    """The names that a macros module exports to pages: @env.macro above a function, or env.macro(…, "name")."""
    return frozenset(match["function"] or match["name"] for match in MACRO.finditer(module))
