"""scripts/bench words [FOLDER]: how the guide sounds, page by page; FOLDER holds the site as it was built before.

Prints a table: reading grade, mean and spread of sentence length, share of sentences of six words or fewer, sentences
that another page says too, words before the first answer. Compared with FOLDER, it is kept in tests/bench/README.md.
"""

from __future__ import annotations

import datetime
import re
import statistics
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import turbohtml

from hosting import ROOT, build
from reading_grade import APART, BLOCKS, Sentence, grade, sentences

README = Path(__file__).parent / "README.md"
BEGIN, END = "<!-- words: begin -->", "<!-- words: end -->"
SHORT = 6  # words: more than a few such sentences in a row read like a telegram
# What stands on many pages on purpose: the never-stop box, the ladder's cards, and the frame around the words.
# and what the two sheets of paper repeat: the overdose steps, and questions to tick.
SHARED = (
    f"{APART}, .never-stop, .care, .note, .breadcrumb, .open-line, .on-this-page, .qr, .sheet-questions, .sheet-line, "
    ".overdose-steps, .overdose-steps + p"
)
# What a reader came for: the summary, the steps, the hours; elsewhere the first thing below a heading.
ANSWERS = ".in-short, .overdose-steps, .hours, h2 + p, h2 + ul, h2 + ol, h2 + table"
UNSEEN = "script, style, template, sup, .visually-hidden, details"


class Voice(NamedTuple):
    """One page in numbers; lengths in words."""

    grade: float
    mean: float
    spread: float
    short: float
    repeated: int
    before: int

    def cells(self) -> list[str]:
        """The row of the table, without the page's name."""
        lengths = [f"{self.mean:.1f}", f"{self.spread:.1f}", f"{self.short:.0%}"]
        return [f"{self.grade:.1f}", *lengths, str(self.repeated), str(self.before)]


def main(arguments: list[str]) -> int:
    """Returns 0."""
    with tempfile.TemporaryDirectory() as folder:
        now = voices(build(ROOT, Path(folder) / "site").site)
    then = voices(Path(arguments[0])) if arguments else {}
    heading = ["## How the guide sounds", "", f"{datetime.date.today()}, one run of `scripts/bench words`.", ""]
    table = "\n".join([*heading, *rows(now, then), ""])
    print(table)
    if not arguments:
        return 0
    text = README.read_text("utf-8")
    start, end = text.index(BEGIN) + len(BEGIN), text.index(END)
    README.write_text(f"{text[:start]}\n{table}\n{text[end:]}", "utf-8")
    return 0


def rows(now: dict[str, Voice], then: dict[str, Voice]) -> list[str]:
    """Lines of a Markdown table; "before → now" where the page was there before."""
    titles = ["page", "grade", "words a sentence", "spread", "≤ 6 words", "said elsewhere too", "words before answer"]
    lines = [f"| {' | '.join(titles)} |", "| --- " * len(titles) + "|"]
    for page, voice in now.items():
        cells = voice.cells()
        if page in then:
            cells = [f"{was} → {new}" for was, new in zip(then[page].cells(), cells, strict=True)]
        lines.append(f"| {page or 'home'} | {' | '.join(cells)} |")
    return lines


def voices(site: Path) -> dict[str, Voice]:
    """Every page of a built site that has English sentences of its own, by its address."""
    pages = {"": (site / "index.html").read_bytes()}
    pages |= {f"{file.parent.name}/": file.read_bytes() for file in sorted(site.glob("*/index.html"))}
    pages.pop("print/", None)  # every page once more
    english = {name: page for name, page in pages.items() if turbohtml.parse(page).find("html").attr("lang") == "en"}
    said = {name: prose(page) for name, page in english.items()}
    times = Counter(text for lines in said.values() for text in {plain(line.text) for line in lines})
    return {name: voice(page, said[name], times) for name, page in english.items() if said[name]}


def voice(page: bytes, lines: list[Sentence], times: Counter[str]) -> Voice:
    """The numbers of one page. The grade is that of tests/test_words.py, with list items and cards."""
    lengths = [len(line.words) for line in lines]
    again = sum(times[text] > 1 for text in {plain(line.text) for line in lines})
    short = sum(length <= SHORT for length in lengths) / len(lengths)
    spread = statistics.pstdev(lengths)
    return Voice(grade(sentences(page)), statistics.mean(lengths), spread, short, again, words_before_answer(page))


def prose(page: bytes) -> list[Sentence]:
    """The page's own sentences. An item of a list counts when it ends as a sentence does."""
    body = turbohtml.parse(page).find("main")
    for element in body.select(SHARED):
        element.decompose()
    texts = [" ".join(block.text.split()) for block in body.select(BLOCKS) if not block.select(BLOCKS)]
    parts = [part for text in texts for part in re.split(r"(?<=[.!?])[\"”)]?\s+(?=[A-Z0-9“\"])", text)]
    found = [Sentence.of(part) for part in parts if re.search(r"[.!?][\"”)]?$", part)]
    return [sentence for sentence in found if sentence.words]


def plain(sentence: str) -> str:
    """A sentence as two pages may both say it, whatever its quotes and capitals."""
    return " ".join(re.findall(r"[\w'’-]+", sentence.lower()))


def words_before_answer(page: bytes) -> int:
    """Words that a reader passes, from the top of the page's text to the first answer; what is folded is not read."""
    body = turbohtml.parse(page).find("main")
    for element in body.select(UNSEEN):
        element.decompose()
    answers = (" ".join(element.text.split()) for element in body.select(ANSWERS))
    if first := next(filter(None, answers), ""):
        return len(" ".join(body.text.split()).partition(first)[0].split())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
