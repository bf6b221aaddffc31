"""Exceptions: a fault that somebody looked at and accepted, with the reason in writing."""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from .finding import Fault
from .options import Options
from .registry import Rule

T = TypeVar("T", bound=tuple[Rule, Fault])


def kept(options: Options, found: Iterable[tuple[Rule, Fault]]) -> Iterator[tuple[Rule, Fault]]:
    """The faults that no exception covers."""
    for rule, fault in found:
        if not any(covers(exception, rule, fault) for exception in options.ignore):
            yield rule, fault


def covers(exception: Mapping[str, str], rule: Rule, fault: Fault) -> bool:
    """Whether an exception is about this fault: all that it names must fit."""
    return (
        rule.code.startswith(exception.get("code", ""))
        and fits(exception.get("page", "*"), fault.page, fault.file)
        and fits(exception.get("target", "*"), fault.target, fault.raw.strip())
        and fits(exception.get("written", "*"), fault.raw.strip())
    )


def fits(pattern: str, *texts: str) -> bool:
    """Whether one of the texts fits: "*" stands for any run of characters, "re:" begins a regular expression."""
    if pattern == "*":
        return True
    if pattern.startswith("re:"):
        return any(re.search(pattern[3:], text) for text in texts)
    return any(fnmatch.fnmatchcase(text, pattern) for text in texts)
