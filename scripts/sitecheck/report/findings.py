"""Run the rules on a site, and turn each fault into a finding at the place where an editor can fix it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .. import rules
from ..links.site import Site
from ..model.finding import Fault, Finding
from ..rules.registry import RULES, Rule
from .copies import without_copied_faults
from .exceptions import not_accepted, unused_exceptions

# The same fault outside <main> on two pages comes from the theme; inside, from a template or a macro if it is
# on so many pages that nobody wrote it by hand.
MANY_PAGES = 5
MANY_OF_ALL = 0.3  # of the site's pages
ORPHANED = "NV005"


def select_rules(
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    *,
    project: bool,
    due: bool = False,
    external: bool = True,
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
        and not code.startswith(ignore or ("-",))
    ]


def findings(site: Site, selected: Iterable[Rule]) -> list[Finding]:
    """Every finding, sorted by file, line, column and code; what a template or a copy repeats is reported once."""
    selected = list(selected)
    found: list[Finding] = []
    used: set[int] = set()
    for rule in selected:
        faults = not_accepted(site.options, rule, of_pages(site, rule, rule.faults(site, site.project)), used)
        folded = fold_repeats(site, without_copied_faults(site, faults))
        found += [finding_of(site, rule, fault, pages) for fault, pages in folded]
    found += unused_exceptions(site, used, selected)
    return sorted(merge_same_place(found, len(site.pages)))


def of_pages(site: Site, rule: Rule, faults: Iterable[Fault]) -> Iterator[Fault]:
    """The faults without those of templates that nobody is led to, of which it is enough that they lie there."""
    return (fault for fault in faults if rule.code == ORPHANED or fault.page not in site.stray_templates)


def fold_repeats(site: Site, faults: Iterable[Fault]) -> Iterator[tuple[Fault, int]]:
    """Yield each fault with the number of pages that have it: one stands for all that a template repeats."""
    groups: dict[tuple[str, ...], list[Fault]] = {}
    for fault in faults:
        groups.setdefault(repeat_key(fault), []).append(fault)
    for group in groups.values():
        pages = {fault.page for fault in group}
        repeated = len(pages) > 1 if group[0].frame else len(pages) >= max(MANY_PAGES, len(site.pages) * MANY_OF_ALL)
        fold = repeated and not group[0].file and not group[0].single
        separate = dict.fromkeys(written_by_hand(site, group) if fold else group)
        for fault in separate:
            yield fault, 1
        if rest := [fault for fault in group if fault not in separate]:
            yield rest[0], len({fault.page for fault in rest})


def repeat_key(fault: Fault) -> tuple[str, ...]:
    """What the faults that one line of a template causes on many pages have in common."""
    # A template writes one address in as many ways as there are depths of folders: its target is the same.
    raw = fault.raw.strip()
    bare = raw.lstrip("./")
    what = fault.message.replace(raw, bare) if bare else fault.message
    if fault.frame and fault.target:
        what = fault.target.removeprefix(fault.page)  # a section of each page itself
    return fault.file, what, bare, str(fault.frame)


def written_by_hand(site: Site, group: list[Fault]) -> list[Fault]:
    """Those of the same faults that stand in the Markdown of each page; a template's stand in none."""
    if site.project is None or group[0].frame:
        return []
    from .locate import is_in_markdown

    return [fault for fault in group if is_in_markdown(site, fault)] if is_in_markdown(site, group[0]) else []


def finding_of(site: Site, rule: Rule, fault: Fault, pages: int) -> Finding:
    """The fault at the place where an editor fixes it: the project's file if that is found, else the built one."""
    file, line, column = fault.file, fault.line, fault.column
    suggestion = fault.suggestion
    if not file:
        file = f"{site.name}/{fault.page}"
        if site.project is not None:
            from .locate import place, suggestion_for

            file, line, column = place(site, fault) or (file, line, column)
            suggestion = suggestion_for(site, fault, file, line, column)
    return Finding(
        file, line, column, rule.code, rule.name, fault.message, fault.page, fault.target, suggestion, pages,
        fault.raw, fault.safe, rule.level,
    )  # fmt: skip


def merge_same_place(found: list[Finding], page_count: int) -> Iterable[Finding]:
    """One finding for all of a rule at the same word of the same file; their pages add up, to `page_count` at most."""
    by_place: dict[tuple[str, int, int, str, str], Finding] = {}
    for finding in found:
        what = finding.target or finding.message
        if finding.suggestion and finding.file.endswith(".md"):  # one link of a page, found in two ways
            what = finding.suggestion
        key = (finding.file, finding.line, finding.column, finding.code, what)
        if (other := by_place.get(key)) is not None:
            pages = other.pages + (finding.pages if finding.page != other.page else 0)
            finding = other._replace(pages=min(pages, page_count or 1))
        by_place[key] = finding
    return by_place.values()
