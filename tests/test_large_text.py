"""Large text and small screens, in wide fonts and in narrow ones: nothing is cut off, split or pushed away."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

import fonts
from hosting import EVERY_PAGE
from visits import Fit

TWICE = "document.documentElement.style.fontSize = '200%'"
LINES = """selector => {
  const range = document.createRange()
  range.selectNodeContents(document.querySelector(selector))
  return new Set([...range.getClientRects()].map(box => Math.round(box.top))).size
}"""


@pytest.mark.parametrize("path", EVERY_PAGE)
def test_text_at_twice_its_size_still_fits(fit: Callable[[str], Fit], path: str) -> None:
    assert fit(path).enlarged >= 1.9
    assert fit(path).misfits_enlarged == []


@pytest.mark.parametrize("path", EVERY_PAGE)
def test_every_width_of_screen_and_paper_holds_the_page(fit: Callable[[str], Fit], path: str) -> None:
    assert fit(path).misfits == []


@pytest.mark.parametrize("width", [320, 390, 640, 1280])
@pytest.mark.parametrize("size", ["100%", "200%"])
def test_the_name_of_the_clinic_is_one_line(look_in_fonts: Page, site_url: str, width: int, size: str) -> None:
    look_in_fonts.set_viewport_size({"width": width, "height": 800})
    look_in_fonts.goto(site_url + "/")
    look_in_fonts.evaluate(f"document.documentElement.style.fontSize = '{size}'")
    assert look_in_fonts.evaluate(LINES, ".header .name") == 1


def test_the_header_takes_two_rows_of_a_phone(look_in_fonts: Page, site_url: str) -> None:
    """Each of 44 px, for a thumb: a third row pushes the first step of Get help now down."""
    look_in_fonts.set_viewport_size({"width": 390, "height": 664})
    look_in_fonts.goto(site_url + "/")
    header = look_in_fonts.locator(".header").bounding_box()
    assert header is not None and header["height"] <= 88


@pytest.mark.parametrize("width", [1024, 1280])
def test_large_text_keeps_a_table_beside_the_rail(look_in_fonts: Page, site_url: str, width: int) -> None:
    look_in_fonts.set_viewport_size({"width": width, "height": 800})
    look_in_fonts.goto(site_url + "/signs-and-diagnosis/")
    look_in_fonts.evaluate(TWICE)
    text = look_in_fonts.locator("main .text").bounding_box()
    table = look_in_fonts.locator("main table").bounding_box()
    assert text is not None and table is not None and table["width"] <= text["width"]


@pytest.mark.parametrize("width, height", [(320, 640), (390, 664)])
def test_large_text_leaves_the_screen_to_the_page(look_in_fonts: Page, site_url: str, width: int, height: int) -> None:
    """The red line and the header take a third of it at most, with the links to other languages in it."""
    look_in_fonts.set_viewport_size({"width": width, "height": height})
    look_in_fonts.goto(site_url + "/")
    look_in_fonts.evaluate(TWICE)
    bottom = look_in_fonts.evaluate("document.querySelector('.header').getBoundingClientRect().bottom")
    assert bottom <= height / 3
    assert look_in_fonts.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("path", ["/get-help-now/", "/es/", "/zh-Hans/"])
def test_large_text_keeps_the_numbers_of_the_steps_on_the_screen(look: Page, site_url: str, path: str) -> None:
    """A number and its dot are 1.3 letters wide, and begin that far before the step."""
    look.set_viewport_size({"width": 320, "height": 640})
    look.goto(site_url + path)
    look.evaluate(TWICE)
    steps = look.locator(".overdose-steps")
    before, letter = (
        float(steps.evaluate(f"steps => parseFloat(getComputedStyle(steps).{one})"))
        for one in ("paddingLeft", "fontSize")
    )
    assert before >= 1.3 * letter


@pytest.mark.parametrize("target", ["tel:911", "tel:988", "sms:988"])
def test_large_text_keeps_the_numbers_on_top(look_in_fonts: Page, site_url: str, target: str) -> None:
    look_in_fonts.set_viewport_size({"width": 320, "height": 640})
    look_in_fonts.goto(site_url + "/")
    look_in_fonts.evaluate(TWICE)
    box = look_in_fonts.locator(f".emergency-line a[href='{target}']").bounding_box()
    assert box is not None and box["height"] >= 44 and box["y"] + box["height"] <= 128


def test_the_fonts_are_those_of_the_set_and_no_others(look_in_fonts: Page, site_url: str, fonts_of_page: str) -> None:
    """Or nothing that the tests say of fonts would be true."""
    look_in_fonts.goto(site_url + "/")
    session = look_in_fonts.context.new_cdp_session(look_in_fonts)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    drawn = set()
    for element in ("h1", "main p"):
        node = session.send("DOM.querySelector", {"nodeId": root, "selector": element})["nodeId"]
        drawn |= {font["familyName"] for font in session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]}
    wanted = fonts.SETS[fonts_of_page]
    assert drawn == {wanted.sans, wanted.serif}
