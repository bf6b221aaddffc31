"""Misspelled words of the pages, by the program typos (https://github.com/crate-ci/typos), which knows common slips.

It runs only where pyproject.toml has its settings, [tool.typos], with the project's own words.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from .data.marked_yaml import Mark

SETTINGS = "[tool.typos"


class Misspelled(NamedTuple):
    """A word that is hardly meant, and what to write in its place."""

    path: str  # "docs/index.md"
    mark: Mark
    word: str
    instead: tuple[str, ...]


def misspelled(root: Path, paths: Iterable[str]) -> tuple[Misspelled, ...]:
    """The misspelled words in some files of a project; none where the program is not installed."""
    program = Path(sys.executable).with_name("typos")
    settings = root / "pyproject.toml"
    if not settings.is_file() or SETTINGS not in settings.read_text("utf-8"):
        return ()
    command = [str(program), "--format", "json", "--force-exclude", *sorted(paths)]
    try:
        run = subprocess.run(command, cwd=root, capture_output=True, text=True, encoding="utf-8")
    except FileNotFoundError:
        return ()
    lines = [json.loads(line) for line in run.stdout.splitlines()]
    return tuple(_read(root, line) for line in lines if line.get("type") == "typo" and "line_num" in line)


def _read(root: Path, said: dict[str, object]) -> Misspelled:
    path, line, offset = str(said["path"]), int(str(said["line_num"])), int(str(said["byte_offset"]))
    text = (root / path).read_bytes().split(b"\n")[line - 1]
    column = len(text[:offset].decode("utf-8", "replace")) + 1
    corrections = said["corrections"]
    instead = tuple(map(str, corrections)) if isinstance(corrections, list) else ()
    return Misspelled(path.removeprefix("./"), Mark(line, column), str(said["typo"]), instead)
