"""scripts/bench help [QUERIES.yml]: how far away help is, on a phone, on paper and in the search.

Prints three tables and keeps them in tests/bench/README.md: px from the top to each overdose step, sheets of paper, and
the share of queries whose best answer comes first, beside MiniSearch and lunr. Another table is measured alone.
"""

from __future__ import annotations

import datetime
import gzip
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from judges import MODULES, Missing, install
from playwright.sync_api import Browser, Playwright, sync_playwright

import fonts
from hosting import ROOT, build, serve
from test_search import ASK, TABLE, fits, is_expected

HERE = Path(__file__).parent
README = HERE / "README.md"
BEGIN, END = "<!-- help: begin -->", "<!-- help: end -->"
WIDTHS = (320, 390)
HEIGHT = 664  # of a small phone's screen below the browser's own bars
PRINTED = {"Get help now": "get-help-now/", "Hours": "hours-and-locations/", "Fridge sheet": "overdose-steps-sheet/"}
PEERS = {"MiniSearch": MODULES / "minisearch/dist/umd/index.js", "lunr": MODULES / "lunr/lunr.min.js"}
# The overdose steps: the list below "What to do".
STEPS = """() => [...document.querySelector("#what-to-do ~ ol, #what-to-do ~ * ol").children]
  .map(step => Math.round(step.getBoundingClientRect().top + scrollY))"""


class Row(NamedTuple):
    """One query, where its answer stands, and whom the first line of help calls ("" for nobody)."""

    query: str
    first: str | list[str]
    help: str


def main(arguments: list[str]) -> int:
    """Returns 0, or 2 with a line that says what is missing."""
    table = yaml.safe_load(Path(arguments[0]).read_text("utf-8")) if arguments else TABLE
    rows = [Row(str(query), group["first"], group.get("help", "")) for group in table for query in group["queries"]]
    try:
        install("node", "npm")
    except Missing as missing:
        print(missing, file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        site = build(ROOT, Path(folder) / "site").site
        with serve(site) as url, sync_playwright() as play:
            tops = {name: steps(play, url, name, Path(folder)) for name in fonts.SETS}
            browser = launched(play)
            there = {name: page for name, page in PRINTED.items() if (site / page).exists()}
            sheets = {name: paper(browser, f"{url}/{page}") for name, page in there.items()}
            search = list(searching(browser, url, rows))
            browser.close()
    report = "\n".join([
        f"## How far away help is\n\n{datetime.date.today()}, one run of `scripts/bench help`.",
        *("", "Get help now on a phone: px from the top to each overdose step; a screen has "
          f"{HEIGHT}.", "", *steps_table(tops)),
        *("", f"Sheets of Letter paper: {', '.join(f'{name} {count}' for name, count in sheets.items())}.", ""),
        *search,
    ])  # fmt: skip
    print(report)
    if not arguments:
        keep(report)
    return 0


def launched(play: Playwright, **environment: str) -> Browser:
    """The Chromium that scripts/browser found."""
    chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    arguments = ["--no-sandbox", "--disable-quic", "--disable-background-networking"]
    return play.chromium.launch(executable_path=chromium, args=arguments, env={**os.environ, **environment})


def steps(play: Playwright, url: str, name: str, folder: Path) -> dict[int, list[int]]:
    """px from the top of Get help now to each step, by width, in one set of fonts."""
    (folder / name).mkdir()
    browser = launched(play, FONTCONFIG_FILE=str(fonts.configure(fonts.SETS[name], folder / name)))
    found = {}
    for width in WIDTHS:
        page = browser.new_page(viewport={"width": width, "height": HEIGHT})
        page.goto(f"{url}/get-help-now/")
        found[width] = page.evaluate(STEPS)
    browser.close()
    return found


def steps_table(tops: dict[str, dict[int, list[int]]]) -> Iterator[str]:
    """A Markdown table: a row for each set of fonts and width."""
    most = max(len(found) for widths in tops.values() for found in widths.values())
    yield f"| fonts, width | {' | '.join(f'step {step}' for step in range(1, most + 1))} |"
    yield "| --- " * (1 + most) + "|"
    for name, widths in tops.items():
        for width, found in widths.items():
            yield f"| {name.replace('-', ' ')}, {width} px | {' | '.join(f'{top:,}' for top in found)} |"


def paper(browser: Browser, url: str) -> int:
    """How many sheets a page takes when it is printed."""
    page = browser.new_page()
    page.goto(url)
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="Letter", prefer_css_page_size=True)))


def searching(browser: Browser, url: str, rows: list[Row]) -> Iterator[str]:
    """What comes first for each query: the search as it is, and the rankings of other libraries in its place."""
    queries = [row.query for row in rows]
    page = browser.new_context(bypass_csp=True, service_workers="block").new_page()
    page.goto(f"{url}/search/")
    page.locator("[role=search]:not([hidden])").wait_for()
    answers = page.evaluate(ASK, queries)
    right = [is_expected(links, row.first, row.help) for row, links in zip(rows, answers, strict=True)]
    wrong = [row.query for row, good in zip(rows, right, strict=True) if not good]
    yield f"The search: of {len(rows)} queries, {sum(right)} ({sum(right) / len(rows):.0%}) have the right line of help"
    yield "and the right page or section in the first place."
    if wrong:
        yield f"Not: {', '.join(f'`{query}`' for query in wrong)}."
    for script in (*PEERS.values(), HERE / "rankers.js"):
        page.add_script_tag(content=script.read_text("utf-8"))
    peers = page.evaluate("queries => Rankers.compare(queries)", queries)
    plain = [at for at, row in enumerate(rows) if not row.help and row.first != "any"]
    yield ""
    yield f"The ranking that stands behind the best answers, and two libraries in its place: {len(plain)} queries of"
    yield "nobody in danger; the page counts, not the section."
    yield ""
    yield f"| | {' | '.join(peers)} |"
    yield "| --- " * (1 + len(peers)) + "|"
    for words, key in (("first place, ranking alone", "alone"), ("first place, behind the best answers", "both")):
        counts = (sum(page_fits(one[key][at], rows[at].first) for at in plain) for one in peers.values())
        yield f"| {words} | {' | '.join(f'{count} ({count / max(len(plain), 1):.0%})' for count in counts)} |"
    yield "| ms a query | {} |".format(" | ".join(f"{one['ms']:.1f}" for one in peers.values()))
    yield f"| bytes, gzip, as shipped | {' | '.join(map(str, weights()))} |"


def weights() -> list[int]:
    """Bytes after gzip: of the functions of search-ranking.js that a library would replace, and of each library."""
    ours = (ROOT / "docs/assets/js/search-ranking.js").read_text("utf-8")
    ranking = ours[ours.index("  // A word that neither the pages") : ours.index("  // The sentence that answers")]
    return [len(gzip.compress(data)) for data in (ranking.encode(), *(path.read_bytes() for path in PEERS.values()))]


def page_fits(found: str, first: Any) -> bool:
    """Whether the page is right, whatever the section."""
    pages = [one if one == "nothing" else one.split("#")[0] for one in ([first] if isinstance(first, str) else first)]
    return fits([found.split("#")[0]] if found != "nothing" else [], pages)


def keep(report: str) -> None:
    """Put the report between its marks in README.md, or at its end."""
    before, _, rest = README.read_text("utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    README.write_text(f"{before.rstrip()}\n\n{BEGIN}\n\n{report}\n\n{END}\n{after.lstrip()}", "utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
