"""Nothing the guide must say is lost: every fact, correction and safety item stands where tests/coverage.yml says."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import pytest
import turbohtml

from cases import load
from hosting import ROOT

ROWS = load(ROOT / "tests" / "coverage.yml")
FACTS = [f"F{number:02}" for number in range(1, 131)]
CORRECTIONS = [f"A{number:02}" for number in range(1, 46)]
SAFETY = [f"M{number:02}" for number in range(1, 17)]
# Page furniture of the article, left out on purpose: the row says why.
LEFT_OUT = {"F01", "F16", "F93"}
# Where each safety item must stand, at least.
SAFETY_PAGES = {
    "M01": ["index"],
    "M02": ["index", "treatment", "tapering-and-recovery", "prevention-and-early-help"],
    "M03": ["tapering-and-recovery"],
    "M04": ["get-help-now"],
    "M05": ["get-help-now", "tapering-and-recovery"],
    "M06": ["signs-and-diagnosis"],
    "M07": ["how-pain-works", "signs-and-diagnosis"],
    "M08": ["tapering-and-recovery"],
    "M09": ["get-help-now", "tapering-and-recovery"],
    "M10": ["get-help-now"],
    "M11": ["signs-and-diagnosis", "treatment", "prevention-and-early-help"],
    "M12": ["prevention-and-early-help", "tapering-and-recovery"],
    "M13": ["get-help-now", "signs-and-diagnosis"],
    "M14": ["signs-and-diagnosis", "get-help-now"],
    "M15": ["prevention-and-early-help", "tapering-and-recovery"],
    "M16": ["prevention-and-early-help"],
}


@lru_cache
def words_of(site: Path, page: str, part: str) -> str:
    """What a page says, without white space and without the numbers of its sources."""
    name = page.removesuffix(".md")
    file = site / "index.html" if name == "index" else site / name / "index.html"
    element = turbohtml.parse(file.read_bytes()).find(part)
    for number in element.select("sup.cite"):
        number.decompose()
    return squeezed(element.text)


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['id']} {row['page']}")
def test_a_reader_finds(site: Path, row: dict[str, str]) -> None:
    assert squeezed(row["says"]) in words_of(site, row["page"], row.get("part", "main"))


def test_every_fact_correction_and_safety_item_has_a_row() -> None:
    assert {*FACTS, *CORRECTIONS, *SAFETY} - {row["id"] for row in ROWS} == set()


def test_only_page_furniture_is_left_out() -> None:
    assert {row["id"] for row in ROWS if "why" in row} == LEFT_OUT


def test_every_safety_item_stands_where_it_is_needed() -> None:
    stands = {(row["id"], row["page"].removesuffix(".md")) for row in ROWS}
    assert {(item, page) for item, pages in SAFETY_PAGES.items() for page in pages} - stands == set()


def test_every_fact_has_one_home() -> None:
    """Only the summing up and the legal lines may be said again on another page."""
    pages = {fact: {row["page"] for row in ROWS if row["id"] == fact} for fact in FACTS}
    again = {f"F{number}" for number in range(109, 115)} | {"F125", "F126", "F127"}
    assert {fact: homes for fact, homes in pages.items() if len(homes) > 1 and fact not in again} == {}
