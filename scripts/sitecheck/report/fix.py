"""--fix: write what has exactly one safe mending into the source, print it, and touch nothing else."""

from __future__ import annotations

import contextlib
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from ..links.site import Site
from ..model.errors import CannotRun
from ..model.finding import Finding
from ..project.model import Document
from ..project.pages.links import places, spellings
from ..project.pages.markdown import body
from ..rules.registry import RULES
from .locate import alike, from_root


def mend(site: Site, root: Path, found: list[Finding]) -> tuple[list[Finding], list[str]]:
    """(what is left to a person, what was mended in words). Files outside the project are never written."""
    left, told = [], []
    by_file: dict[str, list[Finding]] = {}
    for finding in found:
        sure = finding.safe and finding.suggestion and RULES[finding.code].fixable
        if sure and (finding.file.startswith(("docs/", "overrides/"))):
            by_file.setdefault(finding.file, []).append(finding)
        else:
            left.append(finding)
    for file, findings in by_file.items():
        path = (root / file).resolve()
        if not path.is_relative_to(root.resolve()):
            left += findings
            continue
        text = path.read_bytes().decode("utf-8")
        mended = text
        for finding in sorted(findings, key=lambda one: (one.line, one.column), reverse=True):
            if span := written(site, finding, mended):
                start, end = span
                new = finding.suggestion
                new = new.replace("&", "&amp;") if "&amp;" in mended[start:end] else new
                told.append(f"{file}:{finding.line}:{finding.column} {mended[start:end]} -> {new}")
                mended = mended[:start] + new + mended[end:]
            else:
                left.append(finding)
        if mended != text:
            write(path, mended.encode("utf-8"))
    return sorted(left), sorted(told)


def write(path: Path, data: bytes) -> None:
    """Write a file whole or not at all, with the rights that it has. Raises CannotRun."""
    draft = path.with_name(f"{path.name}.mending")
    try:
        shutil.copy2(path, draft)
        draft.write_bytes(data)
        draft.replace(path)
    except OSError as error:
        raise CannotRun(f"{path} cannot be mended: {error.strerror}") from None
    finally:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)


def written(site: Site, finding: Finding, text: str) -> tuple[int, int] | None:
    """Where in the text the address stands that the finding is about: exactly at its place, or not at all."""
    documents = site.project.documents if site.project else ()
    document = next((one for one in documents if one.path == finding.file), None)
    lines = text.split("\n")
    if finding.line > len(lines):
        return None
    at = sum(len(line) + 1 for line in lines[: finding.line - 1]) + finding.column - 1
    ways, number = list(patterns(site, finding, document)), len(alike(site, finding.page, finding.raw))
    if document is not None and len(places(body(document), ways, number)) > number:
        return None  # some of them are shown as code, and which nobody knows
    for pattern in ways:
        for start in (at, at + 1):  # a template's address begins behind its quotation mark
            if (match := re.compile(pattern).match(text, start)) and (start == at or text[at] in "\"'"):
                return match.span()
    return None


def patterns(site: Site, finding: Finding, document: Document | None) -> Iterator[str]:
    """How the address may be written in that file."""
    if document is not None:
        yield from spellings(document, finding.raw)
    else:
        yield re.escape(finding.raw) + r"(?=[\"'\s)])"
        yield re.escape(from_root(site, finding.raw)) + r"(?=[\"'])"
