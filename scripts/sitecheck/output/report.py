"""The data of a report, which every format writes."""

from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

from ..model.finding import Finding
from ..rules.registry import Rule

PLACES = 3  # of a kind of advice that are named


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
    def errors(self) -> list[Finding]:
        """The findings that decide the exit status."""
        return [finding for finding in self.findings if finding.level == "error"]

    @property
    def advice(self) -> list[list[Finding]]:
        """The other findings, by rule."""
        code = attrgetter("code")
        advice = sorted((finding for finding in self.findings if finding.level == "advice"), key=code)
        return [list(group) for _, group in groupby(advice, code)]

    @property
    def total(self) -> str:
        """The last line of every run that a person reads."""
        count, errors = len(self.findings), len(self.errors)
        levels = f" ({errors} error{'s' * (errors != 1)}, {count - errors} advice)" if errors < count else ""
        return (
            f"{count} finding{'s' * (count != 1)}{levels} in {self.pages} page{'s' * (self.pages != 1)}, "
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


def sentence_of_kind(group: list[Finding]) -> str:
    """The sentence of the first finding of a kind of advice, with the number of places and the next of them."""
    first, *others = group
    if not others:
        return sentence(first)
    more = ", ".join(map(place, others[: PLACES - 1])) + ", …" * (len(group) > PLACES)
    return f"{sentence(first)} ({len(group)} places: also {more})"


def place(finding: Finding) -> str:
    return f"{finding.file}:{finding.line}:{finding.column}"
