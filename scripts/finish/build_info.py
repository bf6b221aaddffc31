"""build.json: what was published, so that anyone can tell two builds apart, or prove them the same."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import PurePosixPath

from .compress import ENDINGS
from .site import Site
from .site_files import OddFile, digest, hashes

FILE = "build.json"


def write(site: Site) -> None:
    """Write {"commit", "epoch", "pages", "files", "bytes", "tree"}. `tree` is the hash of the files it covers."""
    try:
        files = covered(hashes(site.root))
    except OddFile as odd:
        site.unfit.append(str(odd))
        return
    facts = {
        "commit": commit(),
        "epoch": int(site.moment().timestamp()),
        "pages": len(site.pages),
        "files": len(files),
        "bytes": sum((site.root / path).stat().st_size for path in files),
        "tree": tree(files),
    }
    site.write(FILE, json.dumps({key: value for key, value in facts.items() if value != ""}, indent=1) + "\n")


def covered(files: Mapping[str, str]) -> dict[str, str]:
    """Of the hashes of a site's files those that `tree` speaks for: all but build.json and what is compressed."""
    return {
        path: content for path, content in files.items() if path != FILE and PurePosixPath(path).suffix not in ENDINGS
    }


def tree(files: Mapping[str, str]) -> str:
    """The hash of all files that build.json covers, as it stands there."""
    return f"sha256:{digest(files)}"


def commit() -> str:
    """The commit that is being published, as the host of the project's builds names it; "" anywhere else.

    Git itself is not asked: the same words must give the same bytes in a folder that has no history.
    """
    return os.environ.get("GITHUB_SHA") or os.environ.get("CI_COMMIT_SHA") or ""
