"""Reading the guide in a real browser: what a person in pain can see, reach and do."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Page, Route, expect

from hosting import EVERY_PAGE, PAGES, ROOT
from visits import HELP, SCREENS, Visit, foreign

GUIDE = yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8").replace("!ENV ", ""))["extra"]["guide"]
LINK_IS_SEEN = """name => [...document.querySelectorAll("a[href]")].some(link =>
  (link.ariaLabel ?? link.textContent).includes(name) && link.checkVisibility({ visibilityProperty: true }))"""
# What paper must show. Most pages end in the footer; these have none on paper, to save a sheet, and say it in their
# own words (test_languages holds the table of hours of the translated ones), or are sheets about something else.
IN_THE_FOOTER = [*HELP, "9 am – 5 pm", "26 Court St #808", "Eastern Time"]
IN_OTHER_WORDS = {
    "/get-help-now/": [*HELP, "9 am to 5 pm", "26 Court St #808"],
    **{f"/{lang}/": [*HELP, "26 Court St #808"] for lang in ("es", "zh-Hans", "zh-Hant")},
    **{f"/{path}": HELP for path in PAGES if path.endswith("-sheet/")},
}
WEEK = {
    "Monday": "9 am – 5 pm",
    "Tuesday": "9 am – 5 pm",
    "Wednesday": "9 am – 5 pm",
    "Thursday": "9 am – 5 pm",
    "Friday": "9 am – 5 pm",
    "Saturday": "Closed",
    "Sunday": "Closed",
}


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("path", EVERY_PAGE)
def test_every_page_fits_the_screen_and_stays_still(visit: Callable[[str], Visit], path: str, screen: str) -> None:
    """No sideways scroll, no error in the console, nothing asked of another host, nothing that jumps."""
    assert visit(path).problems[screen] == []
    assert visit(path).width[screen] <= SCREENS[screen]["width"]
    assert visit(path).shift[screen] == 0


@pytest.mark.parametrize("path", EVERY_PAGE)
def test_every_page_is_whole_without_javascript(
    visit: Callable[[str], Visit], without_javascript: Page, site_url: str, path: str
) -> None:
    """What scripts add may go; what the page says may not."""
    without_javascript.goto(site_url + path)
    kept = set(without_javascript.inner_text("main").splitlines())
    said = {line.replace(" (today)", "") for line in visit(path).words}
    assert said - set(visit(path).added) - kept == set()
    for name in HELP:
        assert without_javascript.evaluate(LINK_IS_SEEN, name)


def test_the_hours_read_right_without_javascript(without_javascript: Page, site_url: str) -> None:
    without_javascript.goto(site_url + "/hours-and-locations/")
    table = without_javascript.get_by_role("table", name=re.compile("Opening hours"))
    for day, hours in WEEK.items():
        expect(table.get_by_role("row", name=day)).to_contain_text(hours)
    expect(table).to_contain_text("Eastern Time")


def test_without_javascript_the_search_says_that_it_needs_it(without_javascript: Page, site_url: str) -> None:
    without_javascript.goto(site_url + "/search/")
    assert "Search needs JavaScript" in without_javascript.locator("main").inner_text()


@pytest.mark.parametrize("path", ["/", "/hours-and-locations/", "/search/", "/tapering-and-recovery/"])
def test_nothing_keeps_room_for_a_script_that_does_not_run(without_javascript: Page, site_url: str, path: str) -> None:
    without_javascript.goto(site_url + path)
    for waiting in without_javascript.locator(".open-now, .search, .tools").all():
        assert waiting.bounding_box() is None


@pytest.mark.parametrize("path", EVERY_PAGE)
def test_the_keyboard_reaches_the_emergency_links_first(visit: Callable[[str], Visit], path: str) -> None:
    reached = [address for address, _ in visit(path).focus]
    if reached[0].startswith("#"):  # a link that skips to the text may come before
        reached.pop(0)
    assert reached[:2] == ["tel:911", "tel:988"]
    assert [share for _, share in visit(path).focus] == [1, 1, 1]  # with room for its ring


@pytest.mark.parametrize("path", EVERY_PAGE)
def test_phone_numbers_can_be_tapped(visit: Callable[[str], Visit], path: str) -> None:
    assert [height for height in visit(path).tap_heights if height < 24] == []


def test_the_helplines_of_get_help_now_can_be_tapped(look: Page, site_url: str) -> None:
    look.goto(site_url + "/get-help-now/")
    numbers = {"1-800-662-4357": "tel:+18006624357", "1-800-487-4889": "tel:+18004874889", "text 988": "sms:988"}
    for name, address in numbers.items():
        assert look.get_by_role("main").get_by_role("link", name=name).first.get_attribute("href") == address


def test_get_help_now_needs_no_scrolling_for_911_988_and_the_first_steps(look: Page, site_url: str) -> None:
    """An overdose is a matter of minutes: its steps come before the other numbers, and 988 stands in the red line."""
    look.set_viewport_size({"width": 390, "height": 844})
    look.goto(site_url + "/get-help-now/")
    expect(look.get_by_role("main").get_by_role("link", name="911").first).to_be_in_viewport(ratio=1)
    for name in ("call 988", "text 988"):
        expect(look.get_by_label("Help in an emergency").get_by_role("link", name=name)).to_be_in_viewport(ratio=1)
    for step in (0, 1):
        expect(look.locator(".overdose-steps > li").nth(step)).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("path", EVERY_PAGE)
def test_paper_shows_the_help_numbers_and_the_hours(visit: Callable[[str], Visit], path: str) -> None:
    printed = "\n".join(visit(path).printed).replace("\u00a0", " ")
    for words in IN_OTHER_WORDS.get(path, IN_THE_FOOTER):
        assert words in printed


@pytest.mark.parametrize(
    ("word", "answer"),
    [("withdrawal", "Lowering your opioid dose safely"), ("Saturday", "Hours, locations and contact")],
)
def test_search_finds(page: Page, site_url: str, word: str, answer: str) -> None:
    page.goto(site_url + "/search/")
    page.get_by_role("searchbox").fill(word)
    page.keyboard.press("Enter")
    result = page.get_by_role("main").get_by_role("link", name=answer).first
    expect(result).to_be_visible()
    result.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(answer)
    expect(page.get_by_role("main")).to_contain_text(re.compile(word, re.IGNORECASE))


def test_next_walks_through_the_whole_guide_and_previous_walks_back(look: Page, site_url: str) -> None:
    look.goto(site_url + "/")
    around = look.get_by_role("navigation", name="Previous and next page")
    for entry in GUIDE[1:]:
        around.get_by_role("link", name=re.compile("Next")).click()
        assert look.url == f"{site_url}/{entry['url']}"
        here = look.get_by_role("navigation", name="Pages in this guide").locator('[aria-current="page"]')
        expect(here).to_have_text(entry["title"])
    for entry in reversed(GUIDE[:-1]):
        around.get_by_role("link", name=re.compile("Previous")).click()
        assert look.url == f"{site_url}/{entry['url']}"


def test_the_first_screen_of_the_front_page_answers_a_worried_reader(look: Page, site_url: str) -> None:
    """On a phone, without scrolling: what OIH is, that the pain is real, what to do and not to do, and where next."""
    look.set_viewport_size({"width": 390, "height": 844})
    look.goto(site_url + "/")
    main = look.get_by_role("main")
    plain = ("when pain medicine makes pain worse", "Your pain is real", "the signs")
    for words in (*plain, "Do not stop or cut your opioid on your own", "Write down pain", "Call your prescriber"):
        expect(main.get_by_text(words).first).to_be_in_viewport(ratio=1)
    expect(look.get_by_role("link", name="Get help now").first).to_be_in_viewport(ratio=1)
    expect(look.get_by_role("link", name=re.compile("Guide|pain works|signs", re.IGNORECASE)).first).to_be_in_viewport()
    expect(look.get_by_role("link", name=re.compile("Hours")).first).to_be_in_viewport()


def test_the_404_page_helps_at_any_address(page: Page, site_url: str) -> None:
    answer = page.goto(site_url + "/no/such/page/")
    assert answer.status == 404
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.get_by_role("link", name="Get help now").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Get help now")


def test_the_guide_works_under_a_sub_path(page: Page, sub_path_url: str) -> None:
    lost: list[str] = []
    page.on("response", lambda response: lost.append(response.url) if response.status >= 400 else None)
    page.goto(sub_path_url + "/", wait_until="networkidle")
    for link in ("Hours", "Search", "Get help now"):
        page.get_by_role("link", name=link).first.click()
        assert page.url.startswith(sub_path_url)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert lost == []


def test_nothing_is_kept_about_a_reader(page: Page, site_url: str) -> None:
    """No cookie; nothing in the browser's storage tells what was read."""
    for path in ("/", "/get-help-now/", "/hours-and-locations/"):
        page.goto(site_url + path, wait_until="networkidle")
    assert page.context.cookies() == []
    kept = page.evaluate("[...Object.entries(localStorage), ...Object.entries(sessionStorage)].flat().join(' ')")
    assert "help" not in kept and "hours" not in kept


def test_links_that_leave_the_guide_do_not_say_where_the_reader_was(page: Page, site_url: str) -> None:
    """Checked by following one: the request to the other host carries no Referer."""
    asked: list[dict] = []

    def answer(route: Route) -> None:
        asked.append(route.request.all_headers())
        route.fulfill(body="elsewhere")

    page.route(lambda url: foreign(url, site_url), answer)
    page.goto(site_url + "/get-help-now/")
    page.get_by_role("main").get_by_role("link", name="988lifeline.org").first.click()
    page.context.pages[-1].wait_for_load_state()
    assert asked, "the link was not followed"
    assert "referer" not in asked[0]


def test_every_page_says_which_language_it_is_in(site: Path) -> None:
    translated = {site / lang / "index.html": lang for lang in ("es", "zh-Hans", "zh-Hant")}
    for page in site.rglob("*.html"):
        lang = translated.pop(page, "en")
        assert re.search(rf'<html[^>]* lang="?{lang}[">\s]', page.read_text("utf-8")), page
    assert translated == {}
