"""The references of one file, while it is being read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from ..record import Row, Rows

if TYPE_CHECKING:
    from .parser import Element


class References:
    """The references of one file. A link's position is computed on demand, since only broken links need it."""

    __slots__ = ("anchors", "links", "reference", "rows")

    def __init__(
        self,
        rows: Sequence[Row],
        anchors: Sequence[Element] = (),
        links: Sequence[str] = (),
        reference: Callable[[str, str, Element], Row] = lambda kind, raw, _: (kind, raw, 1, 1, "", True),
    ) -> None:
        self.rows = rows  # `model.page.Ref` rows of everything but <a href>
        self.anchors = anchors  # every <a href>: nine references in ten
        self.links = links  # their addresses, in the same order
        self.reference = reference  # makes the row of a link

    def __len__(self) -> int:
        return len(self.links) + len(self.rows)

    def link(self, number: int) -> Row:
        """The `model.page.Ref` row of one link."""
        return self.reference("a", self.links[number], self.anchors[number])

    def all(self) -> Rows:
        """Every reference as a `model.page.Ref` row."""
        return (*map(self.link, range(len(self.links))), *self.rows)
