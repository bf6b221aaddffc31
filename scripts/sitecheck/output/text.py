"""For a person: one line an error, on a terminal also the line of the source; then one line a kind of advice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from ..model.finding import Finding
from .report import Report, place, sentence, sentence_of_kind

BOLD, RED, FAINT, RESET = "\x1b[1m", "\x1b[31m", "\x1b[2m", "\x1b[0m"
ADVICE = "Advice, which fails only with --strict; that also lists every place:"
WIDTH = 110  # of a quoted line
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")  # a page must not control the reader's terminal


def write(report: Report) -> Iterator[str]:
    """Yield the errors, grouped by file on a terminal, then the advice, grouped by rule, and the total."""
    for file, group in groupby(report.errors, key=lambda finding: finding.file):
        source = source_of(report, file) if report.quote else []
        for finding in group:
            line = line_of(finding, sentence(finding), report.color)
            yield "\n".join([line, *quote(finding, source, report.color), ""])
        if report.quote:
            yield "\n"
    if report.advice:
        yield f"{ADVICE}\n"
    for kind in report.advice:
        yield f"{line_of(kind[0], sentence_of_kind(kind), report.color)}\n"
    yield f"{report.total}\n"


def line_of(finding: Finding, words: str, color: bool) -> str:
    where, words = one_line(place(finding)), one_line(words)
    if not color:
        return f"{where} {finding.code} {words}"
    return f"{BOLD}{where}{RESET} {RED if finding.level == 'error' else FAINT}{finding.code}{RESET} {words}"


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
    text = CONTROL.sub(" ", source[finding.line - 1].expandtabs(1)) if finding.line <= len(source) else ""
    if not text.strip():
        return []
    start = max(0, finding.column - 1 - WIDTH // 2) if len(text) > WIDTH else 0
    number = f"{finding.line:>5} | "
    caret = " " * (len(number) + finding.column - 1 - start) + "^"
    faint, end = (FAINT, RESET) if color else ("", "")
    return [f"{faint}{number}{text[start : start + WIDTH].rstrip()}{end}", caret]
