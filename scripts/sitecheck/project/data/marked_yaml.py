"""YAML with the line and column of every key and value, so that a finding can point at the word to change."""

import functools
import re
from typing import Any, NamedTuple

import yaml

from ..mark import Mark
from .yaml_aliases import check_aliases
from .yaml_loader import Loader

# YAML takes the rest as a comment; without a space behind #, it was hardly meant so
COMMENT = re.compile(r"[ \t]++#\w")
MAY_COMMENT = re.compile(r"#(?<=[ \t]#)\w")
BRACKET = re.compile(r"[][{}]")
# The parser notices these at the end of the file; the place to fix is where they begin.
POINT_AT_START = ("while scanning a quoted scalar", "while scanning a simple key")
CONFLICT = re.compile(r"^(?:<{7} |={7}$|>{7} )", re.M)
CONFLICT_ADVICE = "two changes met here: keep the right lines, and take out those with <<<<<<<, ======= and >>>>>>>"
MAX_DEPTH = 200  # of brackets, quoted ones too; Python itself gives up at about 500
Keys = tuple[str | int, ...]  # the path to a value: ("locations", 0, "zip")


class BadYaml(Exception):
    """The text is not YAML. Carries the place, and what to do about it."""

    def __init__(self, mark: Mark, advice: str) -> None:
        super().__init__(advice)
        self.mark = mark
        self.advice = advice


class Marks(NamedTuple):
    """The places in a YAML text."""

    keys: dict[Keys, Mark]
    values: dict[Keys, Mark]
    cut: list[Mark]
    repeated: list[tuple[Keys, Mark]]


class MarkedYaml:
    """The data of a YAML text, and the place of every key and value; those are worked out when somebody asks."""

    def __init__(
        self, data: Any, root: yaml.Node | None = None, first_line: int = 1, text: str = "", suspect: bool = False
    ) -> None:
        self.data, self.root, self.first_line, self.text = data, root, first_line, text
        self.suspect = suspect  # something in it may be cut or repeated

    @functools.cached_property
    def marks(self) -> Marks:
        """All places."""
        return _marks(self.root, self.first_line - 1, self.text.splitlines())

    @property
    def values(self) -> dict[Keys, Mark]:
        """The place of every value."""
        return self.marks.values

    @functools.cached_property
    def places(self) -> dict[str, Mark]:
        """The first place of each value that is a string."""
        found: dict[str, Mark] = {}
        for keys, mark in self.values.items():
            if isinstance(value := self.value(*keys), str):
                found.setdefault(value, mark)
        return found

    @property
    def cut(self) -> list[Mark]:
        """Values that a # behind them cuts short: street: 26 Court St #808."""
        return self.marks.cut if self.suspect else []

    @property
    def repeated(self) -> list[tuple[Keys, Mark]]:
        """Keys that one mapping has twice: YAML silently keeps the last."""
        return self.marks.repeated if self.suspect else []

    def at(self, *keys: str | int) -> Mark:
        """The place of a value; of its nearest parent if it is missing."""
        while keys and keys not in self.values:
            keys = keys[:-1]
        return self.values.get(keys, Mark())

    def value(self, *keys: str | int) -> Any:
        """The value at a path, None if there is none."""
        data = self.data
        for step in keys:
            if isinstance(data, dict):
                data = data.get(str(step))
            elif isinstance(data, list) and isinstance(step, int) and step < len(data):
                data = data[step]
            else:
                return None
        return data

    def key_at(self, *keys: str | int) -> Mark:
        """The place of a key, or of the nearest key around it."""
        while keys and keys not in self.marks.keys:
            keys = keys[:-1]
        return self.marks.keys.get(keys) or self.at(*keys)


def parse(text: str, first_line: int = 1) -> MarkedYaml:
    """Read one YAML document that begins on `first_line` of its file. Raises BadYaml."""
    if brackets := too_deep(text):
        line = text.count("\n", 0, brackets) + first_line
        raise BadYaml(Mark(line, brackets - text.rfind("\n", 0, brackets)), "close the brackets that are open here")
    loader = Loader(text)
    try:
        node = loader.get_single_node()
        check_aliases(node, text)
        data = loader.construct_document(node) if node else None
    except (yaml.YAMLError, ValueError, TypeError, RecursionError) as error:
        raise _bad_yaml(error, text, first_line) from None
    finally:
        loader.dispose()
    return MarkedYaml(data, node, first_line, text, loader.repeats or bool(MAY_COMMENT.search(text)))


def _bad_yaml(error: Exception, text: str, first_line: int) -> BadYaml:
    """The place and the advice for an error of the parser."""
    from .yaml_advice import advice_for, advice_from_lines, value_above_a_list  # imported only when something is wrong

    if not isinstance(error, yaml.MarkedYAMLError):
        return BadYaml(Mark(first_line, 1), advice_for(str(error)))
    if met := CONFLICT.search(text):
        return BadYaml(Mark(text.count("\n", 0, met.start()) + first_line, 1), CONFLICT_ADVICE)
    mark = error.context_mark if error.context in POINT_AT_START else error.problem_mark or error.context_mark
    advice = advice_for(error.problem or error.context or "")
    if mark is None:
        return BadYaml(Mark(first_line, 1), advice)
    lines = text.splitlines()[: mark.line + 1] if mark.line < text.count("\n") else []
    written = [number for number, line in enumerate(lines) if line.strip()][-2:]
    if len(written) > 1 and (above := value_above_a_list(*(lines[number] for number in written))):
        advice = f"take the word {above[0]} away: the list below takes its place"
        return BadYaml(Mark(written[0] + first_line, above[1]), advice)
    return BadYaml(Mark(mark.line + first_line, mark.column + 1), advice_from_lines(lines[-2:], mark.column) or advice)


def too_deep(text: str) -> int:
    """The offset of a bracket inside MAX_DEPTH others, 0 if there is none: libyaml takes the square of their number."""
    depth = 0
    for bracket in BRACKET.finditer(text) if text.count("[") + text.count("{") > MAX_DEPTH else ():
        depth = max(depth + (1 if bracket[0] in "[{" else -1), 0)
        if depth > MAX_DEPTH:
            return bracket.start()
    return 0


def _marks(root: yaml.Node | None, shift: int, lines: list[str]) -> Marks:
    marks = Marks({}, {}, [], [])
    seen: set[int] = set()  # an alias brings the same node again
    waiting: list[tuple[Keys, yaml.Node]] = [((), root)] if root else []
    while waiting:
        keys, node = waiting.pop()
        marks.values[keys] = _mark(node, shift)
        if id(node) in seen:
            continue
        seen.add(id(node))
        end = node.end_mark
        behind = lines[end.line] if end.line < len(lines) else ""
        if isinstance(node, yaml.ScalarNode) and not node.style and COMMENT.match(behind, end.column):
            marks.cut.append(_mark(node, shift))
        if isinstance(node, yaml.SequenceNode):
            waiting += [((*keys, place), child) for place, child in reversed([*enumerate(node.value)])]
        elif isinstance(node, yaml.MappingNode):
            inside = [((*keys, str(key.value)), key, child) for key, child in node.value]
            for here, key, _ in inside:
                if here in marks.keys:
                    marks.repeated.append((here, _mark(key, shift)))
                marks.keys[here] = _mark(key, shift)
            waiting += [(here, child) for here, _, child in reversed(inside)]
    marks.repeated.sort(key=lambda pair: pair[1])
    return marks


def _mark(node: yaml.Node, shift: int) -> Mark:
    return Mark(node.start_mark.line + 1 + shift, node.start_mark.column + 1)
