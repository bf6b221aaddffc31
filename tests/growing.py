"""How the time of a whole check grows with the size of a file: four times the bytes, at most LIMIT times as long.

growing.yml lists what could slow a careless reader down: the signs to repeat, the places in each file where they may
stand, and whole things to put one after another.
"""

from __future__ import annotations

import gc
import html
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import cases
from sitecheck.links.site import read_site
from sitecheck.model.errors import ProjectError
from sitecheck.model.options import Options
from sitecheck.project.model import Project
from sitecheck.project.pages.markdown import document_of
from sitecheck.project.read_project import read_project
from sitecheck.report.findings import findings, select_rules

LIMIT = 6
SHOWS = 16_000  # bytes
LETTERS = str.maketrans("0123456789", "abcdefghij")
LINK = re.compile(r"\[([^][\n]*)\]\(([^()\s]*)\)")
ROUNDS = 6  # of measuring, before a ratio above LIMIT is believed
INPUTS = cases.load(Path(__file__).with_suffix(".yml"))
FILES = [(kind, file) for kind in ("site", "project") for file in INPUTS[kind]]


class Input(NamedTuple):
    """A file whose size can be chosen."""

    before: str
    unit: str
    after: str

    def text(self, size: int) -> str:
        """The file with about `size` bytes of the unit, numbered where it holds %d."""
        count = max(1, size // len(self.unit))
        if "%d" in self.unit or "%w" in self.unit:
            each = (self.unit.replace("%d", str(one)).replace("%w", in_letters(one)) for one in range(count))
            return self.before + "".join(each) + self.after
        return self.before + self.unit * count + self.after


def in_letters(number: int) -> str:
    """A word of its own for each number."""
    return f"number{str(number).translate(LETTERS)}"


def inputs(kind: str, file: str) -> Iterator[Input]:
    """Every input of one file of a site or project: each sign at each place, and each thing."""
    known = INPUTS[kind][file]
    before, after = known.get("around", ("", ""))
    places = [*known.get("whole", ()), *(f"{before}{place}{after}" for place in known.get("places", ()))]
    for place in places:
        for sign in INPUTS["signs"]:
            yield Input(place.partition("…")[0], sign, place.partition("…")[2])
    for thing in known.get("things", ()):
        yield Input(before, thing, after)


def once_slow(kind: str, file: str) -> Iterator[tuple[Input, int]]:
    """The inputs of one file that once took the square of their size, each with the size from which that shows."""
    return ((Input(*parts[:3]), (*parts, SHOWS)[3]) for parts in INPUTS[kind][file].get("slow", ()))


class Check:
    """A whole check of a small site, with or without a project, in which one file is at choice."""

    def __init__(self, folder: Path, kind: str, file: str) -> None:
        self.folder, self.file, self.has_project = folder, file, kind == "project"
        self.known: Project | None = None
        self.measured = 0
        self.rules = select_rules(project=self.has_project)
        self.path = folder / ("" if self.has_project else "site") / file
        self.path.parent.mkdir(parents=True, exist_ok=True)
        cases.write(folder / "site", {"index.html": "<h1>Home</h1>", "b.html": "<h1>B</h1><p id=b>"})
        if self.has_project:
            terms = (cases.SITES.parents[1] / "docs/_data/terms.yml").read_text("utf-8")
            files = cases.load(cases.SITES / "harbor.yml") | {"docs/_data/terms.yml": terms, "docs/index.md": "# A"}
            cases.write(folder, {name: text for name, text in files.items() if name != file})

    def read(self, text: str) -> Project:
        """The project. Its data, which take longest to read, are read anew only if the file is one of them."""
        if self.file.startswith("docs/_data/"):
            return read_project(self.folder)
        if self.known is None:
            self.known = read_project(self.folder)
        if self.file.endswith(".md"):
            return self.known._replace(documents=(document_of(self.file, text)[0],))
        part = {"overrides": "templates", "docs/assets/css": "styles", "docs/assets/figures": "drawings"}.get(
            self.file.rpartition("/")[0]
        )
        return self.known._replace(**{part: {self.file: text}}) if part else self.known

    def growth(self, one: Input, size: int, quick: float) -> float:
        """How many times as long a check takes with four times `size` bytes of an input; 0 if less than `quick`."""
        return growth(lambda number: self.seconds(one.text(number)), size, quick)

    def seconds(self, text: str) -> float:
        """CPU time of a check with this text in the file. A page of the project is on the built page too,
        its links with their addresses as they are."""
        self.measured += 1
        text += "\n" * self.measured  # a new text: what is kept of the last must not serve
        self.path.write_text(text, "utf-8")
        if self.file == "docs/index.md":
            built = LINK.sub(r'<a href="\2">\1</a>', html.escape(text))
            cases.write(self.folder / "site", {"index.html": f"<h1>A</h1><p>{built}</p>"})
        return cpu_seconds(lambda: self.run(text))

    def run(self, text: str) -> None:
        """Check the site, with the text in the file of its project."""
        try:
            project = self.read(text) if self.has_project else None
            findings(read_site(self.folder / "site", project, options=Options(cache=False, jobs=1)), self.rules)
        except ProjectError:
            pass


def cpu_seconds(work: Callable[[], object]) -> float:
    """CPU time of a piece of work, without collecting garbage, as on the command line."""
    gc.disable()
    start = time.process_time()
    try:
        work()
    finally:
        gc.enable()
    return time.process_time() - start


def growth(seconds: Callable[[int], float], size: int, quick: float = 0) -> float:
    """How many times as long four times the size takes; 0 if it takes less than `quick`.

    A ratio from LIMIT up is believed if it is so at four times the size too: to a square that is the same, while the
    neighbours of a busy machine slow now the one down, now the other.
    """
    ratio = _ratio(seconds, size, quick)
    return ratio if ratio < LIMIT else min(ratio, _ratio(seconds, 4 * size, quick))


def _ratio(seconds: Callable[[int], float], size: int, quick: float) -> float:
    long = seconds(4 * size)
    if long < quick:
        return 0
    short, ratio = seconds(size), 0.0
    for _ in range(ROUNDS):
        ratio = long / short
        if ratio < LIMIT:
            break
        short, long = min(short, seconds(size)), min(long, seconds(4 * size))
    return ratio
