"""Unpaired tags in a template: those of Jinja, and those of HTML between them."""

from __future__ import annotations

import re
from typing import NamedTuple

from ..data.schema import nearest
from .paired_tags import MisreadMark, tags

COMMENT = re.compile(r"\{#.*?#\}|<!--.*?-->", re.S)
OPEN = re.compile(r"\{(?P<mark>[%{#])(?:(?![%}#]\}).)*?(?=\{[%{#]|\Z)", re.S)
PRINTED = re.compile(r"\{\{.*?\}\}", re.S)
STRAY = re.compile(r"(?P<mark>[%}])\}")
STATEMENT = re.compile(r"\{%[-+]?\s*(?P<name>\w+)(?P<rest>.*?)%\}", re.S)
IN_PAIRS = ("if", "for", "block", "macro", "call", "filter", "with", "autoescape", "raw")
ALONE = ("set", "else", "elif", "include", "import", "from", "extends", *(f"end{name}" for name in (*IN_PAIRS, "set")))
ENDS = {"%": "%}", "{": "}}", "#": "#}"}


class Branch(NamedTuple):
    """An {% if %} with an {% else %} or {% elif %}: the offsets at which its parts begin and end."""

    start: int
    first_other: int
    last_other: int
    end: int


def broken_tags(text: str) -> list[MisreadMark]:
    """Unpaired braces and statements of a template; if there are none, unpaired HTML tags."""
    shown = COMMENT.sub(blank, text)
    if half := [
        MisreadMark(one.start(), f"close these braces with {ENDS[one['mark']]}") for one in OPEN.finditer(shown)
    ]:
        return half
    shown = PRINTED.sub(blank, shown)
    if strange := [one for one in STATEMENT.finditer(shown) if one["name"] not in (*IN_PAIRS, *ALONE)]:
        return [MisreadMark(one.start(), strange_advice(one["name"])) for one in strange]
    wrong, branches = statements(shown)
    shown = STATEMENT.sub(blank, shown)
    stray = [one for one in STRAY.finditer(shown) if one["mark"] == "}" or not wrong]
    wrong += [MisreadMark(one.start(), f"nothing opens this {one[0]}: fix the braces before it") for one in stray]
    if wrong:
        return sorted(wrong)
    firsts, lasts = shown, shown  # a page gets one branch: each may open a tag that is closed after {% endif %}
    for branch in branches:
        firsts = without(firsts, branch.first_other, branch.end)
        lasts = without(lasts, branch.start, branch.last_other)
    return sorted({*tags(firsts), *tags(lasts)})


def statements(shown: str) -> tuple[list[MisreadMark], list[Branch]]:
    """Unpaired statements, and every {% if %} that has an {% else %}."""
    wrong: list[MisreadMark] = []
    branches: list[Branch] = []
    opened: list[tuple[re.Match[str], list[int]]] = []
    for match in STATEMENT.finditer(shown):
        name = match["name"]
        if name in IN_PAIRS or (name == "set" and "=" not in match["rest"]):
            opened.append((match, []))
        elif name in ("else", "elif") and opened:
            opened[-1][1].append(match.start())
        elif name.startswith("end"):
            if name[3:] not in [one["name"] for one, _ in opened]:
                wrong.append(MisreadMark(match.start(), f"take this {{% {name} %}} away: nothing opens it"))
                continue
            while (last := opened.pop())[0]["name"] != name[3:]:
                wrong.append(unclosed(last[0]))
            if others := last[1]:
                branches.append(Branch(last[0].end(), others[0], others[-1], match.start()))
    return wrong + [unclosed(match) for match, _ in opened], branches


def unclosed(match: re.Match[str]) -> MisreadMark:
    """The advice for a statement without an end."""
    return MisreadMark(match.start(), f"close this {{% {match['name']} %}} with {{% end{match['name']} %}}")


def strange_advice(name: str) -> str:
    """Advice for an unknown statement."""
    near = nearest(name, (*IN_PAIRS, *ALONE))
    return f"there is no {{% {name} %}}" + (f": write {{% {near} %}}" if near else ": take it away")


def without(text: str, start: int, end: int) -> str:
    """A text with a part of it blanked out, so that every offset still holds."""
    return text[:start] + re.sub(r"[^\n]", " ", text[start:end]) + text[end:]


def blank(match: re.Match[str]) -> str:
    """Spaces for everything but the line ends."""
    return re.sub(r"[^\n]", " ", match[0])
