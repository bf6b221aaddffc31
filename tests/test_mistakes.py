"""A mistake of an editor is told in one line that says what to do, at its place; what is no mistake is let pass.

The table is tests/mistakes.yml. Sentences have a table of their own, in tests/sentences.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cases import load
from hosting import ROOT, Project
from sitecheck import rules
from sitecheck.model.errors import ProjectError
from sitecheck.project.read_project import read_project
from sitecheck.report.before_build import blocking_findings

rules.load()
TABLE = load(ROOT / "tests" / "mistakes.yml")


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A copy of the guide with the pages that are edited, which each test changes and changes back."""
    project = Project(tmp_path_factory.mktemp("mistakes") / "project")
    edited = {row["in"] for kind in TABLE.values() for row in kind}
    for page in (project.root / "docs").glob("*.md"):
        if f"docs/{page.name}" not in edited:
            page.unlink()
    types = project.root / "docs/_data/page-types.yml"
    types.write_text(types.read_text("utf-8").partition("\npages:")[0] + "\npages: {}\n", "utf-8")
    return project


@pytest.fixture(scope="module")
def known(guide: Project) -> list[str]:
    """What is said because the other pages are not there."""
    return lines(guide.root)


@pytest.fixture
def edited(guide: Project, request: pytest.FixtureRequest) -> Iterator[Path]:
    """The guide with the edit of a row of the table."""
    row = request.param
    path = guide.root / row["in"]
    before = path.read_text("utf-8") if path.exists() else None
    if "copy" in row:
        path.write_text((guide.root / row["copy"]).read_text("utf-8"), "utf-8")
    else:
        guide.replace(row["in"], row["from"], row["to"], 1)
    yield guide.root
    if before is None:
        path.unlink()
    else:
        path.write_text(before, "utf-8")


def lines(root: Path) -> list[str]:
    """What is said before the guide is built."""
    try:
        found = blocking_findings(read_project(root))
    except ProjectError as error:
        fault = error.fault
        return [f"{fault.file}:{fault.line}:{fault.column} {fault.message}"]
    return [f"{one.file}:{one.line}:{one.column} {one.code} {one.message}" for one in found]


def rows(kind: str) -> list[Any]:
    """The rows of the table as parameters: the edit, and what is said."""
    return [pytest.param(row, row.get("says"), id=row["of"]) for row in TABLE[kind]]


@pytest.mark.parametrize(("edited", "says"), rows("mistakes"), indirect=["edited"])
def test_a_mistake_is_reported_in_one_line(known: list[str], edited: Path, says: str) -> None:
    assert [line for line in lines(edited) if line not in known] == [says]


@pytest.mark.parametrize(("edited", "says"), rows("harmless"), indirect=["edited"])
def test_a_harmless_edit_passes(known: list[str], edited: Path, says: None) -> None:
    assert lines(edited) == known
    assert says is None
