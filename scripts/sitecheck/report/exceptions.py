"""Exceptions: faults that somebody looked at and accepted, with the reason in writing (pyproject.toml)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ..links.site import Site
from ..model.finding import Fault, Finding
from ..model.options import Options
from ..model.patterns import fits
from ..rules.registry import RULES, Rule


def not_accepted(
    options: Options, rule: Rule, faults: Iterable[Fault], used: set[int] | None = None
) -> Iterator[Fault]:
    """Yield the faults of a rule that no exception covers; add the index of every exception that applies to `used`."""
    for fault in faults:
        covering = [index for index, exception in enumerate(options.ignore) if covers(exception, rule, fault)]
        if used is not None:
            used.update(covering)
        if not covering:
            yield fault


def covers(exception: Mapping[str, str], rule: Rule, fault: Fault) -> bool:
    """Whether an exception applies to a fault: every key that it has must match."""
    return (
        rule.code.startswith(exception.get("code", ""))
        and fits(exception.get("page", "*"), fault.page, fault.file)
        and fits(exception.get("target", "*"), fault.target, fault.raw.strip())
        and fits(exception.get("written", "*"), fault.raw.strip())
    )


def unused_exceptions(site: Site, used: set[int], rules: Iterable[Rule]) -> Iterator[Finding]:
    """Yield a finding for each exception that covers nothing, if all the rules it could apply to have run."""
    codes = {rule.code for rule in rules}
    no_project = site.project is None
    optional = {
        code for code, rule in RULES.items() if rule.calendar or rule.external or (rule.needs_project and no_project)
    }
    own_rule = RULES["EX001"]
    for index, exception in enumerate(site.options.ignore):
        named = {code for code in RULES if code.startswith(exception.get("code", ""))}
        if index not in used and codes and (named - optional or named) <= codes:
            message = f"this exception covers nothing ({exception.get('reason', '')}); remove it"
            line = int(exception.get("line", 1))
            yield Finding("pyproject.toml", line, 1, own_rule.code, own_rule.name, message, level=own_rule.level)
