"""build.json: what was published, so that anyone can tell two builds apart, or prove them the same."""

from __future__ import annotations

import hashlib
import json
import os

from .compress import ENDINGS
from .site import Site

FILE = "build.json"


def write(site: Site) -> None:
    """Write {"commit", "epoch", "pages", "files", "bytes", "tree"}. `tree` is the hash of all files but this one."""
    files = sorted(
        path for path in site.root.rglob("*") if path.is_file() and path.name != FILE and path.suffix not in ENDINGS
    )
    tree, total = hashlib.sha256(), 0
    for path in files:
        content = path.read_bytes()
        total += len(content)
        tree.update(f"{path.relative_to(site.root).as_posix()}\0{hashlib.sha256(content).hexdigest()}\n".encode())
    facts = {
        "commit": commit(),
        "epoch": int(site.moment().timestamp()),
        "pages": len(site.pages),
        "files": len(files),
        "bytes": total,
        "tree": f"sha256:{tree.hexdigest()}",
    }
    site.write(FILE, json.dumps({key: value for key, value in facts.items() if value != ""}, indent=1) + "\n")


def commit() -> str:
    """The commit that is being published, as the host of the project's builds names it; "" anywhere else.

    Git itself is not asked: the same words must give the same bytes in a folder that has no history.
    """
    return os.environ.get("GITHUB_SHA") or os.environ.get("CI_COMMIT_SHA") or ""
