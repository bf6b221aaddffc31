"""What every output is made from."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from ..model.finding import Finding
from ..rules.registry import Rule


class Report(NamedTuple):
    """One run of the checker. Files of findings are as a person would type them from `here`."""

    site: str
    base: str
    pages: int
    references: int
    seconds: float
    findings: tuple[Finding, ...]
    rules: tuple[Rule, ...]  # those that were asked
    here: Path  # what the files of findings are relative to
    color: bool = False
    quote: bool = False  # show the line of the source with the finding

    @property
    def total(self) -> str:
        """The last line of every run that a person reads."""
        many = len(self.findings)
        return (
            f"{many} finding{'s' * (many != 1)} in {self.pages} page{'s' * (self.pages != 1)}, "
            f"{self.references} references, {self.seconds:.2f} s"
        )


def sentence(finding: Finding) -> str:
    """The message with what goes with it."""
    text = finding.message
    if finding.suggestion:
        text += f"; did you mean {finding.suggestion}?"
    if finding.pages > 1:
        text += f" (on {finding.pages} pages)"
    return text
