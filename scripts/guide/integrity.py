"""Whether a built site is exactly what scripts/build wrote: nothing changed, added or taken away since."""

from __future__ import annotations

import json
from pathlib import Path, PurePosixPath
from typing import Any

from finish import build_info, compress
from finish.site_files import hashes

AGAIN = "Run scripts/build again."


def fault(site: Path) -> str:
    """The first thing that is not as scripts/build wrote it, in a line; "" when nothing is. Raises OddFile, OSError."""
    files = hashes(site)
    return _foreign_sibling(site, files) or _foreign_tree(site, files)


def _foreign_sibling(site: Path, files: dict[str, str]) -> str:
    """A .br or .gz that says something else than its file: a host sends it in the file's place."""
    for path in sorted(files):
        original, ending = path[:-3], PurePosixPath(path).suffix
        if ending in compress.ENDINGS:
            if original not in files:
                return f"site/{path} has no {original} beside it. {AGAIN}"
            if not compress.holds((site / path).read_bytes(), ending, (site / original).read_bytes()):
                return f"site/{path} does not hold what {original} says: one was changed after the build. {AGAIN}"
        elif ending in compress.TEXT and not {f"{path}.br", f"{path}.gz"} <= files.keys():
            for needed in compress.siblings((site / path).read_bytes()):
                if path + needed not in files:
                    return f"site/{path}{needed} is missing. {AGAIN}"
    return ""


def _foreign_tree(site: Path, files: dict[str, str]) -> str:
    """A file that build.json does not know of, or knows otherwise."""
    if build_info.FILE not in files:
        return f"site/{build_info.FILE} is missing, which says what was built. {AGAIN}"
    try:
        told: Any = json.loads((site / build_info.FILE).read_bytes())
        tree, count = told["tree"], int(told["files"])
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
        return f"site/{build_info.FILE} is not what scripts/build writes. {AGAIN}"
    found = build_info.covered(files)
    if tree == build_info.tree(found):
        return ""
    what = "changed" if len(found) == count else "added" if len(found) > count else "taken away"
    counted = f"{count} files were built, {len(found)} are there"
    return f"a file of site/ was {what} after the build ({counted}). {AGAIN}"
