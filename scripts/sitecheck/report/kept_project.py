"""The project, read once by a build that checks before and after it generates, in one process."""

from __future__ import annotations

import os
from pathlib import Path

from ..project.model import Project
from ..project.read_project import read_project
from ..scan.listing import list_site

# What a project is read from.
FOLDERS = ("docs", "overrides", ".github")
FILES = ("mkdocs.yml", "pyproject.toml", "scripts/macros.py")
KEPT: dict[str, Project] = {}  # by `state_of` its folder


def project_in(root: Path, keep: bool = False) -> Project:
    """The project in a folder. With `keep`, the next call need not read it again, unless a file has changed since.

    Raises ProjectError.
    """
    state = state_of(root) if keep or KEPT else ""
    project = KEPT.get(state) or read_project(root)
    KEPT.clear()
    if keep:
        KEPT[state] = project
    return project


def state_of(root: Path) -> str:
    """The environment, and the stamps of the files that make a project: what differs when one of them does."""
    folders = [list_site(root / name) for name in FOLDERS if (root / name).is_dir()]
    stats = [path.stat() for name in FILES if (path := root / name).is_file()]
    stamps = [(stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino) for stat in stats]
    return repr((folders, stamps, sorted(os.environ.items())))
