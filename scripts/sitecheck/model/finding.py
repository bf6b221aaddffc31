"""A fault, as a rule yields it, and a finding, as a person reads it."""

from typing import Literal, NamedTuple

Level = Literal["error", "advice"]  # only an error decides the exit status


class Fault(NamedTuple):
    """One problem that a rule reports: a message, and its place in the built site or in the project.

    Set `file` if the rule knows which file the editor must open (a YAML file, a Markdown page). Otherwise set `page`,
    `line` and `column` of the built HTML; report/locate finds the source from them.
    """

    message: str
    page: str = ""  # path in the site, e.g. "treatment/index.html"
    line: int = 1  # 1-based, as are columns
    column: int = 1
    file: str = ""  # path in the project, e.g. "docs/_data/clinic.yml"
    target: str = ""  # what the reference points to, if the fault is a reference
    raw: str = ""  # the reference or words as written in the HTML, to look for in the source
    suggestion: str = ""  # what to write instead, if one answer is likely
    safe: bool = False  # no other suggestion is possible, so --fix may write it
    frame: bool = False  # outside <main>: a template repeats it on every page, so equal faults become one finding
    single: bool = False  # each page needs its own correction: equal faults stay separate findings


class Finding(NamedTuple):
    """A fault with its place in the file that the editor would open. Sorts by file, line, column, code."""

    file: str
    line: int
    column: int
    code: str
    rule: str
    message: str
    page: str = ""
    target: str = ""
    suggestion: str = ""
    pages: int = 1  # number of pages with the same fault
    raw: str = ""  # as in Fault
    safe: bool = False  # --fix may write the suggestion: it is the only one, and the rule is fixable
    level: Level = "error"
