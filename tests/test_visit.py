"""What a reader does first, and what goes along to the visit: today's three lines, and a sheet to print."""

from __future__ import annotations

from pathlib import Path

import pytest
import turbohtml
from playwright.sync_api import Page

from test_help import PHONE

SHEET = "visit-sheet/"
REACHED_FROM = ["signs-and-diagnosis/", "treatment/", "tapering-and-recovery/"]


def test_what_to_do_today_is_on_the_first_screen(look_in_fonts: Page, site_url: str) -> None:
    look_in_fonts.set_viewport_size(PHONE)
    look_in_fonts.goto(site_url)
    lines = look_in_fonts.locator(".in-short li")
    assert lines.count() == 3
    last = lines.last.bounding_box()
    assert last["y"] + last["height"] <= PHONE["height"]


def test_the_sheet_has_two_weeks_and_asks_for_no_dose(site: Path) -> None:
    sheet = turbohtml.parse((site / SHEET / "index.html").read_bytes())
    assert len(sheet.select(".sheet-days tbody tr")) == 14
    asked = sheet.select(".sheet-days thead, .sheet-questions, .sheet-line")
    assert [part.text for part in asked if "dose" in part.text.lower()] == []


@pytest.mark.parametrize("sheet", [SHEET, "overdose-steps-sheet/"])
def test_a_sheet_to_print_has_its_button_where_it_says_so(look: Page, site_url: str, sheet: str) -> None:
    look.set_viewport_size(PHONE)
    look.goto(f"{site_url}/{sheet}")
    button = look.locator("main").get_by_role("button", name="Print this page").bounding_box()
    assert button["y"] + button["height"] <= PHONE["height"]


def test_nothing_on_the_sheet_can_be_sent(site: Path) -> None:
    page = turbohtml.parse((site / SHEET / "index.html").read_bytes())
    assert page.select("form, input, textarea, select, button, [contenteditable]") == []


@pytest.mark.parametrize("width", [320, 390])
def test_a_day_stays_one_row_on_a_phone(look: Page, site_url: str, width: int) -> None:
    look.set_viewport_size({"width": width, "height": 664})
    look.goto(f"{site_url}/{SHEET}")
    assert look.locator(".sheet-days tbody tr").first.bounding_box()["height"] < 60
    assert look.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("path", REACHED_FROM)
def test_a_page_links_to_the_sheet(site: Path, path: str) -> None:
    main = turbohtml.parse((site / path / "index.html").read_bytes()).find("main")
    assert f"../{SHEET}" in {link.attr("href") for link in main.select("a")}
