"""Each kind of fact that a clinic may have, in each output; and the check notices when an output says otherwise."""

from __future__ import annotations

import datetime
import json
import shutil
from pathlib import Path
from typing import Any, NamedTuple

import icalendar
import pytest
import vobject
from playwright.sync_api import Browser, expect

from calendars import spans
from cases import load
from hosting import ROOT, Project, build, serve, shared_result
from sitecheck import rules
from sitecheck.links.site import Site, read_site
from sitecheck.model.page import Page, Stated
from sitecheck.project.read_project import read_project
from sitecheck.read.files.downloads import read_download
from sitecheck.rules.registry import RULES

rules.load()
HOURS_PAGE, CALENDAR = "hours-and-locations/index.html", "downloads/opening-hours.ics"
PAGES = {"page": HOURS_PAGE, "es": "es/index.html", "zh-Hans": "zh-Hans/index.html", "zh-Hant": "zh-Hant/index.html"}
TODAY = datetime.date(2026, 11, 28)


class Facts(NamedTuple):
    """The guide built with the facts of tests/clinic.yml, as the checker reads it."""

    site: Site
    folder: Path


@pytest.fixture(scope="module")
def facts(shared: Path) -> Facts:
    root = shared / "facts" / "project"
    assert shared_result(shared / "facts", lambda: complaints(Project(root))) == []
    return Facts(read_site(root / "site", read_project(root), today=TODAY), root / "site")


def complaints(project: Project) -> list[str]:
    shutil.copy(ROOT / "tests" / "clinic.yml", project.root / "docs/_data/clinic.yml")
    return build(project.root, project.root / "site").complaints


SAID_OF = load(ROOT / "tests" / "clinic_facts.yml")
ROWS = [(key, output, text) for key, texts in SAID_OF["words"].items() for output, text in texts.items()]
CELLS = [pytest.param(output, True, key, text, id=f"{key}-{output}") for key, output, text in ROWS]
CELLS += [
    pytest.param("page", False, key, text, id=f"{key}-footer")
    for key, output, text in ROWS
    if output == "page" and key not in SAID_OF["not_in_footer"]
]


def on_page(facts: Facts, output: str, in_main: bool, key: str) -> tuple[Page, Stated]:
    """The page of an output, and the one place in its words or in its footer that states a fact."""
    page = facts.site.pages[PAGES[output]]
    (stated,) = [one for one in page.stated if one.key == key and one.in_main == in_main]
    return page, stated


def found(facts: Facts, code: str, page: Page) -> list[str]:
    """What a rule reports for a site of which only this page, changed, is left."""
    pages = "others" if page.path in facts.site.others else "pages"
    site = facts.site._replace(**{pages: {page.path: page}})
    return [fault.page for fault in RULES[code].faults(site, site.project)]


@pytest.mark.parametrize(("output", "in_main", "key", "text"), CELLS)
def test_a_fact_is_said_in_words(facts: Facts, output: str, in_main: bool, key: str, text: str) -> None:
    assert on_page(facts, output, in_main, key)[1].text == text


@pytest.mark.parametrize(("output", "in_main", "key"), [pytest.param(*cell.values[:3], id=cell.id) for cell in CELLS])
def test_the_check_notices_other_words_and_none(facts: Facts, output: str, in_main: bool, key: str) -> None:
    page, stated = on_page(facts, output, in_main, key)
    others = tuple(one for one in page.stated if one != stated)
    assert found(facts, "CF004", page._replace(stated=(*others, stated._replace(text="Closed now")))) == [page.path]
    if output == "page" or key not in SAID_OF["not_in_footer"]:  # pages in other languages may leave these out
        assert page.path in found(facts, "CF007", page._replace(stated=others))


def test_nothing_is_found_in_the_guide_with_all_these_facts(facts: Facts) -> None:
    for rule in RULES.values():
        if rule.code[:2] in ("CF", "LD") and not rule.calendar:
            assert [(rule.code, fault.message) for fault in rule.faults(facts.site, facts.site.project)] == []


