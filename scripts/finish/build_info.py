"""build.json: what was built, so that anyone can tell two builds apart or prove them the same."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import PurePosixPath

from .built_site import Site
from .compress import COMPRESSED_SUFFIXES
from .site_files import UnsupportedFile, file_hashes, tree_hash

FILE = "build.json"


def write(site: Site) -> None:
    """Write {"commit", "epoch", "pages", "files", "bytes", "tree"}. `tree` is the hash of the covered files."""
    try:
        files = covered(file_hashes(site.root))
    except UnsupportedFile as error:
        site.errors.append(str(error))
        return
    facts = {
        # As the host says: the same sources must give the same bytes in a folder without git's history.
        "commit": os.environ.get("GITHUB_SHA") or os.environ.get("CI_COMMIT_SHA") or "",
        "epoch": int(site.timestamp().timestamp()),
        "pages": len(site.pages),
        "files": len(files),
        "bytes": sum((site.root / path).stat().st_size for path in files),
        "tree": tree(files),
    }
    site.write(FILE, json.dumps({key: value for key, value in facts.items() if value != ""}) + "\n")


def covered(files: Mapping[str, str]) -> dict[str, str]:
    """Select the hashes that go into `tree`: of all files but build.json and the compressed ones."""
    return {
        path: content
        for path, content in files.items()
        if path != FILE and PurePosixPath(path).suffix not in COMPRESSED_SUFFIXES
    }


def tree(files: Mapping[str, str]) -> str:
    """Return the value of "tree" for the covered files: "sha256:" and 64 hexadecimal digits."""
    return f"sha256:{tree_hash(files)}"
