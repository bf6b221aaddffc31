"""Equal faults become one finding with the number of pages: a template, a macro or a data file repeats them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..links.site import Site
from ..model.finding import Fault, Finding

# The same fault outside <main> on two pages comes from the theme; inside, from a template or a macro if it is
# on so many pages that nobody wrote it by hand.
MANY_PAGES = 5
MANY_OF_ALL = 0.3  # of the site's pages


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
