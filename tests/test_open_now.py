"""Open now: right at every boundary of a whole year, for a reader in any time zone, and silent without JavaScript."""

from __future__ import annotations

import datetime
import json
from datetime import UTC
from zoneinfo import ZoneInfo

import pytest
import yaml
from playwright.sync_api import Browser, Page, expect

from hosting import ROOT

CLINIC = yaml.safe_load((ROOT / "docs/_data/clinic.yml").read_text("utf-8"))["extra"]["clinic"]
ZONE = ZoneInfo(CLINIC["time_zone"])
WEEK = {day["day"]: day for day in CLINIC["hours"]}
YEAR = 2027
CLOCK_CHANGES = [datetime.date(YEAR, 3, 14), datetime.date(YEAR, 11, 7)]  # daylight saving begins; ends
READERS = ["America/New_York", "America/Los_Angeles", "Asia/Tokyo", "Pacific/Kiritimati", "UTC"]

# Sets the clock to each instant in turn and reads what the page then says.
SAID = """instants => {
  const place = document.querySelector("[data-hours]")
  return instants.map(instant => {
    Date.now = () => instant
    document.dispatchEvent(new Event("visibilitychange"))
    return place.textContent
  })
}"""


def instants() -> list[datetime.datetime]:
    """Each day: before and at each boundary, and around midnight; each half hour of the days when clocks change."""
    first = datetime.date(YEAR, 1, 1)
    clocks = ["00:00", "00:01", "08:59", "09:00", "12:00", "16:59", "17:00", "23:59"]
    boundaries = [
        datetime.datetime.combine(first + datetime.timedelta(day), datetime.time.fromisoformat(clock), ZONE)
        for day in range(365)
        for clock in clocks
    ]
    midnights = [datetime.datetime.combine(day, datetime.time(), ZONE).astimezone(UTC) for day in CLOCK_CHANGES]
    half_hours = [datetime.timedelta(minutes=30 * step) for step in range(60)]
    return boundaries + [(night + step).astimezone(ZONE) for night in midnights for step in half_hours]


def expected(now: datetime.datetime) -> str:
    """What the clinic's hours say at an instant, worked out apart from the page."""
    clock = f"{now:%H:%M}"
    today = WEEK[f"{now:%A}"]
    if "opens" in today and today["opens"] <= clock < today["closes"]:
        return f"Open now, closes {spoken(today['closes'])}"
    for ahead in range(8):
        day = (now.date() + datetime.timedelta(ahead)).strftime("%A")
        if "opens" in WEEK[day] and (ahead or clock < WEEK[day]["opens"]):
            return f"Closed, opens {day if ahead else 'today'} {spoken(WEEK[day]['opens'])}"
    raise AssertionError("the clinic never opens")


def spoken(clock: str) -> str:
    return datetime.time.fromisoformat(clock).strftime("%I %p").lstrip("0").lower()


def said(page: Page, moments: list[datetime.datetime]) -> list[str]:
    return page.evaluate(SAID, [moment.timestamp() * 1000 for moment in moments])


@pytest.mark.parametrize("reader", READERS)
def test_it_is_right_at_every_boundary_of_a_year(browser: Browser, site_url: str, reader: str) -> None:
    with browser.new_context(timezone_id=reader, service_workers="block") as context:
        page = context.new_page()
        page.goto(f"{site_url}/hours-and-locations/")
        moments = instants()
        wrong = [
            (f"{moment:%A %F %H:%M}", words, expected(moment))
            for moment, words in zip(moments, said(page, moments), strict=True)
            if words != expected(moment)
        ]
    assert wrong == []


CLOSURES = [
    {"date": "2027-12-24", "name": "Christmas Eve", "opens": "10:00", "closes": "12:30"},
    {"date": "2027-12-27", "name": "a day off", "closed": True},
    *({"date": f"2028-01-{day:02}", "name": "a week off", "closed": True} for day in range(3, 8)),
]
AROUND_CHRISTMAS = {
    "2027-12-23 16:59": "Open now, closes 5 pm",
    "2027-12-23 17:00": "Closed, opens Friday 10 am",
    "2027-12-24 09:30": "Closed, opens today 10 am",
    "2027-12-24 12:29": "Open now, closes 12:30 pm",
    "2027-12-24 12:30": "Closed, opens Tuesday 9 am",
    "2027-12-27 11:00": "Closed, opens Tuesday 9 am",
    "2027-12-28 09:00": "Open now, closes 5 pm",
    "2027-12-31 17:00": "Closed, opens January 10 9 am",
}


def test_a_dated_closure_counts_and_a_past_one_does_not(look: Page, site_url: str) -> None:
    look.goto(f"{site_url}/hours-and-locations/")
    place = look.locator("[data-hours]")
    place.evaluate("(place, closures) => { place.dataset.closures = closures }", json.dumps(CLOSURES))
    moments = [datetime.datetime.fromisoformat(moment).replace(tzinfo=ZONE) for moment in AROUND_CHRISTMAS]
    assert said(look, moments) == list(AROUND_CHRISTMAS.values())


def test_today_is_marked_in_words_in_the_week(look: Page, site_url: str) -> None:
    look.goto(f"{site_url}/hours-and-locations/")
    said(look, [datetime.datetime(YEAR, 7, 6, 0, 30, tzinfo=ZONE)])
    expect(look.get_by_role("row", name="Tuesday (today)")).to_have_count(1)
    said(look, [datetime.datetime(YEAR, 7, 6, 23, 59, tzinfo=ZONE), datetime.datetime(YEAR, 7, 7, 0, 0, tzinfo=ZONE)])
    expect(look.get_by_role("row", name="(today)")).to_have_text(["Wednesday (today)9 am – 5 pm"])


def test_it_changes_with_the_minute(page: Page, site_url: str) -> None:
    page.clock.install(time=datetime.datetime(YEAR, 3, 12, 16, 59, 30, tzinfo=ZONE))
    page.goto(site_url + "/")
    expect(page.get_by_role("status")).to_have_text("Open now, closes 5 pm")
    page.clock.run_for(31_000)
    expect(page.get_by_role("status")).to_have_text("Closed, opens Monday 9 am")


def test_it_is_told_to_a_screen_reader_as_a_status(look: Page, site_url: str) -> None:
    for path in ("/", "/hours-and-locations/"):
        look.goto(site_url + path)
        expect(look.get_by_role("status")).to_contain_text(["Open now, closes", "Closed, opens"][not is_open()])


def is_open() -> bool:
    return expected(datetime.datetime.now(ZONE)).startswith("Open")


def test_it_is_silent_without_javascript(without_javascript: Page, site_url: str) -> None:
    without_javascript.goto(f"{site_url}/hours-and-locations/")
    assert "Open now" not in without_javascript.inner_text("body")
    expect(without_javascript.locator(".open-now")).to_be_hidden()
