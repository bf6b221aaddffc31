"""EX: exceptions and known faults that no longer match anything."""

from __future__ import annotations

from collections.abc import Iterator

from ..links.site import Site
from ..model.finding import Fault
from ..model.patterns import Patterns
from .registry import rule


@rule("EX001", advice="no reader meets it")
def exception_unused() -> None:  # known only when every other rule has run: see report.exceptions.unused_exceptions
    """An exception for a fault that is gone would hide the same fault when it comes back."""


@rule("EX002", advice="no reader meets it")
def baseline_outdated() -> None:  # see report.baseline.compare
    """A fixed fault must not come back unseen, so the list of known faults only ever shrinks."""


@rule("EX003", advice="no reader meets it")
def copy_missing(site: Site) -> Iterator[Fault]:
    """Once the name of a copy has changed, each mistake in the words it repeats is reported twice."""
    fitting = Patterns(pattern for pattern, _ in site.options.copies).fitting(*site.pages)
    for index, (pattern, line) in enumerate(site.options.copies):
        if not fitting >> index & 1:
            message = f'no page is called "{pattern}"; write the name that the copy has now, or take this away'
            yield Fault(message, file="pyproject.toml", line=line)
