"""scripts/bench site [PAGE…]: the guide's marks, page by page, beside plain mkdocs-material and Zensical's default.

Prints a table and keeps it in tests/bench/README.md. Takes some minutes: Lighthouse loads every page of every site.
Run with tests/ and scripts/ on PYTHONPATH, as scripts/bench does.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from judges import CATEGORIES, Missing, install, lighthouse, nu_errors
from measures import Measured, measure
from playwright.sync_api import sync_playwright
from readme import keep
from rivals import BUILDERS

from hosting import PAGES, serve

INTRODUCTION = [
    "## The guide beside plain Material and Zensical's default",
    "",
    "The same Markdown in all three, one run of `scripts/bench site`, a phone of 390 × 844 px. Bytes are brotli at its",
    "best. Other hosts are asked and do not answer: what the rivals' web fonts would weigh is not in their bytes.",
    "Lighthouse: its default phone, the better of two runs where the first is below 99. axe: all WCAG 2.2 A and AA",
    "rules and best practice, at 320 and 1280 px, light and dark. Nu: without what it says about container queries,",
    "which its CSS part does not know (w3c/css-validator, issues 422 and 474).",
]


class Marks(NamedTuple):
    """All that was found out about one page of one site."""

    measured: Measured
    scores: dict[str, int]
    nu: int


class Mark(NamedTuple):
    """A row of the table: what is asked, how it is read, and which of the pages is the worst."""

    name: str
    must: str
    of: Callable[[Marks], float]
    worst: Callable = max


MARKS = [
    Mark("HTML + CSS for the first paint, brotli bytes", "≤ 14,600", lambda marks: marks.measured.first_paint),
    Mark("first view, compressed bytes", "≤ 60,000", lambda marks: marks.measured.first_view),
    Mark("requests to other hosts", "0", lambda marks: marks.measured.other_hosts),
    Mark("Lighthouse performance", "≥ 99", lambda marks: marks.scores["performance"], min),
    *(Mark(f"Lighthouse {name}", "100", lambda marks, name=name: marks.scores[name], min) for name in CATEGORIES[1:]),
    Mark("axe, rules broken", "0", lambda marks: marks.measured.axe),
    Mark("Nu validator errors", "0", lambda marks: marks.nu),
    Mark("layout shift", "0", lambda marks: marks.measured.shift),
    Mark("words lost without JavaScript", "0", lambda marks: marks.measured.lost_words),
]


def main(wanted: list[str]) -> int:
    """Measure the pages named (all without a name). Returns 0, or 2 with a line that says what is missing."""
    names = {page.strip("/") or "index": page for page in PAGES}
    if unknown := sorted(set(wanted) - names.keys()):
        print(f"There is no page {unknown[0]}: choose from {', '.join(names)}.", file=sys.stderr)
        return 2
    pages = [page for name, page in names.items() if not wanted or name in wanted]
    try:
        install("node", "npm", "java")
        with tempfile.TemporaryDirectory() as folder:
            found = {name: judge(name, Path(folder) / str(count), pages) for count, name in enumerate(BUILDERS)}
    except Missing as missing:
        print(missing, file=sys.stderr)
        return 2
    report = "\n".join([*INTRODUCTION, "", *summary(found), "", *by_page(found, pages)])
    print(report)
    if not wanted:
        keep("site", report)
    return 0


def judge(name: str, folder: Path, pages: list[str]) -> dict[str, Marks]:
    """Build one of the sites and measure its pages."""
    print(f"Building and measuring {name}.", flush=True)
    site = BUILDERS[name](folder)
    nu = nu_errors(site, pages)
    with serve(site) as url:
        with sync_playwright() as play:
            chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
            browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-quic"])
            measured = {page: measure(browser, url, f"/{page}") for page in pages}
            browser.close()
        return {page: told(page, Marks(measured[page], lighthouse(f"{url}/{page}"), nu[page])) for page in pages}


def told(page: str, marks: Marks) -> Marks:
    """The marks, said as soon as they are known: the whole takes minutes."""
    print(f"  {page or 'index'}: {', '.join(f'{mark.name} {mark.of(marks):,}' for mark in MARKS)}", flush=True)
    return marks


def summary(found: dict[str, dict[str, Marks]]) -> list[str]:
    """A Markdown table: every mark, the worst page of each site."""
    lines = [f"| the worst page of each | must | {' | '.join(found)} |", "| --- " * (2 + len(found)) + "|"]
    for mark in MARKS:
        values = [mark.worst(map(mark.of, pages.values())) for pages in found.values()]
        lines.append(f"| {mark.name} | {mark.must} | {' | '.join(f'{value:,}' for value in values)} |")
    return lines


def by_page(found: dict[str, dict[str, Marks]], pages: list[str]) -> list[str]:
    """A Markdown table: every page, the sites side by side in each cell."""
    names = [mark.name for mark in MARKS]
    lines = [f"| {' / '.join(found)} | {' | '.join(names)} |", "| --- " * (1 + len(names)) + "|"]
    for page in pages:
        cells = [" / ".join(f"{mark.of(marks[page]):,}" for marks in found.values()) for mark in MARKS]
        lines.append(f"| {page or 'index'} | {' | '.join(cells)} |")
    return lines


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
