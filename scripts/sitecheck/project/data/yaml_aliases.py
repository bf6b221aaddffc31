"""YAML whose aliases would never end, or stand for more values than anybody wrote."""

from __future__ import annotations

import re
from itertools import chain

import yaml
from yaml.composer import ComposerError

MAX_VALUES = 100_000
ANCHOR = re.compile(r"&(?<![^\s,\[{:]&)\S")  # the start of a value may give it a name: [&a …]


def check_aliases(root: yaml.Node | None, text: str) -> None:
    """Raise ComposerError at an alias inside what it names, and at aliases of aliases for more than MAX_VALUES."""
    if root and ANCHOR.search(text) and "*" in text:
        values_in(root, {})


def values_in(node: yaml.Node, known: dict[int, int]) -> int:
    """How many values a node stands for, each alias counted anew. `known` has 0 for a node that is not finished."""
    if isinstance(node, yaml.ScalarNode):
        return 1
    if known.get(id(node)) == 0:
        raise ComposerError(None, None, "an alias inside what it names", node.start_mark)
    if id(node) not in known:
        known[id(node)] = 0
        inside = chain.from_iterable(node.value) if isinstance(node, yaml.MappingNode) else node.value
        known[id(node)] = 1 + sum([values_in(one, known) for one in inside])
        if known[id(node)] > MAX_VALUES:
            raise ComposerError(None, None, "an alias of too many values", node.start_mark)
    return known[id(node)]
