"""For GitHub Actions: one annotation per error and one per kind of advice, and the job's summary."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from ..model.finding import Finding
from .report import Report, place, sentence, sentence_of_kind

MAX_ROWS = 200  # of the summary; GitHub rejects one over a megabyte


def write(report: Report) -> Iterator[str]:
    """Yield workflow commands (GitHub, "Workflow commands for GitHub Actions"); append the summary to GitHub's file."""
    if path := os.environ.get("GITHUB_STEP_SUMMARY"):
        try:
            with Path(path).open("a", encoding="utf-8", errors="replace") as file:
                file.write(summary(report))
        except OSError as error:
            yield f"::warning::the job summary cannot be written: {error.strerror}\n"
    # Errors in sources come before those in built files: GitHub shows only ten.
    for finding in sorted(report.errors, key=lambda finding: finding.file.endswith((".html", ".htm"))):
        yield annotation("error", finding, sentence(finding))
    for group in report.advice:
        yield annotation("notice", group[0], sentence_of_kind(group))
    yield f"{report.total}\n"


def annotation(command: str, finding: Finding, words: str) -> str:
    """One workflow command. Its message has the place too, as the log of a job shows only the message."""
    message = f"{place(finding)} {finding.code} {words}"
    where = f"file={value(finding.file)},line={finding.line},col={finding.column}"
    return f"::{command} {where},title={value(f'{finding.code} {finding.rule}')}::{data(message)}\n"


def data(text: str) -> str:
    """Escape the message of a workflow command."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def value(text: str) -> str:
    """Escape a property of a workflow command."""
    return data(text).replace(":", "%3A").replace(",", "%2C")


def summary(report: Report) -> str:
    """The job's summary: a table in Markdown."""
    if not report.findings:
        return f"### Site check: nothing found\n\n{report.total}\n"
    errors = report.errors
    rows = [row(finding, finding.code, sentence(finding)) for finding in errors[:MAX_ROWS]]
    rows += [row(group[0], f"{group[0].code}, advice", sentence_of_kind(group)) for group in report.advice]
    more = len(errors) - MAX_ROWS
    rows += [f"\nand {more} more errors, in the log"] if more > 0 else []
    return "\n".join(
        [f"### Site check: {report.total}\n", "| Place | Rule | What to do |", "| --- | --- | --- |", *rows, ""]
    )


def row(finding: Finding, rule: str, words: str) -> str:
    return f"| `{cell(f'{finding.file}:{finding.line}')}` | {rule} | {cell(words)} |"


def cell(text: str) -> str:
    """Escape text for a cell of the table: it must not end the cell, nor act as HTML."""
    for mark, safe in (("&", "&amp;"), ("<", "&lt;"), ("|", "\\|"), ("\n", " "), ("\r", " "), ("`", "'")):
        text = text.replace(mark, safe)
    return text
