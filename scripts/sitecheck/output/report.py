"""The data of a report, which every format writes."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from ..model.finding import Finding
from ..rules.registry import Rule


class Report(NamedTuple):
    """One run of the checker. The paths in its findings are relative to `here`."""

    site: str
    base: str
    pages: int
    references: int
    seconds: float
    findings: tuple[Finding, ...]
    rules: tuple[Rule, ...]  # those that ran; empty for a format that does not list them
    here: Path
    color: bool = False
    quote: bool = False  # print the line of the source below each finding

    @property
    def total(self) -> str:
        """The last line of every run that a person reads."""
        count = len(self.findings)
        return (
            f"{count} finding{'s' * (count != 1)} in {self.pages} page{'s' * (self.pages != 1)}, "
            f"{self.references} references, {self.seconds:.2f} s"
        )


def sentence(finding: Finding) -> str:
    """The message, with the suggestion and the number of pages."""
    text = finding.message
    if finding.suggestion:
        text += f"; did you mean {finding.suggestion}?"
    if finding.pages > 1:
        text += f" (on {finding.pages} pages)"
    return text
