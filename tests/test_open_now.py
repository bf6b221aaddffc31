"""Open now: right at every boundary of two years, for a reader in any time zone; a holiday is never "open now"."""

from __future__ import annotations

import datetime
import json
import re
from datetime import UTC
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import holidays
import pytest
import turbohtml
from playwright.sync_api import Browser, Page, expect

from cases import load
from edits import NEW_HOUR
from hosting import ROOT
from sitecheck.model.federal_holidays import is_federal_holiday

CLINIC = load(ROOT / "docs/_data/clinic.yml")["extra"]["clinic"]
ZONE = ZoneInfo(CLINIC["time_zone"])
WEEK = {day["day"]: day for day in CLINIC["hours"]}
YEARS = (2026, 2027)
CLOCK_CHANGES = ["2026-03-08", "2026-11-01", "2027-03-14", "2027-11-07"]  # daylight saving begins, ends
READERS = ["America/New_York", "Pacific/Honolulu", "Asia/Tokyo", "Pacific/Kiritimati", "UTC"]
FEDERAL = holidays.US(years=range(2021, 2101))  # since Juneteenth became one
ALL_DAYS = [datetime.date(2021, 1, 1) + datetime.timedelta(day) for day in range(80 * 365)]
HOLIDAY = "Holiday today: hours not confirmed. Check before you travel."

# Sets what the clinic has said of its closures, then the clock to each instant in turn, and reads what the page says.
SAID = """([instants, closures]) => {
  const place = document.querySelector("[data-hours]")
  place.dataset.closures = closures
  return instants.map(instant => {
    Date.now = () => instant
    document.dispatchEvent(new Event("visibilitychange"))
    return place.textContent
  })
}"""


def said(page: Page, moments: list[datetime.datetime], closures: Any = "unknown") -> list[str]:
    return page.evaluate(SAID, [[moment.timestamp() * 1000 for moment in moments], json.dumps(closures)])


