"""For code hosts: SARIF 2.1.0 (OASIS), one run with the rules, their reasons and the findings."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from ..model.finding import Finding, Level
from ..rules.registry import Rule
from .json import fill_list
from .report import Report, sentence

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS: dict[Level, str] = {"error": "error", "advice": "note"}  # SARIF 2.1.0, 3.27.10


def write(report: Report) -> Iterator[str]:
    """Yield one SARIF log, with one result a line."""
    rule_index = {rule.code: index for index, rule in enumerate(report.rules)}
    driver = {"name": "sitecheck", "rules": [descriptor(rule) for rule in report.rules]}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": []}
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return fill_list(log, (result(finding, rule_index) for finding in report.findings))


def descriptor(rule: Rule) -> dict[str, Any]:
    """A reportingDescriptor (SARIF 2.1.0, 3.49)."""
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.name.replace("-", " ")},
        "fullDescription": {"text": rule.why or rule.name},
        "defaultConfiguration": {"level": LEVELS[rule.level]},
    }


def result(finding: Finding, rule_index: dict[str, int]) -> dict[str, Any]:
    """A result (SARIF 2.1.0, 3.27)."""
    location = {
        "artifactLocation": {"uri": quote(finding.file.encode("utf-8", "replace"))},
        "region": {"startLine": finding.line, "startColumn": finding.column},
    }
    facts = {
        "ruleId": finding.code,
        "level": LEVELS[finding.level],
        "message": {"text": sentence(finding)},
        "locations": [{"physicalLocation": location}],
        "partialFingerprints": {"fault/v1": fingerprint(finding)},
        "properties": {"page": finding.page, "target": finding.target, "repeated": finding.pages},
    }
    return facts | ({"ruleIndex": rule_index[finding.code]} if finding.code in rule_index else {})


def fingerprint(finding: Finding) -> str:
    """A hash that stays the same for a fault when lines move."""
    parts = (finding.code, finding.file, finding.target or finding.message)
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:32]
