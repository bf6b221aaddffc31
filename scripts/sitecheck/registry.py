"""The rules, by code. A code is never given a second meaning."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from .finding import Fault

if TYPE_CHECKING:
    from .site import Site

Check = Callable[["Site"], Iterator[Fault]]


class Rule(NamedTuple):
    """One promise to the reader: its function's name says what is wrong, its docstring whom that hurts."""

    code: str
    name: str  # "fragment-missing"
    why: str
    check: Check
    project: bool  # needs docs/ and docs/_data, so --no-project leaves it out
    calendar: bool  # its answer changes with the date alone, so only --due runs it
    external: bool  # its answer comes from other hosts, so only --external runs it


RULES: dict[str, Rule] = {}


def rule(
    code: str, *, project: bool = False, calendar: bool = False, external: bool = False
) -> Callable[[Check], Check]:
    """Register a check under a code such as "LI002": two letters of its family, three digits."""

    def register(check: Check) -> Check:
        if code in RULES:
            raise ValueError(f"{code} is already a rule")
        name = check.__name__.replace("_", "-")
        RULES[code] = Rule(code, name, (check.__doc__ or "").strip(), check, project, calendar, external)
        return check

    return register
