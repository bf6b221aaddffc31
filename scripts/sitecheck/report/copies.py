"""Pages made of other pages, such as the one to print: a fault of the original is fixed, and reported, there."""

from __future__ import annotations

import functools
from collections.abc import Iterable

from ..links.site import Site
from ..model.finding import Fault
from ..model.patterns import Patterns

patterns_of = functools.lru_cache(maxsize=2)(Patterns)  # for every rule the same


def without_copied_faults(site: Site, faults: Iterable[Fault]) -> Iterable[Fault]:
    """The faults of one rule, less those on a copy (`copies` in the settings) that an original page has too."""
    if not site.options.copies:
        return faults
    patterns = patterns_of(tuple(pattern for pattern, _ in site.options.copies))
    faults = list(faults)
    copies = {page for page in {fault.page for fault in faults} if patterns.fitting(page)}
    original = {key for fault in faults if fault.page not in copies for key in fault_keys(fault)}
    return [fault for fault in faults if fault.page not in copies or original.isdisjoint(fault_keys(fault))]


def fault_keys(fault: Fault) -> set[str]:
    """Strings that identify a fault of a rule on any page: its target and its reference, or else its message.

    In a page made of others, a link to one of them (`beds/#down`) leads to a section of it (`#beds--down`).
    """
    return {fault.target, fault.raw.strip().strip("./#").replace("/#", "--")} - {""} or {fault.message}
