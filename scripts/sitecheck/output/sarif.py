"""For code hosts: SARIF 2.1.0 (OASIS), one run, the rules with their reasons, a stable fingerprint a finding."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from ..model.finding import Finding
from ..rules.registry import Rule
from .json import filled
from .report import Report, sentence

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def write(report: Report) -> Iterator[str]:
    """One SARIF log, one result a line."""
    number = {rule.code: index for index, rule in enumerate(report.rules)}
    driver = {"name": "sitecheck", "rules": [described(rule) for rule in report.rules]}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": []}
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return filled(log, (result(finding, number) for finding in report.findings))


def described(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.name.replace("-", " ")},
        "fullDescription": {"text": rule.why or rule.name},
        "defaultConfiguration": {"level": "error"},
    }


def result(finding: Finding, number: dict[str, int]) -> dict[str, Any]:
    place = {
        "artifactLocation": {"uri": quote(finding.file.encode("utf-8", "replace"))},
        "region": {"startLine": finding.line, "startColumn": finding.column},
    }
    told = {
        "ruleId": finding.code,
        "level": "error",
        "message": {"text": sentence(finding)},
        "locations": [{"physicalLocation": place}],
        "partialFingerprints": {"fault/v1": fingerprint(finding)},
        "properties": {"page": finding.page, "target": finding.target, "repeated": finding.pages},
    }
    return told | ({"ruleIndex": number[finding.code]} if finding.code in number else {})


def fingerprint(finding: Finding) -> str:
    """The same for the same fault when lines move."""
    parts = (finding.code, finding.file, finding.target or finding.message)
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:32]
