"""A line that says how far the work is, on a terminal, for work that takes over a second."""

from __future__ import annotations

import math
import time
from typing import TextIO

DELAY = 1.0  # seconds before the line is shown first
PAUSE = 0.1  # seconds between two updates


class Progress:
    """A context manager that clears its line at the end."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.next = time.perf_counter() + DELAY if stream.isatty() else math.inf
        self.text = ""

    def show(self, done: int, total: int) -> None:
        """Show that `done` of `total` files are read."""
        if time.perf_counter() >= self.next:
            self.write(f"reading {done} of {total} files")
            self.next = time.perf_counter() + PAUSE

    def write(self, text: str) -> None:
        """Replace the line."""
        self.stream.write(f"\r\x1b[K{text}")
        self.stream.flush()
        self.text = text

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_: object) -> None:
        if self.text:
            self.write("")
