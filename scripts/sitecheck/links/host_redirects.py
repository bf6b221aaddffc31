"""A host's own redirects (_redirects of Netlify, Cloudflare Pages), which apply to addresses that are no file."""

from __future__ import annotations

import heapq
import re
from typing import NamedTuple
from urllib.parse import unquote

ANY = ":"
PLACEHOLDER = re.compile(r":([A-Za-z_]\w*)")


class HostRules:
    """The redirects of a site, by old path. A path may hold ":name" for one part and end with "/*"."""

    def __init__(self, rules: dict[str, str]) -> None:
        self.rules = rules = {unquote(old): new for old, new in rules.items()}
        self.tree = Node({}, [])
        for place, (old, new) in enumerate(rules.items()):
            if pattern := pattern_of(old):
                node = self.tree
                for part in old.removesuffix("/*").rstrip("/").split("/")[1:]:
                    key = ANY if PLACEHOLDER.search(part) else part
                    node = node.below.setdefault(key, Node({}, []))
                node.rules.append((place, pattern, new))

    def target(self, path: str) -> str | None:
        """Where the host sends a path: by the rule for that very path, else by the first pattern that matches."""
        if new := self.rules.get(path) or self.rules.get(path.rstrip("/") or "/"):
            return new
        nodes, likely = [self.tree], [self.tree.rules]
        for part in path.split("/")[1:]:
            nodes = [node.below[key] for node in nodes for key in (part, ANY) if key in node.below]
            likely += [node.rules for node in nodes]
        for _, pattern, new in heapq.merge(*likely):  # in the order of the file, one by one: the first is enough
            if match := pattern.fullmatch(path):
                return fill(new, match.groupdict())
        return None


class Node(NamedTuple):
    """The patterns that share the first parts of their paths, so that a path is compared with few of thousands."""

    below: dict[str, Node]  # the next part of the path, or ANY where it holds a placeholder
    rules: list[tuple[int, re.Pattern[str], str]]  # (place in the file, pattern, new address) that end here


def fill(new: str, placeholders: dict[str, str | None]) -> str:
    """Replace the placeholders of a new address by what they matched in the old one."""
    return PLACEHOLDER.sub(lambda match: placeholders.get(match[1]) or "", new)


def pattern_of(old: str) -> re.Pattern[str] | None:
    """The regular expression of an old path with placeholders; None without any, or if a name occurs twice."""
    splat = old.endswith("/*")
    parts = PLACEHOLDER.split(old.removesuffix("/*"))
    names = [*parts[1::2], "splat"] if splat else parts[1::2]
    if not names or len(set(names)) < len(names):
        return None
    pieces = [f"(?P<{part}>[^/]+)" if index % 2 else re.escape(part) for index, part in enumerate(parts)]
    return re.compile("".join(pieces) + ("(?:/(?P<splat>.*))?" if splat else "/?"), re.S)
