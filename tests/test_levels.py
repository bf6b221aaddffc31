"""Errors decide the exit status; advice comes after them, a line a kind, and fails only where somebody wants that."""

from __future__ import annotations

import json
import tomllib
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from cases import write
from sitecheck.command.cli import main
from sitecheck.rules import FAMILIES

# Five pages that want a description (NV003), one of them with a table that wants a header (AX007).
PAGE = '<!doctype html><html lang="en"><meta charset="utf-8"><title>{name}</title><main><h1>{name}</h1>{more}</main>'
TABLE = "<table><tr><td>1<td>2<tr><td>3<td>4</table>"
DEAD = '<a href="gone/">Gone</a>'
RAISED = '[tool.sitecheck]\nraise = ["{}"]\n'


@pytest.fixture
def advised(tmp_path, monkeypatch):
    """A folder to stand in, with a site in which nothing is broken."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    links = "".join(f'<a href="{name}.html">{name}</a>' for name in "bcde")
    pages = {f"{name}.html": PAGE.format(name=name, more="") for name in "bcd"}
    write(tmp_path / "site", pages | {"e.html": PAGE.format(name="e", more=TABLE)})
    write(tmp_path / "site", {"index.html": PAGE.format(name="Home", more=links)})
    return tmp_path


def add_dead_link(folder: Path) -> None:
    write(folder / "site", {"b.html": PAGE.format(name="b", more=DEAD)})


STATUS = {
    "advice alone": (0, "", []),
    "advice alone, strictly": (1, "", ["--strict"]),
    "a family that the settings raise": (1, RAISED.format("NV"), []),
    "a rule that the settings raise": (1, RAISED.format("AX007"), []),
    "another rule that the settings raise": (0, RAISED.format("AX002"), []),
    "settings that are not wanted": (0, RAISED.format("NV"), ["--no-project"]),
    "none of the advice that the settings raise": (0, RAISED.format("AX"), ["--ignore", "AX007"]),
}


@pytest.mark.parametrize(("status", "settings", "arguments"), STATUS.values(), ids=STATUS)
@pytest.mark.parametrize("format", ["text", "json", "github", "sarif", "junit"])
def test_the_exit_status_is_that_of_the_errors(advised, status, settings, arguments, format):
    write(advised, {"pyproject.toml": settings})
    assert main(["--format", format, *arguments]) == status
    assert main(["--format", format, *arguments]) == status  # from the cache


def test_what_is_broken_comes_first_and_each_kind_of_advice_is_one_line(advised, capsys):
    add_dead_link(advised)
    assert main([]) == 1
    error, title, table, description, total = capsys.readouterr().out.splitlines()
    assert error.startswith("site/b.html:1:") and " LI001 " in error
    assert title.startswith("Advice") and "--strict" in title
    assert table.startswith("site/e.html:1:") and " AX007 " in table and "places" not in table
    assert description.startswith("site/b.html:1:1 NV003 ")
    assert description.endswith("(5 places: also site/c.html:1:1, site/d.html:1:1, …)")
    assert total.startswith("7 findings (1 error, 6 advice) in 5 pages, ")


def test_strict_lists_every_place(advised, capsys):
    add_dead_link(advised)
    assert main(["--strict"]) == 1
    *lines, total = capsys.readouterr().out.splitlines()
    assert len(lines) == 7 and not any(line.startswith("Advice") for line in lines)
    assert total.startswith("7 findings in 5 pages, ")


def test_github_gets_an_annotation_for_each_error_and_each_kind_of_advice(advised, capsys, monkeypatch):
    add_dead_link(advised)
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(advised / "summary.md"))
    main(["--format", "github"])
    *lines, _ = capsys.readouterr().out.splitlines()
    assert [line.split(" ")[0] for line in lines] == ["::error", "::notice", "::notice"]
    rows = [line for line in (advised / "summary.md").read_text("utf-8").splitlines() if line.startswith("| `")]
    assert ["advice" in row for row in rows] == [False, True, True]


def test_programs_get_the_level_of_each_finding(advised, capsys):
    add_dead_link(advised)
    levels = {"LI001": "error", "AX007": "advice", "NV003": "advice"}
    main(["--format", "json"])
    findings = json.loads(capsys.readouterr().out)["findings"]
    assert {finding["code"]: finding["level"] for finding in findings} == levels and len(findings) == 7
    main(["--format", "sarif"])
    (run,) = json.loads(capsys.readouterr().out)["runs"]
    notes = {code: level.replace("advice", "note") for code, level in levels.items()}
    assert {result["ruleId"]: result["level"] for result in run["results"]} == notes
    rules = {rule["id"]: rule["defaultConfiguration"]["level"] for rule in run["tool"]["driver"]["rules"]}
    assert rules.items() >= notes.items()


def test_junit_does_not_count_advice_as_a_failure(advised, capsys):
    add_dead_link(advised)
    main(["--format", "junit"])
    suite = ElementTree.fromstring(capsys.readouterr().out)
    assert suite.get("failures") == "1"
    told = {case.get("name")[:5]: case.findtext("system-out") for case in suite.iter("testcase") if len(case)}
    assert told["LI001"] is None and len(told["NV003"].splitlines()) == 5


@pytest.mark.usefixtures("advised")
def test_a_baseline_covers_advice_too(capsys):
    main(["--write-baseline", "known.json"])
    capsys.readouterr()
    assert main(["--baseline", "known.json", "--strict"]) == 0
    assert capsys.readouterr().out.startswith("0 findings in 5 pages")


def test_this_guide_raises_all_advice_but_that_on_plain_words():
    settings = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text("utf-8"))
    assert set(FAMILIES) - set(settings["tool"]["sitecheck"]["raise"]) == {"PL"}