# (location of the events, a day, the hours that the calendar shows then)
IN_THE_CALENDAR = [
    ("Brooklyn Heights, Video visits", "2026-11-30", ["09:00-12:00", "13:00-17:00"]),  # a lunch break
    ("Brooklyn Heights, Video visits", "2027-01-08", ["10:00-14:30"]),  # by appointment, with times
    ("Brooklyn Heights, Video visits", "2027-01-09", []),  # by appointment
    ("Brooklyn Heights, Video visits", "2027-12-24", ["09:00-12:00"]),  # a shorter day
    ("Brooklyn Heights, Video visits", "2027-12-27", []),  # the first of several days
    ("Brooklyn Heights, Video visits", "2027-12-31", []),
    ("Brooklyn Heights, Video visits", "2028-01-03", ["09:00-12:00", "13:00-17:00"]),  # and the day after the last
    ("Brooklyn Heights, Video visits", "2027-05-11", ["09:00-17:00"]),  # the closure of another place
    ("89 Bowery", "2027-05-11", []),
    ("89 Bowery", "2027-05-18", ["09:00-17:00"]),
    ("89 Bowery", "2027-06-30", ["09:00-17:00"]),  # the last day of a place
    ("89 Bowery", "2027-07-01", []),
    ("Sunset Park", "2026-11-30", ["00:00-24:00"]),  # day and night
    ("Sunset Park", "2026-12-01", ["08:30-24:00"]),
    ("Sunset Park", "2026-12-02", []),
    ("Harlem", "2027-03-02", []),  # nobody knows its hours
]


@pytest.mark.parametrize(("places", "day", "hours"), IN_THE_CALENDAR)
def test_the_calendar_shows_each_place(facts: Facts, places: str, day: str, hours: list[str]) -> None:
    events = icalendar.Calendar.from_ical((facts.folder / CALENDAR).read_bytes()).walk("VEVENT")
    own = [event for event in events if event["location"] == places]
    assert sorted(spans(own, datetime.date.fromisoformat(day))) == hours


def test_a_day_by_appointment_is_not_called_open(facts: Facts) -> None:
    events = icalendar.Calendar.from_ical((facts.folder / CALENDAR).read_bytes()).walk("VEVENT")
    fridays = [str(event["summary"]) for event in events if event.get("rrule", {}).get("BYDAY") == ["FR"]]
    assert len(fridays) == 2
    assert all(words.endswith("is by appointment") for words in fridays)


# (file, words, other words): in a download, each of these is a fact that the check must hold
IN_DOWNLOADS = [
    (CALENDAR, "T130000", "T140000"),  # the lunch break
    (CALENDAR, "T143000", "T150000"),
    (CALENDAR, "is by appointment", "is open"),
    (CALENDAR, "LOCATION:Sunset Park", "LOCATION:89 Bowery"),
    (CALENDAR, "20271227T090000", "20271206T090000"),  # the first day of the break, and the last
    (CALENDAR, "20271224T120000", "20271224T170000"),
    (CALENDAR, "20270511T090000", "20270504T090000"),
    (CALENDAR, "20261124T083000", "20261124T093000"),
    (CALENDAR, "UNTIL=20270701", "UNTIL=20370701"),
    ("downloads/bowery.vcf", "0100\\,5", "0100"),
    ("downloads/bowery.vcf", "June 30", "July 30"),
    ("downloads/harlem.vcf", "March 1", "March 2"),
    ("downloads/sunset-park.vcf", "0177", "0100"),
    ("downloads/video.vcf", "there is no address", "there is an address"),
    ("downloads/video.vcf", "NOTE", "TEL:+1 212 555 0100\r\nNOTE"),
]


@pytest.mark.parametrize(("file", "words", "other"), IN_DOWNLOADS)
def test_the_check_notices_another_fact_in_a_download(facts: Facts, file: str, words: str, other: str) -> None:
    text = (facts.folder / file).read_bytes().decode().replace("\r\n ", "")
    assert words in text
    changed = tuple(Stated(*row) for row in read_download(text.replace(words, other)).stated)
    code = "CF013" if file == CALENDAR else "CF012"
    assert file in found(facts, code, facts.site.others[file]._replace(stated=changed))


@pytest.mark.parametrize(
    ("place", "phone", "note"),
    [
        ("brooklyn-heights", "+1 212 555 0100,5", None),
        ("sunset-park", "+1 212 555 0177", None),
        ("bowery", "+1 212 555 0100,5", "Open through June 30, 2027"),
        ("harlem", "+1 212 555 0100,5", "Open from March 1, 2027"),
        ("video", None, "Visits by video: there is no address to travel to."),
    ],
)
def test_a_contact_has_what_is_the_places_own(facts: Facts, place: str, phone: str | None, note: str | None) -> None:
    card = vobject.readOne((facts.folder / f"downloads/{place}.vcf").read_bytes().decode())
    assert [one.value for one in card.contents.get("tel", [])] == [phone] * (phone is not None)
    assert [one.value for one in card.contents.get("note", [])] == [note] * (note is not None)
    assert ("adr" in card.contents) == (place != "video")


