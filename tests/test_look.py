"""The look: open or closed on the first screen, targets that a shaking thumb can hit, links seen to be links."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from hosting import EVERY_PAGE
from visits import Fit, Visit

SCREENS = {"phone": {"width": 390, "height": 664}, "desk": {"width": 1280, "height": 800}}


@pytest.mark.parametrize("screen", SCREENS)
def test_the_first_screen_says_when_the_clinic_is_open(look_in_fonts: Page, site_url: str, screen: str) -> None:
    look = look_in_fonts
    look.set_viewport_size(SCREENS[screen])
    look.goto(site_url + "/")
    expect(look.get_by_role("main").get_by_role("status")).to_be_in_viewport(ratio=1)
    expect(look.get_by_role("main").get_by_role("link", name="the signs").first).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("path", EVERY_PAGE)
def test_no_target_is_too_small_for_a_thumb(fit: Callable[[str], Fit], path: str) -> None:
    assert fit(path).too_small == []


@pytest.mark.parametrize("path", EVERY_PAGE)
def test_links_are_underlined(visit: Callable[[str], Visit], path: str) -> None:
    assert visit(path).not_underlined == []


def test_leaving_the_page_leaves_no_way_back_to_it(page: Page, site_url: str) -> None:
    page.route("https://www.weather.gov/", lambda route: route.fulfill(body="Sunny"))
    page.goto("about:blank")
    page.goto(site_url + "/get-help-now/")
    page.get_by_role("link", name="Leave this page").click()
    page.wait_for_url("https://www.weather.gov/")
    page.go_back()
    assert page.url == "about:blank"


@pytest.mark.parametrize("path", EVERY_PAGE)
def test_a_number_is_never_cut_at_the_end_of_a_line(fit: Callable[[str], Fit], path: str) -> None:
    assert fit(path).split_numbers == []


def test_on_this_page_leads_to_every_section(look: Page, site_url: str) -> None:
    look.set_viewport_size(SCREENS["phone"])
    look.goto(site_url + "/tapering-and-recovery/")
    fold = look.get_by_role("navigation", name="On this page")
    expect(fold.get_by_role("link").first).to_be_hidden()
    fold.locator("summary").click()
    sections = look.locator("main .text > h2").all_inner_texts()
    assert fold.get_by_role("link").all_inner_texts() == sections
    fold.get_by_role("link", name="If it gets too hard").click()
    expect(look.get_by_role("heading", name="If it gets too hard")).to_be_in_viewport()


def test_on_a_desk_the_rail_stays_beside_the_text(look: Page, site_url: str) -> None:
    look.goto(site_url + "/tapering-and-recovery/")
    look.get_by_role("heading", name="Support along the way").scroll_into_view_if_needed()
    rail = look.locator(".rail")
    for name in ("Get help now", "What is tapering?", "Lowering your dose safely", "Hours, locations and contact"):
        expect(rail.get_by_role("link", name=name).first).to_be_in_viewport(ratio=1)
    expect(rail.locator("[aria-current]")).to_have_text("Lowering your dose safely")
    assert rail.locator(".rail-sections a").all_inner_texts() == look.locator("main .text > h2").all_inner_texts()


@pytest.mark.parametrize("path", EVERY_PAGE)
def test_on_a_desk_text_and_rail_fill_the_width_of_the_page(visit: Callable[[str], Visit], path: str) -> None:
    """No column stands alone at the left of an empty sheet: left and right of the pair is the same room."""
    (left, end), (start, right) = visit(path).text, visit(path).rail
    assert start >= end
    assert abs(left - (1280 - right)) <= 1


@pytest.mark.parametrize("javascript", [True, False])
def test_a_citation_opens_the_sources_and_leads_to_its_own(
    look: Page, without_javascript: Page, site_url: str, javascript: bool
) -> None:
    page = look if javascript else without_javascript
    page.goto(site_url + "/tapering-and-recovery/")
    source = page.locator("#source-wang-2011")
    expect(source).to_be_hidden()
    page.get_by_role("link", name="Sources 14, 15").first.click()
    expect(source).to_be_in_viewport()


def test_paper_shows_the_sources(without_javascript: Page, site_url: str) -> None:
    without_javascript.goto(site_url + "/tapering-and-recovery/")
    without_javascript.emulate_media(media="print")
    expect(without_javascript.locator("#source-wang-2011")).to_be_visible()
    without_javascript.emulate_media(media="screen")


def test_a_page_can_be_printed_and_shared(page: Page, site_url: str) -> None:
    """The device does the sharing: here it is only called, and with this page alone."""
    page.add_init_script("print = () => { said = 'print' }; navigator.share = async told => { said = told }")
    page.goto(site_url + "/get-help-now/")
    page.get_by_role("button", name="Print this page").click()
    assert page.evaluate("said") == "print"
    page.get_by_role("button", name="Share this page").click()
    assert page.evaluate("said") == {"title": page.title(), "url": site_url + "/get-help-now/"}


@pytest.mark.parametrize("name", [".tools", ".on-this-page", ".leave"])
def test_paper_has_nothing_to_tap(look: Page, site_url: str, name: str) -> None:
    look.goto(site_url + "/tapering-and-recovery/")
    look.emulate_media(media="print")
    expect(look.locator(name)).to_be_hidden()


def test_paper_does_not_say_open_now(look: Page, site_url: str) -> None:
    look.goto(site_url + "/hours-and-locations/")
    look.emulate_media(media="print")
    expect(look.locator(".open-now")).to_be_hidden()
    expect(look.locator(".today-word")).to_be_hidden()
