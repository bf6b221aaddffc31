"""A baseline: the known findings of an old site pass, new ones fail, and the list only ever shrinks."""

from __future__ import annotations

import json

import pytest

from cases import FIXED, HOME, write
from sitecheck.command.cli import main


@pytest.fixture
def site(faulty):
    return faulty


def test_known_findings_pass_new_ones_fail_and_fixed_ones_must_be_removed(site, capsys):
    assert main(["--write-baseline", "known.json"]) == 0
    assert main(["--baseline", "known.json"]) == 0
    write(site / "site", {"index.html": "\n\n" + HOME + '<a href="new/">New</a>\n'})
    capsys.readouterr()
    assert main(["--baseline", "known.json"]) == 1
    out = capsys.readouterr().out
    assert "index.html:5:1 LI001 new/" in out and out.startswith("site") and "1 finding " in out
    write(site / "site", {"index.html": FIXED})
    assert main(["--baseline", "known.json"]) == 0
    assert main(["--baseline", "known.json", "--strict"]) == 1
    assert "known.json:3:1 EX002" in capsys.readouterr().out
    rows = json.loads((site / "known.json").read_text())["findings"]
    (site / "known.json").write_text(json.dumps({"version": 1, "findings": rows[:1]}))
    assert main(["--baseline", "known.json"]) == 0


def test_a_run_on_one_page_reports_no_known_findings_of_others(site):
    write(site / "site", {"other.html": '<h1>Other</h1>\n<a href="nowhere/">x</a> <a href="index.html">Home</a>\n'})
    rows = '["LI001", "site/other.html", "nowhere/"],\n["LI016", "site/other.html", "https://dead.example/"]'
    (site / "known.json").write_text(f'{{"version": 1, "findings": [{rows}]}}')
    assert main(["site/index.html", "--baseline", "known.json", "--ignore", "LI001"]) == 0
    assert main(["--baseline", "known.json", "--select", "LI", "--strict"]) == 1  # LI016 did not run
    assert main(["--baseline", "known.json", "--select", "LI016"]) == 0


def test_a_baseline_saved_on_windows_is_read(site):
    assert main(["--write-baseline", "known.json"]) == 0
    text = (site / "known.json").read_text()
    (site / "known.json").write_text("\ufeff" + text.replace("\n", "\r\n"), newline="")
    assert main(["--baseline", "known.json"]) == 0


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "[" * 100_000, '{"version": 1}', '{"version": 2, "findings": []}', "\x00"]
)
def test_a_baseline_that_cannot_be_read_is_named(site, capsys, text):
    (site / "known.json").write_text(text)
    assert main(["--baseline", "known.json"]) == 2
    assert "known.json" in capsys.readouterr().err
