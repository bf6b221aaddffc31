"""AX: ids that a page gives to more than one element."""

from __future__ import annotations

from collections.abc import Iterator

from ...links.site import Site
from ...model.finding import Fault
from ..registry import rule


@rule("AX001", error="wrong place")
def id_duplicate(site: Site) -> Iterator[Fault]:
    """A link to the second part goes to the first, and a label speaks for the wrong field."""
    return repeated_ids(site, pointed=True)


@rule("AX015", advice="nothing leads there yet")
def id_repeated(site: Site) -> Iterator[Fault]:
    """A link to the second part, or a label for it, would lead to the first. So far nothing points there."""
    return repeated_ids(site, pointed=False)


def repeated_ids(site: Site, pointed: bool) -> Iterator[Fault]:
    """Later uses of an id that an earlier element has: of ids that something points to, or of the others."""
    for page in site.pages.values():
        seen: dict[str, tuple[int, int]] = {}
        for identity, line, column in page.id_places if page.repeated_ids else ():
            is_pointed = identity in page.pointed_ids or (page.path, identity) in site.links.pointed
            if identity in seen and is_pointed == pointed:
                message = repeated(identity, seen[identity], (line, column), site.project is not None)
                yield Fault(message, page.path, line, column, target=f"#{identity}", raw=identity)
            seen.setdefault(identity, (line, column))


def repeated(identity: str, first: tuple[int, int], here: tuple[int, int], has_project: bool) -> str:
    """What to do about an id at two places, or at one place that a browser repeats."""
    if first == here:  # WHATWG HTML, "reconstruct the active formatting elements"
        return f'the element with the id "{identity}" never ends, so a browser repeats it; write its end tag'
    where = f"line {first[0]}" if first[0] != here[0] else f"column {first[1]} of this line"
    if has_project:
        where = "this page"  # its Markdown has other lines
    return f'{where} has the id "{identity}" already; give this one another'
