"""Misspelled words of the pages, by the program typos (https://github.com/crate-ci/typos), which knows common slips."""

import json
from collections.abc import Collection
from pathlib import Path
from typing import NamedTuple

from .mark import Mark


class Misspelled(NamedTuple):
    """A word that is hardly meant, and what to write in its place."""

    path: str  # "docs/index.md"
    mark: Mark
    word: str
    instead: tuple[str, ...]


def misspelled(root: Path, answer: bytes, paths: Collection[str]) -> tuple[Misspelled, ...]:
    """The misspelled words of some files, of those in the program's answer."""
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
