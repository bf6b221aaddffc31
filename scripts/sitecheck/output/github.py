"""For GitHub Actions: an annotation a finding, sources first since only ten are shown, and the job's summary."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from ..model.finding import Finding
from .report import Report, sentence

SHOWN = 200  # rows of the summary; GitHub cuts one that is longer than a megabyte


def write(report: Report) -> Iterator[str]:
    """Workflow commands (GitHub, "Workflow commands for GitHub Actions"); the summary goes where GitHub wants it."""
    if path := os.environ.get("GITHUB_STEP_SUMMARY"):
        try:
            with Path(path).open("a", encoding="utf-8", errors="replace") as file:
                file.write(summary(report))
        except OSError as error:
            yield f"::warning::the job summary cannot be written: {error.strerror}\n"
    yield from annotations(report)


def annotations(report: Report) -> Iterator[str]:
    """Sources first, then built files; the total last, for the log."""
    for built in (False, True):
        yield from (annotation(one) for one in report.findings if one.file.endswith((".html", ".htm")) is built)
    yield f"{report.total}\n"


def annotation(finding: Finding) -> str:
    """The place stands in the words as well: the log of a job shows nothing else."""
    told = f"{finding.file}:{finding.line}:{finding.column} {finding.code} {sentence(finding)}"
    where = f"file={value(finding.file)},line={finding.line},col={finding.column}"
    return f"::error {where},title={value(f'{finding.code} {finding.rule}')}::{data(told)}\n"


def data(text: str) -> str:
    """Escape the message of a workflow command."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def value(text: str) -> str:
    """Escape a property of a workflow command."""
    return data(text).replace(":", "%3A").replace(",", "%2C")


def summary(report: Report) -> str:
    """A table in Markdown."""
    if not report.findings:
        return f"### Site check: nothing found\n\n{report.total}\n"
    rows = [f"| `{cell(f'{f.file}:{f.line}')}` | {f.code} | {cell(sentence(f))} |" for f in report.findings[:SHOWN]]
    more = len(report.findings) - SHOWN
    rows += [f"\nand {more} more, in the log"] if more > 0 else []
    return "\n".join(
        [f"### Site check: {report.total}\n", "| Place | Rule | What to do |", "| --- | --- | --- |", *rows, ""]
    )


def cell(text: str) -> str:
    """Text that cannot leave its cell, nor bring HTML of its own."""
    for mark, safe in (("&", "&amp;"), ("<", "&lt;"), ("|", "\\|"), ("\n", " "), ("\r", " "), ("`", "'")):
        text = text.replace(mark, safe)
    return text
