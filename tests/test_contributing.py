"""The recipes of CONTRIBUTING.md, typed as they stand there."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from cases import families_of, fix, places, small_site
from hosting import ROOT, Project
from sitecheck.project.read_project import read_project
from sitecheck.report.before_build import blocking_findings
from sitecheck.rules.language import unfinished
from sitecheck.rules.registry import RULES

GUIDE = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
CLINIC = "docs/_data/clinic.yml"
MONDAY = '      - {day: Monday, opens: "09:00", closes: "17:00"}\n'
BOWERY = '        zip: "10002"\n'


def example(below: str) -> str:
    """The first example in CONTRIBUTING.md below some words."""
    code = re.search(r"^( *)```\w+\n(.*?)^ *```", GUIDE[GUIDE.index(below) :], re.M | re.S)
    assert code
    return textwrap.dedent(code[2]) if code[1] else code[2]


@pytest.mark.parametrize(
    ("recipe", "old", "kept"),
    [
        ("**Christmas.**", "    closures: unknown\n", ""),
        ("**A lunch break.**", MONDAY, ""),
        ("**One location is different.**", BOWERY, BOWERY),
        ("**A location moves.**", BOWERY, BOWERY),
    ],
)
def test_the_front_desk_types_a_recipe_and_nothing_is_wrong(project: Project, recipe: str, old: str, kept: str) -> None:
    project.replace(CLINIC, old, kept + example(recipe), 1)
    assert [finding.message for finding in blocking_findings(read_project(project.root))] == []


@pytest.fixture
def rule() -> Iterator[None]:
    """The rule of the recipe, in the file that it names."""
    exec(example("2. Add the function to a file of its family"), dict(vars(unfinished)))
    yield
    del RULES["PL900"]


@pytest.mark.usefixtures("rule")
def test_a_developer_types_a_rule_and_its_case_shows_it(tmp_path: Path) -> None:
    case = yaml.safe_load(example("1. Write what it must find"))
    path = Path("language/heading-in-capitals.yml")
    assert places(small_site(case, tmp_path / "bad"), tmp_path / "bad", families_of(path, case)) == case["findings"]
    fixed = fix(case)
    assert places(small_site(fixed, tmp_path / "good"), tmp_path / "good", families_of(path, fixed)) == []


@pytest.mark.parametrize("name", sorted(set(re.findall(r"`((?:docs|scripts|tests|overrides)/[\w./-]+\.\w+)`", GUIDE))))
def test_a_file_that_it_names_is_there(name: str) -> None:
    made = {"docs/page.md", "docs/why-it-hurts.md", "tests/sites/language/heading-in-capitals.yml"}
    assert (ROOT / name).exists() or name in made
