"""Unpaired marks on a Markdown page: lists and tables run into text, bold and HTML tags without an end."""

import itertools
import re
from collections.abc import Iterator
from typing import NamedTuple

from .blocks import FENCE

ITEM = re.compile(r"^[ ]{0,3}(?:[-*+]|\d{1,2}[.)])[ \t]+\S")
ROW, BELOW_HEAD = re.compile(r"^[ ]{0,3}\|.*\|[ \t]*$"), re.compile(r"^[ ]{0,3}\|?[ \t]*:?-[ :|-]*+$")
# Empty lines, and lines that begin or end something. The search for a line end is fast.
CHUNK = re.compile(r"(\n(?:(?:[ \t]*\n)+|[ ]{0,3}(?:///|#{1,6})[^\n]*(?=\n|$)))")
CELL = re.compile(r"(?<!\\)\|")
STEP, HALF_IN = re.compile(r"[ ]{0,3}(?P<number>\d+)\.[ \t]"), re.compile(r"[ ]{1,3}(?:[-*+]|\d{1,2}\.)[ \t]+\S")
BOLD, BOLD_WORDS = re.compile(r"\*\*"), re.compile(r"\*\*(?P<words>(?:[^*]|\*(?!\*))+)\*\*")
ABBREVIATION = re.compile(r"\*\[[^\]\n]+\]:")
BOLD_LINE = re.compile(r"[ ]{0,3}(?:\*\*[^*]*[^*.!?:]\*\*|__[^_]*[^_.!?:]__)[ \t]*")
RULE_LINE = re.compile(r"[ ]{0,3}(?:\*[ \t]*){3,}")
SPACED = re.compile(r"(?:^|\s)\*(?:\s|$)|\*\s")  # a literal star, or a list marker
STAR = re.compile(r"(?<![*\\])\*(?!\*)")
TAG = re.compile(r"<(?P<end>/?)(?P<name>[a-z][a-z0-9]*)\b[^<>]*?(?P<whole>/?)>", re.I)
# Elements that need an end tag. Those whose end tag HTML makes optional, such as p and li, are left out.
IN_PAIRS = """
    a abbr article aside b blockquote button details dialog div dl em fieldset figure footer form h1 h2 h3 h4 h5 h6
    header i label main nav ol s section select small span strong sub sup svg table textarea u ul
"""
PAIRED = frozenset(IN_PAIRS.split())


class MisreadMark(NamedTuple):
    """A mark that will be misread: its offset in the text, and what to write."""

    offset: int
    advice: str


def chunks(words: str) -> Iterator[MisreadMark]:
    """Problems within paragraphs: a list or table run into text, accidental code, bold without an end."""
    offset, listed = 0, False
    for chunk in CHUNK.split(words):
        lines = chunk.split("\n")
        at = offset + len(lines[0]) + 1 if not lines[0].strip() else offset
        lines = lines if lines[0].strip() else lines[1:]
        if lines and lines[0].strip() and not FENCE.match(lines[0]) and not lines[0].startswith("#"):
            yield from _chunk(lines, at, listed)
            listed = bool(ITEM.match(lines[0])) or (listed and lines[0].startswith(("    ", "\t")))
        elif "".join(lines).strip():
            listed = False
        offset += len(chunk)


def _chunk(lines: list[str], at: int, listed: bool) -> Iterator[MisreadMark]:
    first = lines[0]
    if first.startswith(("    ", "\t")) and not listed and not first.lstrip().startswith(("<", "attrs:")):
        yield MisreadMark(
            at + len(first) - len(first.lstrip()), "take the spaces before this line away, or it is printed as code"
        )
        return
    starts = list(itertools.accumulate((len(line) + 1 for line in lines[:-1]), initial=at))
    yield from _lists(lines, starts, listed)
    yield from _tables(lines, starts)
    yield from _marks("\n".join(lines), at)


