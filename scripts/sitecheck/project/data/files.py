"""Read project files as text. Nothing outside this module opens a project file."""

from __future__ import annotations

import os
from collections.abc import Iterable
from io import FileIO
from pathlib import Path

from ..mark import Mark


class Unreadable(Exception):
    """A file cannot be read as text. Carries the place, and what to do about it."""

    def __init__(self, advice: str, line: int = 1, column: int = 1) -> None:
        super().__init__(advice)
        self.advice = advice
        self.mark = Mark(line, column)


def read_text(path: Path) -> str:
    """The text of a file, with \\n line ends. Raises Unreadable."""
    try:
        with FileIO(path) as file:  # without a buffer, which costs more than the file
            data = file.readall()
    except FileNotFoundError as error:
        raise Unreadable("this file is missing: put it back, or take it from an older version") from error
    except IsADirectoryError:
        raise Unreadable("this is a folder where a file should be: move it away, and put the file back") from None
    except OSError as error:
        raise Unreadable(f"this file cannot be opened ({(error.strerror or str(error)).lower()})") from None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        raise Unreadable("here is a character that is not UTF-8: save the file as UTF-8", line, column) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def pages_in(files: Iterable[str]) -> list[str]:
    """The pages in Markdown among the files of docs/."""
    return [path for path in files if path.endswith(".md") and not path.startswith("docs/_data/")]


def files_below(root: Path, folder: str) -> list[str]:
    """The paths below a folder of a project, "docs/index.md", sorted. Folders count; hidden names do not."""
    found: list[tuple[str, ...]] = []
    for where, folders, files in os.walk(root / folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        above = Path(where).relative_to(root).parts
        found += [(*above, name) for name in (*folders, *files) if not name.startswith(".")]
    return ["/".join(parts) for parts in sorted(found)]
