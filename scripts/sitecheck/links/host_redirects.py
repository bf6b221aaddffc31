"""A host's own redirects (_redirects of Netlify, Cloudflare Pages): where they send an address that is no file."""

from __future__ import annotations

import re

HOPS = 20  # redirects that a browser follows in a row (WHATWG Fetch, "HTTP-redirect fetch")
LONGEST = 8_000  # characters of an address that a host takes (RFC 9110, section 4.1); patterns can make it grow
PLACEHOLDER = re.compile(r":([A-Za-z_]\w*)")


class HostRules:
    """Rules by old path: as it is written, or with "/*" at its end and ":name" for a part."""

    def __init__(self, rules: dict[str, str]) -> None:
        self.rules = rules
        self.patterns = [(pattern, new) for old, new in rules.items() if (pattern := pattern_of(old))]

    def target(self, path: str) -> str | None:
        """Where a path goes next; of the patterns the first that fits counts, with its placeholders filled in."""
        if new := self.rules.get(path) or self.rules.get(path.rstrip("/") or "/"):
            return new
        for pattern, new in self.patterns:
            if found := pattern.fullmatch(path):
                return filled(new, found.groupdict())
        return None


def filled(new: str, placeholders: dict[str, str | None]) -> str:
    """A new address with its placeholders replaced by what they matched in the old one."""
    return PLACEHOLDER.sub(lambda name: placeholders.get(name[1]) or "", new)


def pattern_of(old: str) -> re.Pattern[str] | None:
    """What an old path with placeholders fits; None for one without, or with a name twice."""
    rest = old.endswith("/*")
    parts = PLACEHOLDER.split(old.removesuffix("/*"))
    names = [*parts[1::2], "splat"] if rest else parts[1::2]
    if not names or len(set(names)) < len(names):
        return None
    words = [f"(?P<{part}>[^/]+)" if odd % 2 else re.escape(part) for odd, part in enumerate(parts)]
    return re.compile("".join(words) + ("(?:/(?P<splat>.*))?" if rest else "/?"), re.S)