def _lists(lines: list[str], starts: list[int], listed: bool) -> Iterator[MisreadMark]:
    first = lines[0]
    if not ITEM.match(first) and not first.lstrip().startswith(("<", "|", ">", "/", "attrs:")):
        run_in = next((number for number, line in enumerate(lines) if ITEM.match(line)), 0)
        if run_in:
            yield MisreadMark(starts[run_in], "leave an empty line above the list, or its lines run into one")
    elif (step := STEP.match(first)) and int(step["number"]) != 1 and not listed:
        yield MisreadMark(
            starts[0] + step.start("number"),
            "this is printed as 1. again: put four spaces before each line between the steps, or begin with 1. here",
        )
    for number, line in enumerate(lines if ITEM.match(first) else ()):
        if HALF_IN.match(line) and (listed or number):
            yield MisreadMark(
                starts[number], "put four spaces before this line, or none: with fewer it is a line like those"
            )
            break


def _tables(lines: list[str], starts: list[int]) -> Iterator[MisreadMark]:
    head = next((number for number, line in enumerate(lines) if ROW.match(line)), None)
    if head is None:
        return
    if not any(BELOW_HEAD.match(line) for line in lines[head + 1 :]):
        if not head:
            yield MisreadMark(
                starts[0], "write a line | --- | --- | below the table's first, or it is printed with its bars"
            )
        return
    if head and not lines[0].lstrip().startswith("<"):
        yield MisreadMark(starts[head], "leave an empty line above the table, or it is printed with its bars")
        return
    if not lines[head].strip(" \t|"):
        yield MisreadMark(starts[head], "write in this row what each column holds: it is read out with each cell below")
    rows = [(start, cells(line)) for line, start in zip(lines[head:], starts[head:], strict=True) if ROW.match(line)]
    for start, width in rows:
        if width != rows[0][1]:
            advice = f"the table's first row has {rows[0][1]} cells and this one {width}: make them the same"
            yield MisreadMark(start, f"{advice}, and write a bar that belongs to the words as \\|")


def cells(row: str) -> int:
    """How many cells a row has."""
    return len(CELL.split(row.strip())) - 2


def _marks(text: str, at: int) -> Iterator[MisreadMark]:
    """Bold and italics without a beginning or an end, and a bold line in place of a heading."""
    if ("*" not in text and "__" not in text) or RULE_LINE.fullmatch(text):
        return
    if ABBREVIATION.match(text):
        yield MisreadMark(at, "abbreviations are not used here: write the words in the sentence, not on a line here")
        return
    if BOLD_LINE.fullmatch(text):
        yield MisreadMark(at, "write a heading as a line ## with its words, and its address behind them: {#two-words}")
    marks = [match.start() for match in BOLD.finditer(text)]
    if len(marks) % 2:
        yield MisreadMark(at + marks[-1], "put ** before and behind the words that are bold")
        return
    for match in BOLD_WORDS.finditer(text):
        if match["words"] != match["words"].strip():
            yield MisreadMark(at + match.start(), "take the spaces between ** and the bold words away")
    stars = [match.start() for match in STAR.finditer(text) if not SPACED.match(text, max(match.start() - 1, 0))]
    if len(stars) % 2:
        yield MisreadMark(at + stars[-1], "put * before and behind the words in italics, or take it away")


def tags(words: str) -> list[MisreadMark]:
    """Elements that are never closed; if there are none, end tags without a start tag."""
    opened: dict[str, list[re.Match[str]]] = {}
    stray: list[MisreadMark] = []
    for tag in TAG.finditer(words):
        name = tag["name"].lower()
        if name not in PAIRED or tag["whole"]:
            continue
        if not tag["end"]:
            opened.setdefault(name, []).append(tag)
        elif opened.get(name):
            opened[name].pop()
        else:
            stray.append(MisreadMark(tag.start(), f"take this {tag[0]} away: nothing opens it"))
    left = [(name, tag) for name, tags in opened.items() for tag in tags]
    return [
        MisreadMark(tag.start(), f"close this {' '.join(tag[0].split())} with </{name}>") for name, tag in left
    ] or stray
