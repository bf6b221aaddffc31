"""Keeps what a benchmark printed in tests/bench/README.md."""

from __future__ import annotations

from pathlib import Path

README = Path(__file__).parent / "README.md"


def keep(name: str, report: str) -> None:
    """Put the report between the marks of `name`, or at the end."""
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    before, _, rest = README.read_text("utf-8").partition(begin)
    after = rest.partition(end)[2]
    README.write_text(f"{before.rstrip()}\n\n{begin}\n\n{report}\n\n{end}\n{after.lstrip()}", "utf-8")
