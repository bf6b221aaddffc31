"""A reference that went wrong."""

from __future__ import annotations

from typing import NamedTuple

from ..model.page import Ref


class BrokenLink(NamedTuple):
    """A reference that does not lead where its writer wanted."""

    page: str
    ref: Ref
    verdict: str  # as in urls.Link, or "no-fragment", "empty"
    path: str  # the file or address meant
    fragment: str
