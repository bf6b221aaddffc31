"""YAML as MkDocs reads it, in the fast parser written in C where PyYAML has it."""

import os
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml
from yaml import MappingNode, Node, ScalarNode, SequenceNode

if TYPE_CHECKING:
    from yaml import SafeLoader as FastLoader
else:
    FastLoader = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
STRING, LIST = FastLoader.DEFAULT_SCALAR_TAG, FastLoader.DEFAULT_SEQUENCE_TAG
TABLE, MERGE = FastLoader.DEFAULT_MAPPING_TAG, "tag:yaml.org,2002:merge"
KINDS = FastLoader.yaml_implicit_resolvers  # by the first character: (tag, pattern) of what is no string


class Unquoted(NamedTuple):
    """A date written without quotes: MkDocs and Zensical read it differently, so nothing accepts it."""

    text: str


class Loader(FastLoader):
    """Safe YAML, with !ENV as MkDocs reads it. Keys are strings, as in JSON; dates are kept as they were typed.

    Most nodes are strings, lists and tables. Their short way through `resolve` and `construct_object` halves the time.
    """

    repeats = False  # whether a mapping has fewer keys than were written

    def resolve(self, kind: type[Node], value: str, implicit: tuple[bool, bool]) -> Any:
        if kind is not ScalarNode:
            return LIST if kind is SequenceNode else TABLE
        if implicit[0] and (kinds := KINDS.get(value[:1])):
            for tag, pattern in kinds:
                if pattern.match(value):
                    return tag
        return STRING

    def construct_object(self, node: Node, deep: bool = False) -> Any:
        if node.tag == STRING and isinstance(node, ScalarNode):
            return node.value
        if node.tag == LIST and isinstance(node, SequenceNode):
            return [self.construct_object(child) for child in node.value]
        if node.tag == TABLE and isinstance(node, MappingNode):
            return self.construct_table(node)
        try:
            return super().construct_object(node, deep)
        except (ValueError, LookupError):  # !!int one, !!bool maybe, a number of 5,000 digits
            raise yaml.constructor.ConstructorError(None, None, "a value of another kind", node.start_mark) from None

    def construct_table(self, node: MappingNode) -> dict[str, Any]:
        """A mapping, with the mappings that it takes in by <<. Raises ConstructorError for a list as a key."""
        if any(key.tag == MERGE for key, _ in node.value):
            self.flatten_mapping(node)
        if odd := next((key for key, _ in node.value if not isinstance(key, ScalarNode)), None):
            raise yaml.constructor.ConstructorError(None, None, "found unhashable key", odd.start_mark)
        data = {key.value: self.construct_object(value) for key, value in node.value}
        self.repeats = self.repeats or len(data) < len(node.value)
        return data


def _env(loader: Loader, node: ScalarNode | MappingNode | SequenceNode) -> Any:
    """`!ENV NAME` or `!ENV [NAME, …, default]`: the first variable that is set, else the default."""
    if isinstance(node, SequenceNode):
        *names, default = loader.construct_sequence(node) or [None]
        names, default = (names, default) if names else ([default], None)
    else:
        names, default = [loader.construct_scalar(node)], None
    return next((os.environ[name] for name in names if isinstance(name, str) and name in os.environ), default)


Loader.add_constructor("!ENV", _env)
Loader.add_constructor("tag:yaml.org,2002:timestamp", lambda _, node: Unquoted(node.value))
Loader.add_multi_constructor("!", lambda *_: None)
Loader.add_multi_constructor("tag:yaml.org,2002:python/", lambda *_: None)
for kind in ("binary", "omap", "pairs", "set"):  # of which JSON, and so a schema, knows nothing
    Loader.add_constructor(f"tag:yaml.org,2002:{kind}", lambda *_: None)
