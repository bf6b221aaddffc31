"""Run the rules on a site, and turn each fault into a finding at the place where an editor can fix it."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from .. import rules
from ..links.site import Site
from ..model.finding import Fault, Finding
from ..rules.registry import RULES, Rule
from ..scan.workers import spread
from .copies import without_copied_faults
from .exceptions import Exceptions, unused_exceptions
from .repeats import fold_repeats, merge_same_place

ORPHANED = "NV005"


class Selection(NamedTuple):
    """Which rules to run. Each process loads those that it runs: to load all takes a tenth of the time of a check."""

    select: tuple[str, ...]  # families ("LI") or codes ("LI002"); none means all
    ignore: tuple[str, ...]
    project: bool
    due: bool  # those of the calendar only
    external: bool
    blocking: bool  # those only that block the build

    def rules(self) -> list[Rule]:
        """The rules, sorted by code."""
        rules.load(self.project)
        return [rule for _, rule in sorted(RULES.items()) if self.has(rule)]

    def rules_of(self, modules: tuple[str, ...]) -> list[Rule]:
        """The rules that some modules declare."""
        names = rules.load_modules(modules)
        return [rule for rule in RULES.values() if rule.check.__module__ in names and self.has(rule)]

    def has(self, rule: Rule) -> bool:
        """Whether to run a rule."""
        return (
            rule.calendar == self.due
            and (self.project or not rule.needs_project)
            and (self.external or not rule.external)
            and (not self.select or rule.code.startswith(self.select))
            and not rule.code.startswith(self.ignore)
            and (rule.blocks_build or not self.blocking)
        )


def select_rules(
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    *,
    project: bool,
    due: bool = False,
    external: bool = True,
    blocking: bool = False,
) -> Selection:
    """Which rules to run, of the given families or codes."""
    return Selection(tuple(select), tuple(ignore), project, due, external, blocking)


def findings(site: Site, selected: Selection, jobs: int = 1) -> list[Finding]:
    """Every finding, sorted by file, line, column and code; what a template or a copy repeats is reported once.

    The rules run in `jobs` processes.
    """
    found: list[Finding] = []
    exceptions, used = Exceptions(site.options.ignore), 0
    for rows, covering in spread(
        rules.modules(selected.project), lambda modules: run(site, selected.rules_of(modules), exceptions), jobs
    ):
        found += map(Finding._make, rows)
        used |= covering
    found += unused_exceptions(site, used, selected.rules()) if site.options.ignore else ()
    return sorted(merge_same_place(found, len(site.pages)))


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
