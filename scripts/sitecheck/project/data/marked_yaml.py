"""YAML with the line and column of every key and value, so that a finding can point at the word to change."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from .yaml_advice import advice_on, seen_in

CUT = re.compile(r"[ \t]+#\w")  # what follows is a comment to YAML, and hardly to whoever typed it without a space
Keys = tuple[str | int, ...]  # the way to a value: ("locations", 0, "zip")


class Mark(NamedTuple):
    """A place in a file. Both count from 1."""

    line: int
    column: int


class Unquoted(NamedTuple):
    """A date written without quotes: MkDocs and Zensical read it differently, so nothing accepts it."""

    text: str


class BadYaml(Exception):
    """The text is not YAML. Carries where, and what to do about it."""

    def __init__(self, mark: Mark, advice: str) -> None:
        super().__init__(advice)
        self.mark = mark
        self.advice = advice


@dataclass(frozen=True, slots=True)
class MarkedYaml:
    """What a YAML text says, and where it says it."""

    data: Any
    keys: dict[Keys, Mark] = field(default_factory=dict)
    values: dict[Keys, Mark] = field(default_factory=dict)
    cut: tuple[Mark, ...] = ()  # values that a # behind them cuts short: street: 26 Court St #808
    repeated: tuple[tuple[Keys, Mark], ...] = ()  # keys that one mapping holds twice: YAML keeps the last in silence

    def at(self, *way: str | int) -> Mark:
        """Where a value stands; for one that is not there, the nearest thing around it."""
        while way and way not in self.values:
            way = way[:-1]
        return self.values.get(way, Mark(1, 1))

    def value(self, *way: str | int) -> Any:
        """The value at a place, None when nothing is there."""
        data = self.data
        for step in way:
            if isinstance(data, dict):
                data = next((data[key] for key in data if str(key) == step), None)
            elif isinstance(data, list) and isinstance(step, int) and step < len(data):
                data = data[step]
            else:
                return None
        return data

    def key_at(self, *way: str | int) -> Mark:
        """Where a key stands, or else the nearest key around it."""
        while way and way not in self.keys:
            way = way[:-1]
        return self.keys.get(way) or self.at(*way)


def parse(text: str, first_line: int = 1) -> MarkedYaml:
    """Read one YAML document that begins on `first_line` of its file. Raises BadYaml."""
    loader = _Loader(text)
    shift = first_line - 1
    try:
        node = loader.get_single_node()
        data = loader.construct_document(node) if node else None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        if error.context in BEGUN:
            mark = error.context_mark
        place = Mark(mark.line + 1 + shift, mark.column + 1) if mark else Mark(first_line, 1)
        lines = text.splitlines()[: mark.line + 1] if mark and mark.line < text.count("\n") else []
        advice = seen_in(lines[-2:], mark.column if mark else 0) or advice_on(error.problem or error.context or "")
        if met := TWO_CHANGES.search(text):
            raise BadYaml(Mark(text.count("\n", 0, met.start()) + first_line, 1), TWO_CHANGES_MET) from None
        raise BadYaml(place, advice) from None
    except (yaml.YAMLError, ValueError, TypeError, RecursionError) as error:
        raise BadYaml(Mark(first_line, 1), advice_on(str(error))) from None
    finally:
        loader.dispose()
    read = MarkedYaml(data)
    return _marked(node, read, shift, text.splitlines()) if node else read


def _marked(root: yaml.Node, read: MarkedYaml, shift: int, lines: list[str]) -> MarkedYaml:
    cut: list[Mark] = []
    repeated: list[tuple[Keys, Mark]] = []
    seen: set[int] = set()  # an alias brings the same node again, without end if it holds itself
    waiting: list[tuple[Keys, yaml.Node]] = [((), root)]
    while waiting:
        way, node = waiting.pop()
        read.values[way] = _mark(node, shift)
        if id(node) in seen:
            continue
        seen.add(id(node))
        end = node.end_mark
        if isinstance(node, yaml.ScalarNode) and not node.style and CUT.match(lines[end.line][end.column :]):
            cut.append(_mark(node, shift))
        if isinstance(node, yaml.SequenceNode):
            waiting += [((*way, place), child) for place, child in reversed([*enumerate(node.value)])]
        elif isinstance(node, yaml.MappingNode):
            inside = [((*way, str(key.value)), key, child) for key, child in node.value]
            for here, key, _ in inside:
                if here in read.keys:
                    repeated.append((here, _mark(key, shift)))
                read.keys[here] = _mark(key, shift)
            waiting += [(here, child) for here, _, child in reversed(inside)]
    return MarkedYaml(read.data, read.keys, read.values, tuple(cut), tuple(sorted(repeated, key=lambda pair: pair[1])))


def _mark(node: yaml.Node, shift: int) -> Mark:
    return Mark(node.start_mark.line + 1 + shift, node.start_mark.column + 1)


if TYPE_CHECKING:
    from yaml import SafeLoader as FastLoader
else:
    FastLoader = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
# Where these end is known only at the end of the file; where they begin is what to mend.
BEGUN = ("while scanning a quoted scalar", "while scanning a simple key")
TWO_CHANGES = re.compile(r"^<{7} ", re.M)
TWO_CHANGES_MET = "two changes met here: keep the right lines, and take out those with <<<<<<<, ======= and >>>>>>>"


class _Loader(FastLoader):
    """Safe YAML, with !ENV as MkDocs reads it, and dates kept as they were typed."""


def _env(loader: _Loader, node: yaml.ScalarNode | yaml.MappingNode | yaml.SequenceNode) -> Any:
    """`!ENV NAME` or `!ENV [NAME, …, default]`: the first variable that is set, else the default."""
    if isinstance(node, yaml.SequenceNode):
        *names, default = loader.construct_sequence(node) or [None]
        names, default = (names, default) if names else ([default], None)
    else:
        names, default = [loader.construct_scalar(node)], None
    return next((os.environ[name] for name in names if isinstance(name, str) and name in os.environ), default)


_Loader.add_constructor("!ENV", _env)
_Loader.add_constructor("tag:yaml.org,2002:timestamp", lambda _, node: Unquoted(node.value))
_Loader.add_multi_constructor("!", lambda *_: None)
_Loader.add_multi_constructor("tag:yaml.org,2002:python/", lambda *_: None)
