"""What a rule says, and what a person is told."""

from __future__ import annotations

from typing import NamedTuple


class Fault(NamedTuple):
    """What a rule yields: a sentence, and where in the built site or in the project it is true.

    Give `file` when the rule already knows what the editor must open (a YAML file, a Markdown page);
    otherwise `page`, `line` and `column` of the built HTML, from which the source is found afterwards.
    """

    message: str
    page: str = ""  # path in the site, e.g. "treatment/index.html"
    line: int = 1  # 1-based, as are columns
    column: int = 1
    file: str = ""  # path in the project, e.g. "docs/_data/clinic.yml"
    target: str = ""  # what the reference points to, when the fault is a reference
    raw: str = ""  # the reference or words as written in the HTML: what to look for in the source
    suggestion: str = ""  # what to write instead, when there is one likely answer
    safe: bool = False  # the suggestion is the only one there can be, so --fix may write it
    frame: bool = False  # stands outside <main>: a template repeats it, so equal ones are told once
    single: bool = False  # each page is mended by itself, however many share the fault: never told once for all


class Finding(NamedTuple):
    """A fault in its place: the file that the editor would open. Sorted by file, line, column, code."""

    file: str
    line: int
    column: int
    code: str
    rule: str
    message: str
    page: str = ""
    target: str = ""
    suggestion: str = ""
    pages: int = 1  # how many pages repeat this very fault
    raw: str = ""  # as in Fault
    safe: bool = False
