"""The house style that a machine can hold: clean code, small files, colors in one place, no word of a workplace."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from hosting import ROOT

FOLDERS = ["docs", "overrides", "scripts", "tests", ".github", ".ci", ".vscode"]
FILES = [
    "CONTRIBUTING.md",
    "LICENSE",
    "README.md",
    "mkdocs.yml",
    "pyproject.toml",
    ".gitignore",
    ".git",
    ".pre-commit-config.yaml",
]
MADE = {"__pycache__", "node_modules", ".sitecheck-cache"}
# The most lines a file of a kind may have: past it, it has become two.
BOUNDS = [
    ("scripts/**/*.py", 250),
    ("tests/**/*.py", 250),
    ("tests/sites/**/*.yml", 40),
    ("overrides/**/*.html", 60),
    ("docs/assets/css/*.css", 300),
    ("docs/assets/js/*.js", 250),
    ("README.md", 60),
    ("mkdocs.yml", 90),
]
# Verbs for people have no extension, and are a few lines over setup.sh.
VERB_LINES = 30
COLOR = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|oklch|oklab|lab|lch|color)\(", re.IGNORECASE)
# A tab's picture, and a browser's frame, are drawn outside of any page, where tokens.css cannot reach.
MAY_HOLD_COLORS = {
    "docs/assets/css/tokens.css", "docs/assets/icon.svg", "docs/manifest.webmanifest", "overrides/main.html",
}  # fmt: skip
FOREIGN = re.compile(r"""(?m)(?:^|[\s"'(=])/(?:work|tmp|root|home)/\w|pypi\.org|pythonhosted|registry\.npmjs""")


def project_files() -> Iterator[Path]:
    """Every file that is the project's own."""
    for path in ROOT.iterdir():
        if path.is_file():
            yield path
    for folder in FOLDERS:
        yield from (path for path in (ROOT / folder).rglob("*") if path.is_file() and not MADE & set(path.parts))


def texts() -> Iterator[tuple[str, str]]:
    for path in project_files():
        name = path.relative_to(ROOT).as_posix()
        if path.suffix not in (".png", ".pyc", ".woff2", ".ico"):
            yield name, path.read_text("utf-8")


def test_the_top_level_is_what_an_editor_knows() -> None:
    ignored = [line.rstrip("/") for line in (ROOT / ".gitignore").read_text("utf-8").split()]
    there = {path.name for path in ROOT.iterdir() if not any(path.match(pattern) for pattern in ignored)}
    assert there <= {*FOLDERS, *FILES}


def test_ruff_finds_nothing() -> None:
    command = [sys.executable, "-m", "ruff", "check", "--no-cache", "."]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize(("pattern", "most"), BOUNDS)
def test_files_are_small(pattern: str, most: int) -> None:
    paths = [path for path in ROOT.glob(pattern) if not MADE & set(path.parts)]
    assert paths, f"nothing is named {pattern} any more: mend the table"
    lengths = {path.relative_to(ROOT).as_posix(): len(path.read_text("utf-8").splitlines()) for path in paths}
    assert {name: length for name, length in lengths.items() if length > most} == {}


def test_lines_of_javascript_fit_beside_each_other() -> None:
    """As ruff holds Python's to it."""
    scripts = [(name, text) for name, text in texts() if name.endswith(".js")]
    assert scripts
    assert [name for name, text in scripts if any(len(line) > 120 for line in text.splitlines())] == []


def test_verbs_are_a_few_lines() -> None:
    verbs = [path for path in (ROOT / "scripts").iterdir() if path.is_file() and not path.suffix]
    assert {path.name for path in verbs if len(path.read_text("utf-8").splitlines()) > VERB_LINES} == set()


def test_colors_are_written_in_one_file() -> None:
    found = [
        f"{name}: {match[0]}"
        for name, text in texts()
        if name.startswith(("docs/assets/", "overrides/")) and name not in MAY_HOLD_COLORS
        for match in COLOR.finditer(without_addresses(text))
    ]
    assert found == []


def test_no_file_speaks_of_a_workplace() -> None:
    found = [
        f"{name}: {match[0].strip()}"
        for name, text in texts()
        if name != Path(__file__).relative_to(ROOT).as_posix()
        for match in FOREIGN.finditer(text)
    ]
    assert found == []


def without_addresses(text: str) -> str:
    """The text without what looks like a color and is none: links to a place on a page, references inside a drawing."""
    return re.sub(r"""href=["'][^"']*["']|url\(#[^)]*\)|\{#-?.*?-?#\}""", "", text, flags=re.DOTALL)


# `(?:a|b)*+` finds other things before Python 3.11.5 than after (cpython issue 106052); `[ab]*+` is fine.
POSSESSIVE_GROUP = re.compile(r"(?<![\\(])\)(?:[*+?]|\{[\d,]+\})\+")


@pytest.mark.parametrize(
    "path", sorted(ROOT.glob("scripts/**/*.py")), ids=lambda path: path.relative_to(ROOT).as_posix()
)
def test_no_pattern_depends_on_a_fault_of_early_python_3_11(path):
    assert not POSSESSIVE_GROUP.search(path.read_text("utf-8"))
