"""Run the rules on a site, and turn each fault into a finding at the place where an editor can fix it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from .. import rules
from ..links.site import Site
from ..model.finding import Fault, Finding
from ..rules.registry import RULES, Rule
from ..scan.workers import spread
from .copies import without_copied_faults
from .exceptions import Exceptions, unused_exceptions
from .repeats import fold_repeats, merge_same_place

ORPHANED = "NV005"


def select_rules(
    select: Iterable[str] = (), ignore: Iterable[str] = (), *, project: bool, due: bool = False, external: bool = True
) -> list[Rule]:
    """The rules to run, of the given families ("LI") or codes ("LI002"); `due` runs those of the calendar only."""
    rules.load(project)
    select, ignore = tuple(select), tuple(ignore)
    return [
        rule
        for code, rule in sorted(RULES.items())
        if rule.calendar == due
        and (project or not rule.needs_project)
        and (external or not rule.external)
        and (not select or code.startswith(select))
        and not code.startswith(ignore)
    ]


def findings(site: Site, selected: Iterable[Rule], jobs: int = 1) -> list[Finding]:
    """Every finding, sorted by file, line, column and code; what a template or a copy repeats is reported once.

    The rules run in `jobs` processes, those of one module in the same: they share what they work out.
    """
    selected = list(selected)
    modules = [list(rules) for _, rules in groupby(sorted(selected, key=module_of), module_of)]
    found: list[Finding] = []
    exceptions, used = Exceptions(site.options.ignore), 0
    for rows, covering in spread(modules, lambda rules: run(site, rules, exceptions), jobs):
        found += map(Finding._make, rows)
        used |= covering
    found += unused_exceptions(site, used, selected)
    return sorted(merge_same_place(found, len(site.pages)))


def module_of(rule: Rule) -> str:
    """The module that declares a rule."""
    return rule.check.__module__


def run(site: Site, selected: Iterable[Rule], exceptions: Exceptions) -> tuple[list[tuple[Any, ...]], int]:
    """The findings of some rules, and the exceptions that were used so far, in types that marshal can write."""
    found: list[tuple[Any, ...]] = []
    for rule in selected:
        # Of templates that nobody is led to, it is enough that they lie there.
        ignored = site.stray_templates if rule.code != ORPHANED else ()
        faults = (fault for fault in rule.faults(site, site.project) if fault.page not in ignored)
        folded = fold_repeats(site, without_copied_faults(site, exceptions.not_accepted(rule, faults)))
        found += [tuple(finding_of(site, rule, fault, pages)) for fault, pages in folded]
    return found, exceptions.used


def finding_of(site: Site, rule: Rule, fault: Fault, pages: int) -> Finding:
    """The fault at the place where an editor fixes it: the project's file if that is found, else the built one."""
    if not fault.file:
        fault = fault._replace(file=f"{site.name}/{fault.page}")
        if site.project is not None:
            from .locate import in_source

            fault = in_source(site, site.project, fault)
    return rule.finding(fault, pages)
