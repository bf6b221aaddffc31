"""Programs that look at the project while this process reads it: the spell checker, and git for what is published."""

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

from .data.files import files_below, pages_in

DOCS, DATA = "docs/", "docs/_data/"
PUBLISHED_DATA = tuple(f"{DATA}{name}.yml" for name in ("page-types", "moved", "clinic", "ladder"))
SPELLING = "[tool.typos"  # in pyproject.toml, with the project's own words; without it, no word is checked


class Programs(NamedTuple):
    """What has begun; None for what is not installed, or not wanted."""

    checker: subprocess.Popen[bytes] | None  # https://github.com/crate-ci/typos
    names: subprocess.Popen[bytes] | None  # of the published files, each with \0 behind it
    lines: subprocess.Popen[bytes] | None  # of the published pages and data files: state:name\0line


@contextmanager
def programs(root: Path) -> Iterator[Programs]:
    """Begin all that look at a project."""
    # What GitHub checks of a pull request is its merge, whose first parent is what is published.
    state = "HEAD^1" if os.environ.get("GITHUB_ACTIONS") == "true" else "origin/main"
    plain = (
        "--fixed-strings", "--text", "--null", "--threads", "1",
        "--no-color", "--no-line-number", "--no-column", "--no-full-name",
    )  # fmt: skip
    with ExitStack() as stack:

        def begin(*command: str) -> subprocess.Popen[bytes] | None:
            try:
                program = subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
            except OSError:
                return None
            return stack.enter_context(program)

        yield Programs(
            begin(*command) if (command := spelling(root)) else None,
            begin("git", "ls-tree", "-r", "-z", "--name-only", state, DOCS),
            begin("git", "grep", *plain, "", state, "--", f"{DOCS}*.md", *PUBLISHED_DATA),
        )


def spelling(root: Path) -> Sequence[str]:
    """The command that checks the spelling of a project's pages; empty if that is not wanted."""
    settings = root / "pyproject.toml"
    if not settings.is_file() or SPELLING not in settings.read_text("utf-8"):
        return ()
    program = Path(sys.executable).with_name("typos")
    return (str(program), "--format", "json", "--force-exclude", *pages_in(files_below(root, "docs")))


def output(program: subprocess.Popen[bytes] | None) -> bytes:
    """All that a program says, once it has ended."""
    return program.communicate()[0] if program else b""
