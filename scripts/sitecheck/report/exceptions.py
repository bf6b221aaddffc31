"""Exceptions: a fault that somebody looked at and accepted, with the reason in writing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ..links.site import Site
from ..model.finding import Fault, Finding
from ..model.options import Options
from ..model.patterns import fits
from ..rules.registry import RULES, Rule


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


def unused(site: Site, used: set[int], asked: Iterable[Rule]) -> Iterator[Finding]:
    """Exceptions that covered nothing, of those whose rules were all asked."""
    codes = {one.code for one in asked}
    no_project = site.project is None
    seldom = {code for code, one in RULES.items() if one.calendar or one.external or (one.needs_project and no_project)}
    about = RULES["EX001"]
    for number, exception in enumerate(site.options.ignore):
        named = {code for code in RULES if code.startswith(exception.get("code", ""))}
        if number not in used and codes and (named - seldom or named) <= codes:
            message = f"this exception covers nothing ({exception.get('reason', '')}); take it away"
            yield Finding("pyproject.toml", int(exception.get("line", 1)), 1, about.code, about.name, message)
