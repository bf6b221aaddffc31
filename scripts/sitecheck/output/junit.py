"""For viewers of test results (JUnit XML): each rule is a test case; its errors are failures, its advice output."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from ..model.finding import Finding
from .report import Report, place, sentence

FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, production 2


def write(report: Report) -> Iterator[str]:
    """Yield one test suite."""
    found: dict[tuple[str, str], list[Finding]] = {(rule.code, rule.name): [] for rule in report.rules}
    for finding in report.findings:  # EX001 may be found although it was not selected
        found.setdefault((finding.code, finding.rule), []).append(finding)
    failed = len({finding.code for finding in report.errors})
    counts = f'tests="{len(found)}" failures="{failed}" errors="0" time="{report.seconds:.3f}"'
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites {counts}>'
    yield f"<testsuite name={attribute(report.site)} {counts}>"
    for rule, findings in sorted(found.items()):
        yield f'<testcase classname="sitecheck" name={attribute(" ".join(rule))} time="0">'
        yield from (failure(finding) for finding in findings if finding.level == "error")
        if advice := [f"{place(one)} {sentence(one)}" for one in findings if one.level == "advice"]:
            yield f"<system-out>{text(chr(10).join(advice))}</system-out>"
        yield "</testcase>"
    yield "</testsuite></testsuites>\n"


def failure(finding: Finding) -> str:
    kind, message = attribute(finding.rule), attribute(sentence(finding))
    return f"<failure message={message} type={kind}>{text(place(finding))}</failure>"


def text(words: str) -> str:
    return escape(FORBIDDEN.sub("�", words))


def attribute(words: str) -> str:
    return quoteattr(FORBIDDEN.sub("�", words))
