"""--fix: write what has exactly one safe correction into the source, print it, and touch nothing else."""

from __future__ import annotations

import contextlib
import re
import shutil
from pathlib import Path

from ..links.site import Site
from ..model.errors import CannotRun
from ..model.finding import Finding
from ..project.pages.links import link_offsets, spans, spellings
from ..project.pages.markdown import body
from ..rules.registry import RULES
from .locate import from_root


def fix(site: Site, root: Path, found: list[Finding]) -> tuple[list[Finding], list[str]]:
    """(the findings left to a person, one line for each correction made). Writes no file outside the project.

    Raises CannotRun when a file cannot be written.
    """
    left: list[Finding] = []
    corrections: list[str] = []
    by_file: dict[str, list[Finding]] = {}
    for finding in found:
        if is_safe(finding):
            by_file.setdefault(finding.file, []).append(finding)
        else:
            left.append(finding)
    for file, fixable in by_file.items():
        path = (root / file).resolve()
        if not path.is_relative_to(root.resolve()):
            left += fixable
            continue
        before = text = path.read_bytes().decode("utf-8", "surrogateescape")  # keeps bytes that are no UTF-8
        for finding in sorted(fixable, key=lambda finding: (finding.line, finding.column), reverse=True):
            if span := address_span(site, finding, text):
                start, end = span
                old, new = text[start:end], finding.suggestion
                new = new.replace("&", "&amp;") if "&amp;" in old else new
                corrections.append(f"{file}:{finding.line}:{finding.column} {old} -> {new}")
                text = text[:start] + new + text[end:]
            else:
                left.append(finding)
        if text != before:
            replace_file(path, text.encode("utf-8", "surrogateescape"))
    return sorted(left), sorted(corrections)


def is_safe(finding: Finding) -> bool:
    """Whether a finding has one sure correction, in a file that people write."""
    sure = finding.safe and finding.suggestion and RULES[finding.code].fixable
    return bool(sure) and finding.file.startswith(("docs/", "overrides/"))


def replace_file(path: Path, data: bytes) -> None:
    """Replace a file's content in one step, keeping its permissions. Raises CannotRun."""
    draft = path.with_name(f"{path.name}.fixing")
    try:
        shutil.copy2(path, draft)
        draft.write_bytes(data)
        draft.replace(path)
    except OSError as error:
        raise CannotRun(f"{path} cannot be fixed: {error.strerror}") from None
    finally:
        with contextlib.suppress(OSError):
            draft.unlink()


def address_span(site: Site, finding: Finding, text: str) -> tuple[int, int] | None:
    """(start, end) of the finding's address in the file's text; None unless it stands exactly at its place."""
    document = site.project.by_path.get(finding.file) if site.project else None
    lines = text.split("\n")
    if finding.line > len(lines):
        return None
    at = sum(len(line) + 1 for line in lines[: finding.line - 1]) + finding.column - 1
    count = len(site.places_of(finding.raw, finding.page))
    start = at + (text[at : at + 1] in ('"', "'"))  # a template's address begins behind its quotation mark
    if document is None:
        matches = (re.compile(pattern).match(text, start) for pattern in template_patterns(site, finding))
        return next((match.span() for match in matches if match), None)
    written = tuple(spellings(document, finding.raw))
    if len(link_offsets(body(document), written, count)) > count:
        return None  # some of them are shown as code, and there is no telling which
    found = (span for spelling in written for span in spans(text, spelling))
    return next((span for span in found if span[0] == start), None)


def template_patterns(site: Site, finding: Finding) -> tuple[str, str]:
    """Regular expressions for the ways in which a template or a data file may write the address."""
    return re.escape(finding.raw) + r"(?=[\"'\s)])", re.escape(from_root(site, finding.raw)) + r"(?=[\"'])"
