"""Misspelled words of the pages, by the program typos (https://github.com/crate-ci/typos), which knows common slips.

It runs only where pyproject.toml has its settings, [tool.typos], with the project's own words.
"""

import subprocess
import sys
from collections.abc import Collection
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import NamedTuple

from .data.files import files_below, pages_in
from .mark import Mark

SETTINGS = "[tool.typos"


class Misspelled(NamedTuple):
    """A word that is hardly meant, and what to write in its place."""

    path: str  # "docs/index.md"
    mark: Mark
    word: str
    instead: tuple[str, ...]


def spell_checker(root: Path) -> AbstractContextManager[subprocess.Popen[bytes] | None]:
    """The program, which has begun to read the pages of a project; None where it is not installed or not wanted."""
    program = Path(sys.executable).with_name("typos")
    settings = root / "pyproject.toml"
    if not settings.is_file() or SETTINGS not in settings.read_text("utf-8"):
        return nullcontext()
    try:
        command = [str(program), "--format", "json", "--force-exclude", *pages_in(files_below(root, "docs"))]
        return subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    except FileNotFoundError:
        return nullcontext()


def misspelled(root: Path, checker: subprocess.Popen[bytes] | None, paths: Collection[str]) -> tuple[Misspelled, ...]:
    """The misspelled words that the program has found in some of its files."""
    import json  # not before the other processes work too

    answer = checker.communicate()[0] if checker else b""
    lines = [json.loads(line) for line in answer.splitlines()]
    found = [_read(root, line) for line in lines if line.get("type") == "typo" and "line_num" in line]
    return tuple(one for one in found if one.path in paths)


def _read(root: Path, said: dict[str, object]) -> Misspelled:
    path, line, offset = str(said["path"]), int(str(said["line_num"])), int(str(said["byte_offset"]))
    text = (root / path).read_bytes().split(b"\n")[line - 1]
    column = len(text[:offset].decode("utf-8", "replace")) + 1
    corrections = said["corrections"]
    instead = tuple(map(str, corrections)) if isinstance(corrections, list) else ()
    return Misspelled(path.removeprefix("./"), Mark(line, column), str(said["typo"]), instead)
