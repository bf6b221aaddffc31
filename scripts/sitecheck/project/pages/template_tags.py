"""Unpaired tags in a template: those of Jinja, and those of HTML between them."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from ...model.nearest import nearest
from ..same_length import blanked
from .paired_tags import MisreadMark, tags

COMMENT = re.compile(r"\{#(?:(?!\{#).)*?#\}|<!--(?:(?!<!--).)*?-->", re.S)
OPEN = re.compile(r"\{(?P<mark>[%{#])(?:(?![%}#]\}).)*?(?=\{[%{#]|\Z)", re.S)
PRINTED = re.compile(r"\{\{(?:(?!\{\{).)*?\}\}", re.S)
STRAY = re.compile(r"(?P<mark>[%}])\}")
STATEMENT = re.compile(r"\{%[-+]?\s*(?P<name>\w++)(?P<rest>(?:(?!\{%).)*?)%\}", re.S)
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
    # A page gets one branch: each may open a tag that is closed after {% endif %}.
    firsts = without(shown, ((branch.first_other, branch.end) for branch in branches))
    lasts = without(shown, ((branch.start, branch.last_other) for branch in branches))
    return sorted({*tags(firsts), *tags(lasts)})


def statements(shown: str) -> tuple[list[MisreadMark], list[Branch]]:
    """Unpaired statements, and every {% if %} that has an {% else %}."""
    wrong: list[MisreadMark] = []
    branches: list[Branch] = []
    opened: list[tuple[re.Match[str], list[int]]] = []
    waiting: Counter[str] = Counter()  # the names in `opened`
    for match in STATEMENT.finditer(shown):
        name = match["name"]
        if name in IN_PAIRS or (name == "set" and "=" not in match["rest"]):
            opened.append((match, []))
            waiting[name] += 1
        elif name in ("else", "elif") and opened:
            opened[-1][1].append(match.start())
        elif name.startswith("end"):
            if not waiting[name[3:]]:
                wrong.append(MisreadMark(match.start(), f"take this {{% {name} %}} away: nothing opens it"))
                continue
            while (last := opened.pop())[0]["name"] != name[3:]:
                waiting[last[0]["name"]] -= 1
                wrong.append(unclosed(last[0]))
            waiting[name[3:]] -= 1
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


def without(text: str, parts: Iterable[tuple[int, int]]) -> str:
    """A text with parts of it, which may overlap, blanked out, so that every offset still holds."""
    kept, at = [], 0
    for start, end in sorted(parts):
        start, end = max(start, at), max(end, at)
        kept += [text[at:start], blanked(text[start:end])]
        at = end
    return "".join(kept) + text[at:]


def blank(match: re.Match[str]) -> str:
    """Spaces for everything but the line ends."""
    return blanked(match[0])
