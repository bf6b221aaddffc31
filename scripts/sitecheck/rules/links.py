"""LI: links and what they point to."""

from __future__ import annotations

from collections.abc import Iterator

from ..finding import Fault
from ..registry import rule
from ..site import Site


@rule("LI001")
def page_missing(site: Site) -> Iterator[Fault]:
    """A reader who follows the link gets "not found" instead of help."""
    for trouble in site.links.of("missing"):
        yield Fault(f"{trouble.ref.raw} is not in the site", trouble.page, trouble.ref.line, trouble.ref.column,
                    target=trouble.path, raw=trouble.ref.raw)


@rule("LI002")
def fragment_missing(site: Site) -> Iterator[Fault]:
    """A reader who follows the link lands at the top of a long page and must search for the part that was meant."""
    for trouble in site.links.of("no-fragment"):
        target = f"{trouble.path}#{trouble.fragment}"
        yield Fault(f"nothing on {trouble.path} has the id {trouble.fragment}", trouble.page, trouble.ref.line,
                    trouble.ref.column, target=target, raw=trouble.ref.raw)
