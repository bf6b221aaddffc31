"""For test reports (JUnit XML): every rule asked is a test case, and it fails once for each finding."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

from .report import Report, sentence

FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, production 2


def write(report: Report) -> str:
    """One test suite."""
    cases = []
    failed = 0
    for rule in report.rules:
        found = [finding for finding in report.findings if finding.code == rule.code]
        failed += bool(found)
        failures = "".join(
            f"<failure message={attribute(sentence(one))} type={attribute(one.rule)}>"
            f"{text(f'{one.file}:{one.line}:{one.column}')}</failure>"
            for one in found
        )
        name = attribute(f"{rule.code} {rule.name}")
        cases.append(f'<testcase classname="sitecheck" name={name} time="0">{failures}</testcase>')
    counts = f'tests="{len(cases)}" failures="{failed}" errors="0" time="{report.seconds:.3f}"'
    suite = f"<testsuite name={attribute(report.site)} {counts}>{''.join(cases)}</testsuite>"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites {counts}>{suite}</testsuites>'


def text(words: str) -> str:
    return escape(FORBIDDEN.sub("�", words))


def attribute(words: str) -> str:
    return quoteattr(FORBIDDEN.sub("�", words))
