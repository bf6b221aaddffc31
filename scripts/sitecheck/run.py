"""Ask every rule about a site, and put what they answer in the place where an editor can mend it."""

from __future__ import annotations

from collections.abc import Iterable

from . import rules as _rules  # noqa: F401  (fills the registry)
from .finding import Fault, Finding
from .registry import RULES, Rule
from .site import Site


def chosen(select: Iterable[str] = (), ignore: Iterable[str] = (), *, project: bool, due: bool = False) -> list[Rule]:
    """The rules to ask: families ("LI") or codes ("LI002"); `due` asks those of the calendar and no other."""
    select, ignore = tuple(select), tuple(ignore)
    return [
        rule
        for code, rule in sorted(RULES.items())
        if rule.calendar == due
        and (project or not rule.project)
        and (not select or code.startswith(select))
        and not code.startswith(ignore or ("-",))
    ]


def findings(site: Site, asked: Iterable[Rule]) -> list[Finding]:
    """Every finding, sorted by file, line, column and code; a fault that the frame repeats is told once."""
    found: list[Finding] = []
    for rule in asked:
        for fault, pages in once(rule.check(site)):
            found.append(placed(site, rule, fault, pages))
    return sorted(merged(found))


def once(faults: Iterable[Fault]) -> Iterable[tuple[Fault, int]]:
    """Fold what a template repeats: the first page of it stands for all, with their number."""
    first: dict[tuple, Fault] = {}
    pages: dict[tuple, set[str]] = {}
    for fault in faults:
        key: tuple = (fault.page, fault.line, fault.column, fault.file, fault.target, fault.message)
        if fault.frame:
            key = (fault.target or fault.message, fault.raw.lstrip("./"))
        first.setdefault(key, fault)
        pages.setdefault(key, set()).add(fault.page)
    return [(fault, len(pages[key])) for key, fault in first.items()]


def placed(site: Site, rule: Rule, fault: Fault, pages: int) -> Finding:
    """Where an editor mends the fault: the project's file if it can be found, else the built one."""
    file, line, column = fault.file, fault.line, fault.column
    if not file:
        file = f"{site.folder.as_posix()}/{fault.page}"
        if site.project is not None:
            from .place import place

            file, line, column = place(site, fault) or (file, line, column)
    return Finding(
        file, line, column, rule.code, rule.name, fault.message, fault.page, fault.target, fault.suggestion, pages
    )  # fmt: skip


def merged(found: list[Finding]) -> Iterable[Finding]:
    """One finding for what was placed at the same word of the same file."""
    import dataclasses

    by_place: dict[tuple, Finding] = {}
    for finding in found:
        key = (finding.file, finding.line, finding.column, finding.code, finding.target, finding.message)
        if (other := by_place.get(key)) is not None:
            finding = dataclasses.replace(other, pages=other.pages + finding.pages)
        by_place[key] = finding
    return by_place.values()
