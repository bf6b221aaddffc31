"""Patterns of the settings: what an exception or a list of copies names."""

from __future__ import annotations

import fnmatch
import re


def fits(pattern: str, *texts: str) -> bool:
    """Whether one of the texts fits: "*" stands for any run of characters, "re:" begins a regular expression."""
    if pattern == "*":
        return True
    if pattern.startswith("re:"):
        return any(re.search(pattern[3:], text) for text in texts)
    return any(fnmatch.fnmatchcase(text, pattern) for text in texts)