def hours(*spans: str, keys: tuple[str, ...] = ("dayOfWeek", "opens", "closes")) -> list[dict[str, str]]:
    """OpeningHoursSpecification of "Monday 09:00 12:00"."""
    parts = (span.split() for span in spans)
    return [{"@type": "OpeningHoursSpecification", **dict(zip(keys, part, strict=True))} for part in parts]


def listed(*spans: str) -> list[dict[str, str]]:
    return [one | {"validThrough": "2028-01-02"} for one in hours(*spans)]


def special(*spans: str) -> list[dict[str, str]]:
    return hours(*spans, keys=("validFrom", "validThrough", "opens", "closes"))


WEEK = ("Tuesday 09:00 17:00", "Wednesday 09:00 17:00", "Thursday 09:00 17:00")
CLOSURES = ("2027-12-24 2027-12-24 09:00 12:00", "2027-12-27 2028-01-02 00:00 00:00")
REPAIRS = "2027-05-10 2027-05-14 00:00 00:00"
FOR_MACHINES: list[tuple[str, str, Any]] = [
    ("clinic", "openingHoursSpecification", listed("Monday 09:00 12:00", "Monday 13:00 17:00", *WEEK)),
    ("clinic", "specialOpeningHoursSpecification", special(*CLOSURES)),
    ("clinic", "knowsLanguage", ["English", "Spanish"]),
    ("clinic", "telephone", "+1 212 555 0100 ext. 5"),
    ("sunset-park", "openingHoursSpecification", listed("Monday 00:00 23:59", "Tuesday 08:30 23:59")),
    ("sunset-park", "specialOpeningHoursSpecification", special(*CLOSURES)),
    ("sunset-park", "telephone", "+1 212 555 0177"),
    ("bowery", "openingHoursSpecification", None),  # the clinic's hours are said of the clinic
    ("bowery", "specialOpeningHoursSpecification", special(REPAIRS)),
    ("bowery", "dissolutionDate", "2027-06-30"),
    ("harlem", "openingHoursSpecification", None),
    ("harlem", "foundingDate", "2027-03-01"),
    ("video", "address", None),
    ("video", "telephone", None),
]


@pytest.mark.parametrize(("place", "key", "value"), FOR_MACHINES)
def test_the_check_notices_another_fact_in_structured_data(facts: Facts, place: str, key: str, value: Any) -> None:
    page = facts.site.pages[HOURS_PAGE]
    ((text, line, column),) = page.json_ld
    data = json.loads(text)
    (thing,) = [one for one in data["@graph"] if one.get("@id", "").endswith(f"#{place}")]
    told = json.loads(json.dumps(thing.get(key)).replace("https://schema.org/", ""))
    assert told == value
    thing[key] = hours("Sunday 09:00 17:00") if key.endswith("Specification") else {"streetAddress": "1 Other St"}
    changed = page._replace(json_ld=((json.dumps(data), line, column),))
    assert [path for code in ("LD003", "LD006", "LD007") for path in found(facts, code, changed)]


# Sets the clock to each instant in turn, and reads what the page says.
SAID = """instants => instants.map(instant => {
  Date.now = () => instant
  document.dispatchEvent(new Event("visibilitychange"))
  return document.querySelector("[data-hours]").textContent
})"""


def test_open_now_names_the_places_that_differ(facts: Facts, browser: Browser) -> None:
    moments = [
        datetime.datetime.fromisoformat(f"{moment}:00-05:00").timestamp() * 1000 for moment in SAID_OF["open_now"]
    ]
    with serve(facts.folder) as url, browser.new_context(service_workers="block") as context:
        page = context.new_page()
        page.goto(f"{url}/hours-and-locations/")
        assert page.evaluate(SAID, moments) == ["\n".join(lines) for lines in SAID_OF["open_now"].values()]
        page.emulate_media(media="print")
        for words in ("Open 24 hours", "Winter break", "Visits by video", "English, Spanish"):
            expect(page.locator("main").get_by_text(words).first).to_be_visible()


def test_the_check_notices_other_data_of_open_now(facts: Facts) -> None:
    page = facts.site.pages[HOURS_PAGE]
    for name in ("hours", "closures", "places"):
        key = f"open-now.data-{name}"
        others = tuple(one for one in page.stated if one.key != key)
        assert HOURS_PAGE in found(facts, "CF014", page._replace(stated=others)), name
