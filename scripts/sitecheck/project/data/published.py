"""The pages that are published already: those in the list of pages of the published commit."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from .marked_yaml import BadYaml, parse

LISTS = ("pages", "moved")


def published_pages(root: Path, path: str) -> frozenset[str]:
    """The file names in the published version of the list at `path`, below `root`; none if git does not have it."""
    # What GitHub checks of a pull request is its merge, whose first parent is what is published.
    state = "HEAD^1" if os.environ.get("GITHUB_ACTIONS") == "true" else "origin/main"
    try:
        shown = subprocess.run(["git", "show", f"{state}:./{path}"], cwd=root, capture_output=True, check=True)
        data = parse(shown.stdout.decode()).data
    except (OSError, subprocess.CalledProcessError, UnicodeDecodeError, BadYaml):
        return frozenset()
    lists = [data.get(name) for name in LISTS] if isinstance(data, dict) else []
    return frozenset(str(name) for one in lists if isinstance(one, dict) for name in one)
