"""Line and column of an offset, for files that are read as plain text."""

from __future__ import annotations

from bisect import bisect_left


class Lines:
    """The offsets of the line ends of a text."""

    def __init__(self, text: str) -> None:
        self.ends = []
        at = text.find("\n")
        while at >= 0:
            self.ends.append(at)
            at = text.find("\n", at + 1)

    def place(self, offset: int) -> tuple[int, int]:
        """(line, column) from 1."""
        line = bisect_left(self.ends, offset)
        return line + 1, offset - (self.ends[line - 1] if line else -1)
