"""Exceptions: faults that somebody looked at and accepted, with the reason in writing (pyproject.toml)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from ..links.site import Site
from ..model.finding import Fault, Finding
from ..model.patterns import Patterns, bits_of
from ..rules.registry import RULES, Rule


class Exceptions:
    """The exceptions of a project, and in `used` which of them apply to a fault, a bit each."""

    def __init__(self, entries: Sequence[Mapping[str, str]]) -> None:
        self.used = 0
        self.codes = bits_of(entry.get("code", "") for entry in entries)
        self.page, self.target, self.written = (
            Patterns(entry.get(key, "") for entry in entries) for key in ("page", "target", "written")
        )

    def not_accepted(self, rule: Rule, faults: Iterable[Fault]) -> Iterator[Fault]:
        """Yield the faults of a rule that no exception covers: every key that one has must match."""
        faults = list(faults)
        if not self.codes or not faults:
            yield from faults
            return
        of_rule = sum(bits for code, bits in self.codes.items() if rule.code.startswith(code))
        for fault in faults:
            raw = fault.raw.strip()
            covering = of_rule & self.page.fitting(fault.page, fault.file)
            covering = covering and covering & self.target.fitting(fault.target, raw) & self.written.fitting(raw)
            self.used |= covering
            if not covering:
                yield fault


def unused_exceptions(site: Site, used: int, rules: Iterable[Rule]) -> Iterator[Finding]:
    """Yield a finding for each exception that covers nothing, if all the rules it could apply to have run."""
    codes = {rule.code for rule in rules}
    no_project = site.project is None
    optional = {
        code for code, rule in RULES.items() if rule.calendar or rule.external or (rule.needs_project and no_project)
    }
    for index, exception in enumerate(site.options.ignore):
        named = {code for code in RULES if code.startswith(exception.get("code", ""))}
        if not used >> index & 1 and codes and (named - optional or named) <= codes:
            message = f"this exception covers nothing ({exception.get('reason', '')}); remove it"
            yield RULES["EX001"].finding(Fault(message, file="pyproject.toml", line=int(exception.get("line", 1))))
