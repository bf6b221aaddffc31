"""For a person: one line a finding; on a terminal also the line of the source, with a caret below the place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from ..model.finding import Finding
from .report import Report, sentence

BOLD, RED, FAINT, RESET = "\x1b[1m", "\x1b[31m", "\x1b[2m", "\x1b[0m"
WIDTH = 110  # of a quoted line
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")  # a page must not control the reader's terminal


def write(report: Report) -> Iterator[str]:
    """Yield all findings, grouped by file on a terminal, then the total."""
    for file, group in groupby(report.findings, key=lambda finding: finding.file):
        source = source_of(report, file) if report.quote else []
        for finding in group:
            line = in_color(finding) if report.color else plain(finding)
            yield "\n".join([line, *quote(finding, source, report.color), ""])
        if report.quote:
            yield "\n"
    yield f"{report.total}\n"


def plain(finding: Finding) -> str:
    return one_line(f"{place(finding)} {finding.code} {sentence(finding)}")


def in_color(finding: Finding) -> str:
    words = one_line(sentence(finding))
    return f"{BOLD}{one_line(place(finding))}{RESET} {RED}{finding.code}{RESET} {words}"


def place(finding: Finding) -> str:
    return f"{finding.file}:{finding.line}:{finding.column}"


def one_line(text: str) -> str:
    return CONTROL.sub("�", " ".join(text.splitlines()))


def source_of(report: Report, file: str) -> list[str]:
    """The lines of a file; none if it cannot be read as text."""
    try:
        return (report.here / file).read_text("utf-8").split("\n")
    except (OSError, ValueError):
        return []


def quote(finding: Finding, source: list[str], color: bool) -> list[str]:
    """The finding's line of the source, cut to WIDTH, and a line with a caret below the column."""
    if not 0 < finding.line <= len(source) or not source[finding.line - 1].strip():
        return []
    text = CONTROL.sub(" ", source[finding.line - 1].expandtabs(1))
    start = max(0, finding.column - 1 - WIDTH // 2) if len(text) > WIDTH else 0
    number = f"{finding.line:>5} | "
    caret = " " * (len(number) + finding.column - 1 - start) + "^"
    faint, end = (FAINT, RESET) if color else ("", "")
    return [f"{faint}{number}{text[start : start + WIDTH].rstrip()}{end}", caret]
