"""Exceptions: a fault that somebody looked at and accepted, with the reason in writing."""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Iterable, Iterator, Mapping

from .finding import Fault, Finding
from .options import Options
from .registry import RULES, Rule, rule
from .site import Site


@rule("EX001")
def exception_unused(_site: Site) -> Iterator[Fault]:
    """What is excepted and no longer there would hide the same fault when it comes back."""
    yield from ()  # known only when every other rule has been asked: see `unused`


@rule("EX002")
def baseline_outdated(_site: Site) -> Iterator[Fault]:
    """A fault that was mended may not come back unseen, so the list of known faults only ever shrinks."""
    yield from ()  # see baseline.compare


def kept(
    options: Options, found: Iterable[tuple[Rule, Fault]], used: set[int] | None = None
) -> Iterator[tuple[Rule, Fault]]:
    """The faults that no exception covers; the numbers of exceptions that cover something go into `used`."""
    for asked, fault in found:
        covering = [number for number, one in enumerate(options.ignore) if covers(one, asked, fault)]
        if used is not None:
            used.update(covering)
        if not covering:
            yield asked, fault


def covers(exception: Mapping[str, str], asked: Rule, fault: Fault) -> bool:
    """Whether an exception is about this fault: all that it names must fit."""
    return (
        asked.code.startswith(exception.get("code", ""))
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


def unused(site: Site, used: set[int], asked: Iterable[Rule]) -> Iterator[Finding]:
    """Exceptions that covered nothing, of those whose rules were all asked."""
    codes = {one.code for one in asked}
    no_project = site.project is None
    seldom = {code for code, one in RULES.items() if one.calendar or one.external or (one.project and no_project)}
    about = RULES["EX001"]
    for number, exception in enumerate(site.options.ignore):
        named = {code for code in RULES if code.startswith(exception.get("code", ""))}
        if number not in used and codes and (named - seldom or named) <= codes:
            message = f"this exception covers nothing ({exception.get('reason', '')}); take it away"
            yield Finding("pyproject.toml", int(exception.get("line", 1)), 1, about.code, about.name, message)
