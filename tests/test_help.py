"""Get help now, for somebody on the floor beside a person who does not breathe; and the sheet for the fridge."""

from __future__ import annotations

import io
import re

import pytest
import segno
from PIL import Image
from playwright.sync_api import Page

HELP, SHEET = "/get-help-now/", "/overdose-steps-sheet/"
PHONE = {"width": 390, "height": 664}
SECOND_SWIPE = 1.5 * PHONE["height"]  # what one swipe of a thumb brings up, at most
MODULES = 4  # of a QR code, white around it


def test_the_first_three_steps_fit_on_a_screen_and_a_half(look_in_fonts: Page, site_url: str) -> None:
    look_in_fonts.set_viewport_size(PHONE)
    look_in_fonts.goto(site_url + HELP)
    button = look_in_fonts.get_by_role("main").get_by_role("link", name="Call 911").first
    steps = look_in_fonts.locator(".overdose-steps > li")
    tops = [box["y"] for box in (button.bounding_box(), *(step.bounding_box() for step in steps.all()))]
    assert tops == sorted(tops)
    third = steps.nth(2).bounding_box()
    assert third["y"] + third["height"] <= SECOND_SWIPE


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_the_steps_are_in_large_type_and_above_their_drawing(look: Page, site_url: str, width: int) -> None:
    look.set_viewport_size({"width": width, "height": 664})
    look.goto(site_url + HELP)
    list_, drawing = look.locator(".overdose-steps"), look.locator(".figure-overdose-steps")
    size = float(list_.evaluate("list => getComputedStyle(list).fontSize").removesuffix("px"))
    words = float(look.locator("main p").first.evaluate("p => getComputedStyle(p).fontSize").removesuffix("px"))
    assert size >= 1.2 * words
    assert drawing.bounding_box()["y"] >= list_.bounding_box()["y"] + list_.bounding_box()["height"]


def test_the_six_steps_say_how_to_give_naloxone_and_when_again(look: Page, site_url: str) -> None:
    look.goto(site_url + HELP)
    call, naloxone, breathe, again, side, stay = look.locator(".overdose-steps > li").all_inner_texts()
    assert "speaker" in call
    assert all(words in naloxone for words in ("head back", "one nostril", "touch the nose", "plunger"))
    assert all(words in breathe for words in ("rescue breaths", "chest compressions"))
    assert all(words in again for words in ("2 to 3 minutes", "new device", "other nostril"))
    assert all(words in side for words in ("top knee", "under the cheek"))
    assert all(words in stay for words in ("30 to 90 minutes", "come back"))


def test_the_sheet_has_what_a_kitchen_needs_and_no_more(look: Page, site_url: str) -> None:
    look.goto(site_url + SHEET)
    look.emulate_media(media="print")
    said = look.locator("body").inner_text()
    for words in ("911", "988", "1-800-222-1222", "My prescriber:", "My pharmacy:", "get-help-now"):
        assert words in said
    assert "Sources" not in said
    assert look.locator("sup.cite").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_can_read_the_qr_code_on_the_sheet(look: Page, site_url: str, scheme: str) -> None:
    """Each of its points has the shade that the code for the address has there, dark on light, with white around it."""
    look.goto(site_url + SHEET)
    look.emulate_media(color_scheme=scheme)
    address = re.search(r"https://\S+", look.locator(".qr").inner_text())[0]
    assert address.endswith(HELP)
    code = [list(row) for row in segno.make(address, error="m", micro=False).matrix_iter(border=MODULES)]
    drawn = Image.open(io.BytesIO(look.locator(".qr svg").screenshot())).convert("L")
    step = drawn.width / len(code)
    middles = [int((place + 0.5) * step) for place in range(len(code))]
    read = [[drawn.getpixel((x, y)) < 128 for x in middles] for y in middles]
    assert read == [[bool(module) for module in row] for row in code]


def test_a_reader_who_was_cut_off_finds_every_way_from_the_signs_page(look: Page, site_url: str) -> None:
    look.goto(site_url + "/signs-and-diagnosis/")
    look.locator(".care-urgent").get_by_role("link", name="Here is what to do").click()
    assert look.url.endswith("/get-help-now/#if-you-were-cut-off")
    for number, dialed in (("631-397-2273", "tel:+16313972273"), ("1-877-846-7369", "tel:+18778467369")):
        assert look.get_by_role("link", name=number).first.get_attribute("href") == dialed
