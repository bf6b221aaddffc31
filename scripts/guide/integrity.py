"""Check that a built site is exactly what scripts/build wrote: nothing changed, added or removed since."""

from __future__ import annotations

import json
from pathlib import Path, PurePosixPath
from typing import Any

from finish import build_info, compress
from finish.site_files import file_hashes

REBUILD = "Run scripts/build again."


def first_change(site: Path) -> str:
    """Return one line on the first change since scripts/build, "" without one. Raises UnsupportedFile, OSError."""
    files = file_hashes(site)
    return _changed_sibling(site, files) or _changed_tree(site, files)


def _changed_sibling(site: Path, files: dict[str, str]) -> str:
    """Look for a .br or .gz that differs from its original: a host would serve it in the original's place."""
    for path in sorted(files):
        original, ending = path[:-3], PurePosixPath(path).suffix
        if ending in compress.COMPRESSED_SUFFIXES:
            if original not in files:
                return f"site/{path} has no {original} beside it. {REBUILD}"
            if not compress.decompresses_to((site / path).read_bytes(), ending, (site / original).read_bytes()):
                return f"site/{path} does not hold what {original} says: one was changed after the build. {REBUILD}"
        elif ending in compress.TEXT_SUFFIXES and not {f"{path}.br", f"{path}.gz"} <= files.keys():
            for needed in compress.compressed_forms((site / path).read_bytes()):
                if path + needed not in files:
                    return f"site/{path}{needed} is missing. {REBUILD}"
    return ""


def _changed_tree(site: Path, files: dict[str, str]) -> str:
    """Compare all files with the hash and the count in build.json."""
    if build_info.FILE not in files:
        return f"site/{build_info.FILE} is missing, which says what was built. {REBUILD}"
    try:
        info: Any = json.loads((site / build_info.FILE).read_bytes())
        tree, count = info["tree"], int(info["files"])
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
        return f"site/{build_info.FILE} is not what scripts/build writes. {REBUILD}"
    present = build_info.covered(files)
    if tree == build_info.tree(present):
        return ""
    what = "changed" if len(present) == count else "added" if len(present) > count else "taken away"
    counted = f"{count} files were built, {len(present)} are there"
    return f"a file of site/ was {what} after the build ({counted}). {REBUILD}"
