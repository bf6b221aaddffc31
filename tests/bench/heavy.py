"""scripts/bench heavy: pages of 50 MB and of a million links are checked to the end, in 3 GB of memory."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from cases import write
from test_bad_files import HEAD, HEAVY, MEMORY, check

TIMES = 20  # as many lines as in tests/test_bad_files.py


def main() -> int:
    """Print a line for each page; 1 when an exit status or a count is another than it must be."""
    wrong = 0
    for name, (line, few, rules, status, printed) in HEAVY.items():
        lines = few * TIMES
        with tempfile.TemporaryDirectory() as folder:
            size = len(line) * lines / 1e6
            write(Path(folder) / "site", {"index.html": HEAD + "<html>" + line * lines})
            start = time.perf_counter()
            found, out, err = check(Path(folder), "--select", rules)
            seconds = time.perf_counter() - start
        right = (found, err) == (status, "") and printed.format(lines) in out
        wrong += not right
        print(
            f"{name}: {lines:,} lines, {size:.0f} MB, {seconds:.1f} s, {'as it must be' if right else 'WRONG: ' + err}"
        )
    print(f"Each had {MEMORY >> 30} GB of memory at most.")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
