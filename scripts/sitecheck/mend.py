"""--fix: write what has exactly one safe mending into the source, print it, and touch nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from .finding import Finding
from .place import from_root
from .project.links import spellings
from .site import Site

MENDABLE = ("LI001", "LI002", "LI003", "LI017", "AS001", "AS002", "PR001")


def mend(site: Site, root: Path, found: list[Finding]) -> tuple[list[Finding], list[str]]:
    """(what is left to a person, what was mended in words). Files outside the project are never written."""
    left, told = [], []
    by_file: dict[str, list[Finding]] = {}
    for finding in found:
        sure = finding.safe and finding.suggestion and finding.code in MENDABLE
        if sure and (finding.file.startswith(("docs/", "overrides/"))):
            by_file.setdefault(finding.file, []).append(finding)
        else:
            left.append(finding)
    for file, findings in by_file.items():
        text = (root / file).read_bytes().decode("utf-8")
        mended = text
        for finding in sorted(findings, key=lambda one: (one.line, one.column), reverse=True):
            if span := written(site, finding, mended):
                start, end = span
                told.append(f"{file}:{finding.line}:{finding.column} {mended[start:end]} -> {finding.suggestion}")
                mended = mended[:start] + finding.suggestion + mended[end:]
            else:
                left.append(finding)
        if mended != text:
            draft = root / f"{file}.mending"
            draft.write_bytes(mended.encode("utf-8"))
            draft.replace(root / file)
    return sorted(left), sorted(told)


def written(site: Site, finding: Finding, text: str) -> tuple[int, int] | None:
    """Where in the text the address stands that the finding is about: exactly at its place, or not at all."""
    lines = text.split("\n")
    if finding.line > len(lines):
        return None
    at = sum(len(line) + 1 for line in lines[: finding.line - 1]) + finding.column - 1
    for pattern in patterns(site, finding):
        for start in (at, at + 1):  # a template's address begins behind its quotation mark
            if (match := re.compile(pattern).match(text, start)) and (start == at or text[at] in "\"'"):
                return match.span()
    return None


def patterns(site: Site, finding: Finding) -> Iterator[str]:
    """How the address may be written in that file."""
    document = next((one for one in site.project.documents if one.path == finding.file), None)
    if document is not None:
        yield from spellings(document, finding.raw)
    else:
        yield re.escape(finding.raw) + r"(?=[\"'\s)])"
        yield re.escape(from_root(site, finding.raw)) + r"(?=[\"'])"
