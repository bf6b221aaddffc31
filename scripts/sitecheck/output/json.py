"""For a program, by schema.json beside this file: a breaking change increases `version`, a new field `minor`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from ..model.finding import Finding
from .report import Report

VERSION, MINOR = 1, 1


def write(report: Report) -> Iterator[str]:
    """Yield one JSON object, with one finding a line."""
    head = {
        "version": VERSION,
        "minor": MINOR,
        "site": report.site,
        "base": report.base,
        "pages": report.pages,
        "references": report.references,
        "seconds": round(report.seconds, 3),
        "findings": [],
    }
    return fill_list(head, map(as_object, report.findings))


def fill_list(document: dict[str, Any], items: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Yield a document as JSON, with these items, one a line, in its last list, which must be empty."""
    before, _, after = json.dumps(document).rpartition("[]")
    yield f"{before}["
    for number, item in enumerate(items):
        yield f"{',' if number else ''}\n{json.dumps(item)}"
    yield f"\n]{after}\n"


def as_object(finding: Finding) -> dict[str, str | int]:
    """A finding as schema.json has it; `repeated` is the number of pages."""
    names = ("level", "code", "rule", "message", "file", "line", "column", "page", "target", "suggestion")
    return {name: getattr(finding, name) for name in names} | {"repeated": finding.pages}
