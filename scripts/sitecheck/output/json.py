"""For a program: the shape is in schema.json beside this file, and a change that breaks it raises `version`."""

from __future__ import annotations

import dataclasses
import json

from .report import Report

VERSION = 1


def write(report: Report) -> str:
    """One JSON object."""
    return json.dumps(
        {
            "version": VERSION,
            "site": report.site,
            "base": report.base,
            "pages": report.pages,
            "references": report.references,
            "seconds": round(report.seconds, 3),
            "findings": [shape(dataclasses.asdict(finding)) for finding in report.findings],
        },
        indent=1,
    )


def shape(finding: dict) -> dict:
    """The keys in the order in which a person reads them; `repeated` counts the pages."""
    first = ("code", "rule", "message", "file", "line", "column", "page", "target", "suggestion")
    return {key: finding[key] for key in first} | {"repeated": finding["pages"]}
