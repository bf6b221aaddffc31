"""A reference and what is wrong with it."""

from __future__ import annotations

from typing import NamedTuple

from ..model.page import Ref


class BrokenLink(NamedTuple):
    """A reference that does not lead where its writer wanted; with the verdict "external", one that leaves the site."""

    page: str
    ref: Ref
    verdict: str  # see resolver.Link and follow.End
    path: str  # the file or address that was looked for
    fragment: str
