"""A place in a file."""

from typing import NamedTuple


class Mark(NamedTuple):
    """A place in a file; by itself its start. Both count from 1."""

    line: int = 1
    column: int = 1
