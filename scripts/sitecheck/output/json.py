"""For a program: the shape is in schema.json beside this file, and a change that breaks it raises `version`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from ..model.finding import Finding
from .report import Report

VERSION = 1


def write(report: Report) -> Iterator[str]:
    """One JSON object, one finding a line."""
    head = {
        "version": VERSION,
        "site": report.site,
        "base": report.base,
        "pages": report.pages,
        "references": report.references,
        "seconds": round(report.seconds, 3),
        "findings": [],
    }
    return filled(head, map(shape, report.findings))


def filled(outside: dict[str, Any], items: Iterable[dict[str, Any]]) -> Iterator[str]:
    """`outside`, whose last list is empty, with these items in it, one a line."""
    before, _, after = json.dumps(outside).rpartition("[]")
    yield f"{before}["
    for number, item in enumerate(items):
        yield f"{',' if number else ''}\n{json.dumps(item)}"
    yield f"\n]{after}\n"


def shape(finding: Finding) -> dict[str, str | int]:
    """The keys in the order in which a person reads them; `repeated` counts the pages."""
    names = ("code", "rule", "message", "file", "line", "column", "page", "target", "suggestion")
    return {name: getattr(finding, name) for name in names} | {"repeated": finding.pages}
