"""build.json: what was published, so that anyone can tell two builds apart, or prove them the same."""

from __future__ import annotations

import hashlib
import json
import subprocess
from pathlib import Path

from .compress import ENDINGS
from .site import Site

FILE = "build.json"
PROJECT = Path(__file__).parents[2]


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
    """The commit that the project stands at, "" outside of git."""
    try:
        run = subprocess.run(["git", "rev-parse", "HEAD"], cwd=PROJECT, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return ""
    return run.stdout.strip()
