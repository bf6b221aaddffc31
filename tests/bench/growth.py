"""scripts/bench growth: how the time of each input of tests/growing.yml grows when its size is multiplied by four."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from growing import FILES, LIMIT, Check, inputs, once_slow


def main(arguments: list[str]) -> int:
    """Print the inputs whose time grows too fast; 1 if there are any."""
    parser = argparse.ArgumentParser(prog="scripts/bench growth", description="Find inputs that are slow when large.")
    parser.add_argument("--size", type=int, default=16_000, help="bytes; four times as many are compared with it")
    parser.add_argument("--quick", type=float, default=0.06, help="seconds that the larger may take unmeasured")
    parser.add_argument("--only", default="", help="only files whose name contains this")
    options = parser.parse_args(arguments)
    found = 0
    for kind, file in FILES:
        if options.only not in f"{kind}/{file}":
            continue
        count, start = 0, time.perf_counter()
        with tempfile.TemporaryDirectory() as folder:
            check = Check(Path(folder), kind, file)
            for one in (*inputs(kind, file), *(slow for slow, _ in once_slow(kind, file))):
                count += 1
                if (ratio := check.growth(one, options.size, options.quick)) >= LIMIT:
                    found += 1
                    print(f"{kind}/{file}: {ratio:.1f} times as long: {one.before!r} and {one.unit!r} again and again")
        print(f"{kind}/{file}: {count} inputs, {time.perf_counter() - start:.0f} s", flush=True)
    return int(found > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
