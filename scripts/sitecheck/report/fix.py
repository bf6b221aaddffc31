"""--fix: write what has exactly one safe correction into the source, print it, and touch nothing else."""

from __future__ import annotations

import contextlib
import re
import shutil
from itertools import groupby
from pathlib import Path

from ..links.site import Site
from ..model.errors import CannotRun
from ..model.finding import Finding
from ..project.pages.links import end_of, link_offsets, spellings
from ..project.pages.markdown import body
from .locate import from_root


def fix(site: Site, root: Path, found: list[Finding]) -> tuple[list[Finding], list[str]]:
    """(the findings left to a person, one line for each correction made). Writes no file outside the project.

    Raises CannotRun when a file cannot be written.
    """
    safe: list[Finding] = []
    left: list[Finding] = []
    for finding in found:
        (safe if is_safe(root, finding) else left).append(finding)
    corrections: list[str] = []
    # From the end of each file, so that the places before stay where they are.
    for file, fixable in groupby(sorted(safe, reverse=True), lambda finding: finding.file):
        path = (root / file).resolve()
        text = path.read_bytes().decode("utf-8", "surrogateescape")  # keeps bytes that are no UTF-8
        starts = [0, *(match.end() for match in re.finditer("\n", text))]  # of the lines
        parts: list[str] = []  # of the corrected text from `done` to its end, the last first
        done = len(text)
        for finding in fixable:
            at = starts[finding.line - 1] + finding.column - 1 if finding.line <= len(starts) else len(text)
            span = address_span(site, finding, text, at)
            if span and span[1] <= done:
                start, end = span
                old, new = text[start:end], finding.suggestion
                new = new.replace("&", "&amp;") if "&amp;" in old else new
                corrections.append(f"{file}:{finding.line}:{finding.column} {old} -> {new}")
                parts += text[end:done], new
                done = start
            else:
                left.append(finding)
        if parts:
            parts.append(text[:done])
            replace_file(path, "".join(reversed(parts)).encode("utf-8", "surrogateescape"))
    return sorted(left), sorted(corrections)


def is_safe(root: Path, finding: Finding) -> bool:
    """Whether a finding has one sure correction, in a file of the project that people write."""
    if not (finding.safe and finding.suggestion and finding.file.startswith(("docs/", "overrides/"))):
        return False
    return (root / finding.file).resolve().is_relative_to(root.resolve())


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


def address_span(site: Site, finding: Finding, text: str, at: int) -> tuple[int, int] | None:
    """(start, end) of the finding's address in the file's text; None unless it stands exactly at its place, `at`."""
    document = site.project.by_path.get(finding.file) if site.project else None
    count = len(site.places_of(finding.raw, finding.page))
    start = at + (text[at : at + 1] in ('"', "'"))  # a template's address begins behind its quotation mark
    if document is None:
        # As a template or a data file may write the address.
        patterns = (rf"{re.escape(finding.raw)}(?=[\"'\s)])", rf"{re.escape(from_root(site, finding.raw))}(?=[\"'])")
        matches = (re.compile(pattern).match(text, start) for pattern in patterns)
        return next((match.span() for match in matches if match), None)
    written = tuple(spellings(document, finding.raw))
    if len(link_offsets(body(document), written, count)) > count:
        return None  # some of them are shown as code, and there is no telling which
    ends = (end_of(text, spelling, start) for spelling in written)
    return next(((start, end) for end in ends if end is not None), None)
