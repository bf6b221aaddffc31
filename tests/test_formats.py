"""One report in every format, word for word: tests/formats.yml has what is found and what is printed."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from sitecheck import rules
from sitecheck.model.finding import Finding
from sitecheck.output import FORMATS, writer
from sitecheck.output.report import Report
from sitecheck.rules.registry import RULES

rules.load()
GIVEN = yaml.safe_load((Path(__file__).parent / "formats.yml").read_text("utf-8"))
RULE_OF = {code: {"rule": rule.name, "level": rule.level} for code, rule in RULES.items()}
FOUND = tuple(Finding(**RULE_OF[one["code"]], **one) for one in GIVEN["findings"])
SOME = tuple(FOUND[place] for place in GIVEN["for_programs"])
LISTED = tuple(RULES[code] for code in GIVEN["rules"])
REPORT = Report("site", "https://x.example/", 9, 40, 1.5, FOUND, LISTED, Path())


def printed(format: str, report: Report) -> str:
    return "".join(writer(format)(report))


@pytest.mark.parametrize("format", FORMATS)
def test_a_report_is_printed_so(format: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    report = REPORT._replace(findings=SOME) if format in ("json", "sarif") else REPORT
    assert printed(format, report).splitlines() == GIVEN["printed"][format].splitlines()


def test_a_terminal_quotes_the_lines(tmp_path: Path) -> None:
    for name, text in GIVEN["files"].items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    report = REPORT._replace(here=tmp_path, quote=True)
    assert printed("text", report) == GIVEN["printed"]["quoted"]
    assert printed("text", report._replace(color=True)) == GIVEN["printed"]["colored"]


def test_the_summary_of_a_job(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    printed("github", REPORT)
    assert (tmp_path / "summary.md").read_text("utf-8") == GIVEN["printed"]["summary"]


@pytest.mark.parametrize(("count", "end"), [(200, "|"), (203, "and 3 more errors, in the log")])
def test_a_long_summary_is_cut(count: int, end: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    printed("github", REPORT._replace(findings=FOUND[:1] * count))
    *rows, last = (tmp_path / "summary.md").read_text("utf-8").splitlines()
    assert last.endswith(end)
    assert sum(row.startswith("| `") for row in [*rows, last]) == 200


@pytest.mark.parametrize(
    ("found", "pages", "total"),
    [
        ((), 0, "0 findings in 0 pages, "),
        (FOUND[:1], 1, "1 finding in 1 page, "),
        (FOUND[1:3], 2, "2 findings (1 error, 1 advice) in 2 pages, "),
        (FOUND[:2], 2, "2 findings in 2 pages, "),
    ],
)
def test_the_total_counts(found: tuple[Finding, ...], pages: int, total: str) -> None:
    assert REPORT._replace(findings=found, pages=pages).total.startswith(total)
