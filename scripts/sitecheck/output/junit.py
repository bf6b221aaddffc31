"""For viewers of test results (JUnit XML): each rule is a test case, with one failure per finding."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from ..model.finding import Finding
from .report import Report, sentence

FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, production 2


def write(report: Report) -> Iterator[str]:
    """Yield one test suite."""
    found: dict[str, list[Finding]] = {rule.code: [] for rule in report.rules}
    for finding in report.findings:
        found.setdefault(finding.code, []).append(finding)
    failed = sum(map(bool, found.values()))
    counts = f'tests="{len(report.rules)}" failures="{failed}" errors="0" time="{report.seconds:.3f}"'
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites {counts}>'
    yield f"<testsuite name={attribute(report.site)} {counts}>"
    for rule in report.rules:
        yield f'<testcase classname="sitecheck" name={attribute(f"{rule.code} {rule.name}")} time="0">'
        yield from map(failure, found[rule.code])
        yield "</testcase>"
    yield "</testsuite></testsuites>\n"


def failure(finding: Finding) -> str:
    place = text(f"{finding.file}:{finding.line}:{finding.column}")
    return f"<failure message={attribute(sentence(finding))} type={attribute(finding.rule)}>{place}</failure>"


def text(words: str) -> str:
    return escape(FORBIDDEN.sub("�", words))


def attribute(words: str) -> str:
    return quoteattr(FORBIDDEN.sub("�", words))
