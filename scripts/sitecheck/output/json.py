"""For a program: the shape is in schema.json beside this file, and a change that breaks it raises `version`."""

from __future__ import annotations

import json

from ..finding import Finding
from .report import Report

VERSION = 1


def write(report: Report) -> str:
    """One JSON object, one finding a line."""
    head = {
        "version": VERSION,
        "site": report.site,
        "base": report.base,
        "pages": report.pages,
        "references": report.references,
        "seconds": round(report.seconds, 3),
    }
    rows = ",\n".join(json.dumps(shape(finding)) for finding in report.findings)
    return f'{json.dumps(head)[:-1]}, "findings": [\n{rows}\n]}}'


def shape(finding: Finding) -> dict[str, str | int]:
    """The keys in the order in which a person reads them; `repeated` counts the pages."""
    names = ("code", "rule", "message", "file", "line", "column", "page", "target", "suggestion")
    return {name: getattr(finding, name) for name in names} | {"repeated": finding.pages}
