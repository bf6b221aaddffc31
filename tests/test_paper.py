"""Paper: how many sheets of US Letter each page takes, in wide, narrow and middle fonts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

import fonts
from hosting import PAGES
from printing import sheets

LONGEST = 4  # sheets of a page about one topic
SMALLEST = 11  # points of a page's words
POINTS = "Math.round(parseFloat(getComputedStyle(document.querySelector('main .text')).fontSize) * 7.5) / 10"
FEWER = {
    "get-help-now/": 3,
    "print/": 24,
    "about-this-guide/": 5,  # with all sources
    **dict.fromkeys(
        ("hours-and-locations/", "overdose-steps-sheet/", "visit-sheet/", "es/", "zh-Hans/", "zh-Hant/"), 1
    ),
    **dict.fromkeys(("privacy/", "terms/", "search/"), 2),
}


@pytest.mark.parametrize("path", [*PAGES, "print/"])
@pytest.mark.parametrize("name", fonts.ON_PAPER)
def test_a_page_takes_few_sheets(page_in: Callable[[str], Page], site_url: str, name: str, path: str) -> None:
    paper = page_in(name)
    paper.goto(f"{site_url}/{path}")
    assert sheets(paper) <= FEWER.get(path, LONGEST)
    assert paper.evaluate(POINTS) >= SMALLEST


@pytest.mark.parametrize("path", ["tapering-and-recovery/", "print/"])
def test_the_clinics_card_heads_the_letter(look: Page, site_url: str, path: str) -> None:
    """At the end it would often take a sheet of its own."""
    look.goto(f"{site_url}/{path}")
    look.emulate_media(media="print")
    card, words = (look.locator(part).bounding_box() for part in (".footer", "main"))
    assert card["y"] + card["height"] <= words["y"]
