"""A host's own redirects (_redirects of Netlify, Cloudflare Pages), which apply to addresses that are no file."""

from __future__ import annotations

import re

MAX_REDIRECTS = 20  # in a row (WHATWG Fetch, "HTTP-redirect fetch")
MAX_LENGTH = 8_000  # characters that a host must accept (RFC 9110, section 4.1); a looping pattern can exceed it
PLACEHOLDER = re.compile(r":([A-Za-z_]\w*)")


class HostRules:
    """The redirects of a site, by old path. A path may hold ":name" for one part and end with "/*"."""

    def __init__(self, rules: dict[str, str]) -> None:
        self.rules = rules
        self.patterns = [(pattern, new) for old, new in rules.items() if (pattern := pattern_of(old))]

    def target(self, path: str) -> str | None:
        """Where the host sends a path: by the rule for that very path, else by the first pattern that matches."""
        if new := self.rules.get(path) or self.rules.get(path.rstrip("/") or "/"):
            return new
        for pattern, new in self.patterns:
            if match := pattern.fullmatch(path):
                return fill(new, match.groupdict())
        return None


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
