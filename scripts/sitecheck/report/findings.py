"""Ask every rule about a site, and put what they answer in the place where an editor can mend it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from .. import rules
from ..links.site import Site
from ..model.finding import Fault, Finding
from ..rules.registry import RULES, Rule
from .copies import told_once
from .exceptions import kept, unused

# The same fault outside <main> on two pages comes from the theme; inside, from a template or a macro if it is
# on so many pages that nobody wrote it by hand.
OFTEN = 5
SHARE = 0.3


def chosen(
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    *,
    project: bool,
    due: bool = False,
    external: bool = True,
) -> list[Rule]:
    """The rules to ask: families ("LI") or codes ("LI002"); `due` asks those of the calendar and no other."""
    rules.load(project)
    select, ignore = tuple(select), tuple(ignore)
    return [
        rule
        for code, rule in sorted(RULES.items())
        if rule.calendar == due
        and (project or not rule.needs_project)
        and (external or not rule.external)
        and (not select or code.startswith(select))
        and not code.startswith(ignore or ("-",))
    ]


def findings(site: Site, asked: Iterable[Rule]) -> list[Finding]:
    """Every finding, sorted by file, line, column and code; what the frame or a copy repeats is told once."""
    asked = list(asked)
    found: list[Finding] = []
    used: set[int] = set()
    for rule in asked:
        faults = (
            fault for _, fault in kept(site.options, ((rule, fault) for fault in rule.faults(site, site.project)), used)
        )
        once_told = once(site, told_once(site, faults))
        found += [placed(site, rule, fault, pages) for fault, pages in once_told]
    found += unused(site, used, asked)
    return sorted(merged(found, len(site.pages)))


def once(site: Site, faults: Iterable[Fault]) -> Iterator[tuple[Fault, int]]:
    """Fold what a template repeats: one fault stands for all, with the number of pages that have it."""
    alike: dict[tuple[str, ...], list[Fault]] = {}
    for fault in faults:
        # A template writes one address in as many ways as there are depths of folders: what it leads to is the same.
        raw = fault.raw.strip()
        bare = raw.lstrip("./")
        what = fault.message.replace(raw, bare) if bare else fault.message
        if fault.frame and fault.target:
            what = fault.target.removeprefix(fault.page)  # a part of each page itself
        key = (fault.file, what, bare, str(fault.frame))
        alike.setdefault(key, []).append(fault)
    for group in alike.values():
        on = {fault.page for fault in group}
        many = len(on) > 1 if group[0].frame else len(on) >= max(OFTEN, len(site.pages) * SHARE)
        each = dict.fromkeys(typed(site, group) if many and not group[0].file and not group[0].single else group)
        for fault in each:
            yield fault, 1
        if rest := [fault for fault in group if fault not in each]:
            yield rest[0], len({fault.page for fault in rest})


def typed(site: Site, group: list[Fault]) -> list[Fault]:
    """Those of like faults that somebody wrote into the words of each page; what a template writes is in none."""
    if site.project is None or group[0].frame:
        return []
    from .locate import is_typed

    return [fault for fault in group if is_typed(site, fault)] if is_typed(site, group[0]) else []


def placed(site: Site, rule: Rule, fault: Fault, pages: int) -> Finding:
    """Where an editor mends the fault: the project's file if it can be found, else the built one."""
    file, line, column = fault.file, fault.line, fault.column
    suggestion = fault.suggestion
    if not file:
        file = f"{site.name}/{fault.page}"
        if site.project is not None:
            from .locate import place, suggested

            file, line, column = place(site, fault) or (file, line, column)
            suggestion = suggested(site, fault, file, line, column)
    return Finding(
        file, line, column, rule.code, rule.name, fault.message, fault.page, fault.target, suggestion, pages,
        fault.raw, fault.safe,
    )  # fmt: skip


def merged(found: list[Finding], pages: int) -> Iterable[Finding]:
    """One finding for what was placed at the same word of the same file, on `pages` pages at the most."""
    by_place: dict[tuple[Any, ...], Finding] = {}
    for finding in found:
        what = finding.target or finding.message
        if finding.suggestion and finding.file.endswith(".md"):  # one link of a page, found on two ways
            what = finding.suggestion
        key = (finding.file, finding.line, finding.column, finding.code, what)
        if (other := by_place.get(key)) is not None:
            more = other.pages + (finding.pages if finding.page != other.page else 0)
            finding = other._replace(pages=min(more, pages or 1))
        by_place[key] = finding
    return by_place.values()
