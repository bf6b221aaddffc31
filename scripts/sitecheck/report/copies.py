"""Pages made of other pages, such as one to print: what is wrong with an original is mended there, and told there."""

from __future__ import annotations

from collections.abc import Iterable

from ..links.site import Site
from ..model.finding import Fault
from ..model.patterns import fits


def told_once(site: Site, faults: Iterable[Fault]) -> Iterable[Fault]:
    """The faults of one rule, without those of a copy that an original has too."""
    if not site.options.copies:
        return faults
    patterns = [pattern for pattern, _ in site.options.copies]
    copies = {page for page in site.pages if any(fits(pattern, page) for pattern in patterns)}
    faults = list(faults)
    told = {sign for fault in faults if fault.page not in copies for sign in signs(fault)}
    return [fault for fault in faults if fault.page not in copies or told.isdisjoint(signs(fault))]


def signs(fault: Fault) -> set[str]:
    """What tells a fault from others of its rule on any page: where a reference leads, its words; else the message.

    In a page made of others, a link to one of them (`beds/#down`) leads to a part of it (`#beds--down`).
    """
    return {fault.target, fault.raw.strip().strip("./#").replace("/#", "--")} - {""} or {fault.message}
