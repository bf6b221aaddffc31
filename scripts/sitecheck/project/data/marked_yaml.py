"""YAML with the line and column of every key and value, so that a finding can point at the word to change."""

from __future__ import annotations

import functools
import os
import re
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from .yaml_advice import advice_for, advice_from_lines, value_above_a_list
from .yaml_aliases import check_aliases

# YAML takes the rest as a comment; without a space behind #, it was hardly meant so
COMMENT = re.compile(r"(?<![ \t])[ \t]++#\w")
BRACKET = re.compile(r"[][{}]")
MAX_DEPTH = 200  # of brackets, quoted ones too; Python itself gives up at about 500
Keys = tuple[str | int, ...]  # the path to a value: ("locations", 0, "zip")


class Mark(NamedTuple):
    """A place in a file; by itself its start. Both count from 1."""

    line: int = 1
    column: int = 1


class Unquoted(NamedTuple):
    """A date written without quotes: MkDocs and Zensical read it differently, so nothing accepts it."""

    text: str


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


class Composed(NamedTuple):
    """A YAML text as its parser leaves it."""

    data: Any
    root: yaml.Node | None = None
    first_line: int = 1
    text: str = ""
    suspect: bool = False  # something in it may be cut or repeated


class MarkedYaml(Composed):
    """The data of a YAML text, and the place of every key and value; those are worked out when somebody asks."""

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
                data = next((data[key] for key in data if str(key) == step), None)
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
    loader = _Loader(text)
    shift = first_line - 1
    try:
        node = loader.get_single_node()
        check_aliases(node, text)
        data = loader.construct_document(node) if node else None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        if error.context in POINT_AT_START:
            mark = error.context_mark
        place = Mark(mark.line + 1 + shift, mark.column + 1) if mark else Mark(first_line)
        lines = text.splitlines()[: mark.line + 1] if mark and mark.line < text.count("\n") else []
        problem = error.problem or error.context or ""
        advice = advice_from_lines(lines[-2:], mark.column if mark else 0) or advice_for(problem)
        if met := CONFLICT.search(text):
            raise BadYaml(Mark(text.count("\n", 0, met.start()) + first_line), CONFLICT_ADVICE) from None
        if len(lines) > 1 and (above := value_above_a_list(*lines[-2:])):
            word, column = above
            advice = f"take the word {word} away: the list below takes its place"
            raise BadYaml(Mark(place.line - 1, column), advice) from None
        raise BadYaml(place, advice) from None
    except (yaml.YAMLError, ValueError, TypeError, RecursionError) as error:
        raise BadYaml(Mark(first_line), advice_for(str(error))) from None
    finally:
        loader.dispose()
    return MarkedYaml(data, node, first_line, text, loader.repeats or bool(COMMENT.search(text)))


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


if TYPE_CHECKING:
    from yaml import SafeLoader as FastLoader
else:
    FastLoader = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
# The parser notices these at the end of the file; the place to fix is where they begin.
POINT_AT_START = ("while scanning a quoted scalar", "while scanning a simple key")
CONFLICT = re.compile(r"^<{7} ", re.M)
CONFLICT_ADVICE = "two changes met here: keep the right lines, and take out those with <<<<<<<, ======= and >>>>>>>"
STRING = FastLoader.DEFAULT_SCALAR_TAG


class _Loader(FastLoader):
    """Safe YAML, with !ENV as MkDocs reads it, and dates kept as they were typed.

    Most nodes are strings. Their short way through `resolve` and `construct_object` halves the time.
    """

    repeats = False  # whether a mapping has fewer keys than were written

    def resolve(self, kind: type[yaml.Node], value: str, implicit: tuple[bool, bool]) -> str:
        if kind is not yaml.ScalarNode:
            return str(super().resolve(kind, value, implicit))  # type: ignore[no-untyped-call]  # PyYAML has no types here
        for tag, pattern in self.yaml_implicit_resolvers.get(value[:1], ()) if implicit[0] else ():
            if pattern.match(value):
                return str(tag)
        return STRING

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        is_string = node.tag == STRING and isinstance(node, yaml.ScalarNode)
        try:
            return node.value if is_string else super().construct_object(node, deep)
        except (ValueError, LookupError):  # !!int one, !!bool maybe, a number of 5,000 digits
            raise yaml.constructor.ConstructorError(None, None, "a value of another kind", node.start_mark) from None

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        data: dict[Any, Any] = super().construct_mapping(node, deep)
        self.repeats = self.repeats or len(data) < len(node.value)
        return data


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
for kind in ("binary", "omap", "pairs", "set"):  # of which JSON, and so a schema, knows nothing
    _Loader.add_constructor(f"tag:yaml.org,2002:{kind}", lambda *_: None)
