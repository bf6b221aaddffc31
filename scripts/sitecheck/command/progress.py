"""A line that says how far the work is, on a terminal, for work that takes over a second."""

from __future__ import annotations

import time
from typing import TextIO

DELAY = 1.0  # seconds before the line is shown first
PAUSE = 0.1  # seconds between two updates


class Progress:
    """A context manager that clears its line at the end."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream if stream.isatty() else None
        self.next = time.perf_counter() + DELAY
        self.shown = False

    def show(self, done: int, total: int) -> None:
        """Show that `done` of `total` files are read."""
        now = time.perf_counter()
        if self.stream is not None and now >= self.next:
            self.stream.write(f"\r\x1b[Kreading {done} of {total} files")
            self.stream.flush()
            self.shown = True
            self.next = now + PAUSE

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_: object) -> None:
        if self.shown and self.stream is not None:
            self.stream.write("\r\x1b[K")
            self.stream.flush()