def at(moment: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(moment).replace(tzinfo=ZONE)


def instants() -> list[datetime.datetime]:
    """Each day: before and at each boundary, and around midnight; each half hour of the days when clocks change."""
    days = [day for day in ALL_DAYS if day.year in YEARS]
    clocks = ["00:00", "08:59", "09:00", "16:59", "17:00", "23:59"]
    midnights = [at(day).astimezone(UTC) for day in CLOCK_CHANGES]
    half_hours = [datetime.timedelta(minutes=30 * step) for step in range(60)]
    return [at(f"{day} {clock}") for day in days for clock in clocks] + [
        (night + step).astimezone(ZONE) for night in midnights for step in half_hours
    ]


def expected(now: datetime.datetime) -> str:
    """What may be said at an instant while closures are unknown, worked out apart from the page."""
    if now.date() in FEDERAL:
        return HOLIDAY
    clock = f"{now:%H:%M}"
    today = WEEK[f"{now:%A}"]
    if "opens" in today and today["opens"] <= clock < today["closes"]:
        return f"Usually open now, until {spoken(today['closes'])}"
    days = [now.date() + datetime.timedelta(ahead) for ahead in range(8)]
    coming = [day for day in days if "opens" in WEEK[f"{day:%A}"]]
    if coming[0] == now.date() and clock >= today["opens"]:
        coming.pop(0)
    first = next(day for day in coming if day not in FEDERAL)
    when = "today" if first == now.date() else f"{first:%A}"
    words = f"Usually closed now, opens {when} {spoken(WEEK[f'{first:%A}']['opens'])}"
    skipped = "".join(f". {day:%A} is a holiday: hours not confirmed." for day in coming if day < first)
    return words + skipped


def spoken(clock: str) -> str:
    return datetime.time.fromisoformat(clock).strftime("%I %p").lstrip("0").lower()


@pytest.fixture(scope="module")
def two_years() -> list[tuple[datetime.datetime, str]]:
    """Each instant, and what may be said then."""
    return [(moment, expected(moment)) for moment in instants()]


@pytest.mark.parametrize("reader", READERS)
def test_it_is_right_at_every_boundary_of_two_years(
    browser: Browser, site_url: str, two_years: list[tuple[datetime.datetime, str]], reader: str
) -> None:
    with browser.new_context(timezone_id=reader, service_workers="block") as context:
        page = context.new_page()
        page.goto(f"{site_url}/hours-and-locations/")
        found = said(page, [moment for moment, _ in two_years])
        wrong = [
            (f"{moment:%A %F %H:%M}", words, right)
            for (moment, right), words in zip(two_years, found, strict=True)
            if words != right
        ]
    assert wrong == []


def test_the_page_knows_the_holidays_of_eighty_years(look: Page, site_url: str) -> None:
    look.goto(f"{site_url}/hours-and-locations/")
    words = said(look, [at(f"{day} 10:00") for day in ALL_DAYS])
    assert [day for day, one in zip(ALL_DAYS, words, strict=True) if (one == HOLIDAY) != (day in FEDERAL)] == []


def test_the_calendar_knows_the_holidays_of_eighty_years() -> None:
    assert [day for day in ALL_DAYS if is_federal_holiday(day) != (day in FEDERAL)] == []


BY_HAND = {
    "2026-07-03 10:00": HOLIDAY,  # the fourth is a Saturday
    "2026-07-04 10:00": HOLIDAY,
    "2027-07-05 10:00": HOLIDAY,  # the fourth is a Sunday
    "2027-12-31 10:00": HOLIDAY,  # New Year's Day 2028 is a Saturday
    "2026-11-25 16:59": "Usually open now, until 5 pm",
    "2026-11-25 17:00": "Usually closed now, opens Friday 9 am. Thursday is a holiday: hours not confirmed.",
    "2026-11-26 12:00": HOLIDAY,
    "2026-11-27 09:00": "Usually open now, until 5 pm",
    "2027-01-20 10:00": "Usually open now, until 5 pm",
    "2029-01-20 10:00": "Usually closed now, opens Monday 9 am",  # Inauguration Day is no holiday here
}


def test_the_days_around_a_holiday_read_well(look: Page, site_url: str) -> None:
    look.goto(f"{site_url}/hours-and-locations/")
    assert said(look, [at(moment) for moment in BY_HAND]) == list(BY_HAND.values())


CLOSURES = [
    {"date": "2027-12-24", "name": "Christmas Eve", "opens": "10:00", "closes": "12:30"},
    {"date": "2027-12-27", "name": "a day off", "closed": True},
    *({"date": f"2028-01-{day:02}", "name": "a week off", "closed": True} for day in range(3, 8)),
]
THE_CLINICS_WORD = {
    "2026-12-25 10:00": "Open now, closes 5 pm",  # it did not list the day
    "2027-11-25 10:00": "Open now, closes 5 pm",  # nor this one
    "2027-12-23 16:59": "Open now, closes 5 pm",
    "2027-12-23 17:00": "Closed, opens Friday 10 am",
    "2027-12-24 09:30": "Closed, opens today 10 am",
    "2027-12-24 12:29": "Open now, closes 12:30 pm",
    "2027-12-24 12:30": "Closed, opens Tuesday 9 am",
    "2027-12-27 11:00": "Closed, opens Tuesday 9 am",
    "2027-12-28 09:00": "Open now, closes 5 pm",
    "2027-12-31 17:00": "Closed, opens January 10 9 am",
    "2028-01-17 10:00": HOLIDAY,  # after the last day of the list
    "2028-01-18 10:00": "Open now, closes 5 pm",
    "2028-12-29 17:00": "Closed, usually opens Tuesday 9 am. Monday is a holiday: hours not confirmed.",
    "2029-01-01 10:00": HOLIDAY,  # the list has run out
    "2029-01-02 10:00": "Usually open now, until 5 pm",
}


def test_a_list_of_closures_is_the_clinics_word_up_to_its_last_year(look: Page, site_url: str) -> None:
    look.goto(f"{site_url}/hours-and-locations/")
    moments = [at(moment) for moment in THE_CLINICS_WORD]
    assert said(look, moments, CLOSURES) == list(THE_CLINICS_WORD.values())


def test_whoever_lists_christmas_eve_alone_has_not_said_that_christmas_is_open(look: Page, site_url: str) -> None:
    eve = {"date": "2026-12-24", "name": "Christmas Eve", "opens": "09:00", "closes": "12:00"}
    away = {"date": "2026-12-28", "through": "2027-01-01", "name": "Winter break", "closed": True}
    look.goto(f"{site_url}/hours-and-locations/")
    assert said(look, [at("2026-12-24 11:59"), at("2026-12-25 10:00")], [eve]) == ["Open now, closes noon", HOLIDAY]
    assert said(look, [at("2027-01-18 10:00")], [away]) == [HOLIDAY]


def test_an_empty_list_is_the_clinics_word_that_it_closes_on_no_special_day(look: Page, site_url: str) -> None:
    look.goto(f"{site_url}/hours-and-locations/")
    assert said(look, [at("2026-12-25 10:00")], []) == ["Open now, closes 5 pm"]


def test_today_is_marked_in_words_in_the_week(look: Page, site_url: str) -> None:
    look.goto(f"{site_url}/hours-and-locations/")
    said(look, [at("2027-07-06 00:30")])
    expect(look.get_by_role("row", name="Tuesday (today)")).to_have_count(1)
    said(look, [at("2027-07-06 23:59"), at("2027-07-07 00:00")])
    expect(look.get_by_role("row", name="(today)")).to_have_text(["Wednesday (today)9 am – 5 pm"])


def test_it_changes_with_the_minute(page: Page, site_url: str) -> None:
    page.clock.install(time=at("2027-03-12 16:59:30"))
    page.goto(site_url + "/")
    expect(page.get_by_role("status")).to_have_text("Usually open now, until 5 pm")
    page.clock.run_for(31_000)
    expect(page.get_by_role("status")).to_have_text("Usually closed now, opens Monday 9 am")


def test_the_front_page_says_a_holiday_as_it_opens(page: Page, site_url: str) -> None:
    page.clock.set_fixed_time(at("2026-12-25 10:00"))
    page.goto(site_url + "/")
    expect(page.get_by_role("status")).to_have_text(HOLIDAY)


def test_a_screen_reader_announces_it_as_a_status(look: Page, site_url: str) -> None:
    for path in ("/", "/hours-and-locations/"):
        look.goto(site_url + path)
        expect(look.get_by_role("status")).to_have_text(re.compile("^(Usually (open|closed) now, |Holiday today: )"))


def test_it_is_silent_without_javascript(without_javascript: Page, site_url: str) -> None:
    without_javascript.goto(f"{site_url}/hours-and-locations/")
    assert "open now" not in without_javascript.inner_text("body").lower()
    expect(without_javascript.locator(".open-now")).to_be_hidden()


def told_to_machines(page: Path) -> dict[str, list[dict[str, Any]]]:
    """The things of a page's structured data, by their type."""
    graph = turbohtml.parse(page.read_bytes()).json_ld()[0]["@graph"]
    return {kind: [thing for thing in graph if thing["@type"] == kind] for kind in {one["@type"] for one in graph}}


def test_structured_data_describes_the_clinic_on_one_page_without_hours_on_holidays(site: Path) -> None:
    for page in site.rglob("index.html"):
        if "opens" in page.read_text("utf-8").partition('ld+json">')[2].partition("</script>")[0]:
            pytest.fail(f"{page} tells machines hours, which they would take to hold on holidays")
        told = told_to_machines(page) if page.parent.name not in ("print", "search") else {}
        for kind in ("MedicalClinic", "MedicalBusiness"):
            assert (kind in told) == (page.parent.name == "hours-and-locations"), page
        assert "BreadcrumbList" not in told or page.parent != site
        for thing in (*told.get("MedicalWebPage", ()), *told.get("WebPage", ())):
            assert thing["isPartOf"] == {"@id": "https://guide.example/#website"}
            assert thing["publisher"] == {"@id": "https://guide.example/hours-and-locations/#clinic"}


def test_structured_data_has_plain_hours_once_the_clinic_has_listed_its_closures(edited_site: Path) -> None:
    told = told_to_machines(edited_site / "hours-and-locations" / "index.html")
    (clinic,) = told["MedicalBusiness"]
    hours = {
        one["dayOfWeek"].rpartition("/")[2]: (one["opens"], one["closes"])
        for one in clinic["openingHoursSpecification"]
    }
    assert hours == {day["day"]: (NEW_HOUR, day["closes"]) for day in CLINIC["hours"] if "opens" in day}
    assert {one["validThrough"] for one in clinic["openingHoursSpecification"]} == {"2027-12-24"}  # later holidays?
    assert [one["validFrom"] for one in clinic["specialOpeningHoursSpecification"]] == ["2027-12-24"]
    assert len(told["MedicalClinic"]) == len(CLINIC["locations"])
    assert not any("openingHoursSpecification" in place for place in told["MedicalClinic"])
    assert all(place["parentOrganization"] == {"@id": clinic["@id"]} for place in told["MedicalClinic"])
