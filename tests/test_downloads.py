"""The contacts and the calendar, opened again by parsers that others wrote, say what clinic.yml says."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import holidays
import icalendar
import pytest
import vobject
from dateutil.rrule import rrulestr

from calendars import spans
from cases import load
from finish import ics, vcard
from hosting import EPOCH, ROOT
from sitecheck.model.clinic import DAYS

CLINIC = load(ROOT / "docs" / "_data" / "clinic.yml")["extra"]["clinic"]
NEW_YORK = ZoneInfo("America/New_York")
SINCE = datetime.date(2026, 11, 22)  # a Sunday
STAMP = datetime.datetime(2026, 11, 22, tzinfo=datetime.UTC)
WEEK = [{"day": day, "opens": "09:00", "closes": "17:00"} for day in DAYS[:5]]
ALL_DAYS = [SINCE + datetime.timedelta(days=ahead) for ahead in range(730)]
TEN_YEARS = [SINCE + datetime.timedelta(days=ahead) for ahead in range(3650)]
FEDERAL = holidays.US(years=range(2026, 2041))


def opened(card: bytes) -> Any:
    return vobject.readOne(card.decode())


def events_of(clinic: dict[str, Any]) -> list[icalendar.Event]:
    text = ics.opening_hours(clinic, SINCE, STAMP, "https://x.example/hours/")
    return icalendar.Calendar.from_ical(text).walk("VEVENT")


@pytest.mark.parametrize("place", CLINIC["locations"], ids=lambda place: place["id"])
def test_a_contact_is_the_address_that_the_clinic_gave(site: Path, place: dict[str, str]) -> None:
    raw = (site / "downloads" / f"{place['id']}.vcf").read_bytes()
    card = opened(raw)
    address = card.adr.value
    assert (address.street, address.city, address.region, address.code) == (
        place["street"],
        place["city"],
        place["state"],
        place["zip"],
    )
    assert card.fn.value.startswith(f"{CLINIC['name']}, ")
    assert card.org.value == [CLINIC["name"]]
    assert "unknown" not in raw.decode()
    assert raw.count(b"\n") == raw.count(b"\r\n")
    assert max(map(len, raw.split(b"\r\n"))) <= 75  # octets, RFC 6350, section 3.2


@pytest.mark.parametrize(
    ("fact", "value", "field"),
    [
        ("phone", "+1 212 555 0100", "tel"),
        ("email", "desk@clinic.example", "email"),
        ("website", "https://clinic.example/", "url"),
    ],
)
def test_a_contact_holds_a_fact_once_the_clinic_tells_it(fact: str, value: str, field: str) -> None:
    place = CLINIC["locations"][0]
    before = opened(vcard.card({**CLINIC, fact: "unknown"}, place, "https://x.example/"))
    after = opened(vcard.card({**CLINIC, fact: value}, place, "https://x.example/"))
    assert field not in before.contents
    assert after.contents[field][0].value == value


@pytest.mark.parametrize("street", ["5; Rear, East \\ West", "é" * 120, "26 Court St #808"])
def test_a_contact_comes_back_as_it_was_written(street: str) -> None:
    place = {**CLINIC["locations"][0], "street": street, "name": "unknown"}
    card = opened(vcard.card(CLINIC, place, "https://x.example/"))
    assert card.adr.value.street == street
    assert card.fn.value == f"{CLINIC['name']}, {street}"


def test_the_calendar_is_valid(site: Path) -> None:
    """RFC 5545, held by a library other than the one that wrote it: required properties, line ends, folded lines."""
    raw = (site / "downloads" / "opening-hours.ics").read_bytes()
    assert vobject.readOne(raw.decode()).validate(raiseException=True)
    assert raw.count(b"\n") == raw.count(b"\r\n")
    assert max(map(len, raw.split(b"\r\n"))) <= 75
    stated = icalendar.Calendar.from_ical(raw)
    assert stated.errors == []
    names = [str(event["uid"]) for event in stated.walk("VEVENT")]
    assert len(set(names)) == len(names)


def test_the_calendar_shows_the_hours_that_the_page_shows(site: Path) -> None:
    read = icalendar.Calendar.from_ical((site / "downloads" / "opening-hours.ics").read_bytes())
    events = read.walk("VEVENT")
    assert [zone["tzid"] for zone in read.walk("VTIMEZONE")] == [CLINIC["time_zone"]]
    assert {event.decoded("dtstamp") for event in events} == {datetime.datetime.fromtimestamp(int(EPOCH), datetime.UTC)}
    first = min(event.decoded("dtstart").date() for event in events)
    closures = CLINIC["closures"] if CLINIC["closures"] != "unknown" else []
    for ahead in range(7, 14):
        day = first + datetime.timedelta(days=ahead)
        if day not in FEDERAL and day.isoformat() not in [closure["date"] for closure in closures]:
            hours = CLINIC["hours"][day.weekday()]
            assert spans(events, day) == ([f"{hours['opens']}-{hours['closes']}"] if "opens" in hours else [])


CLOSURES: list[tuple[str, Any, str, list[str]]] = [
    ("a holiday of which nothing is known", "unknown", "2026-12-25", []),
    (
        "a holiday that the clinic's list leaves out",
        [{"date": "2026-12-31", "name": "C", "closed": True}],
        "2026-12-25",
        ["09:00-17:00"],
    ),
    ("a holiday after its list", [{"date": "2026-12-24", "name": "C", "closed": True}], "2026-12-25", []),
    (
        "a holiday in a break that ends in another year",
        [{"date": "2026-12-28", "through": "2027-01-01", "name": "C", "closed": True}],
        "2027-01-18",
        [],
    ),
    ("a holiday of a year after its list", [{"date": "2026-12-24", "name": "C", "closed": True}], "2027-01-01", []),
    ("a holiday on which the clinic says it is open", [], "2026-12-25", ["09:00-17:00"]),
    ("a day after all that anybody knows", "unknown", "2036-12-01", []),
    ("a closed day", [{"date": "2026-12-25", "name": "C", "closed": True}], "2026-12-25", []),
    (
        "a shorter day",
        [{"date": "2026-12-24", "name": "C", "opens": "09:00", "closes": "12:00"}],
        "2026-12-24",
        ["09:00-12:00"],
    ),
    (
        "a Saturday that is open",
        [{"date": "2026-12-19", "name": "C", "opens": "10:00", "closes": "12:00"}],
        "2026-12-19",
        ["10:00-12:00"],
    ),
    ("a Saturday that is closed anyway", [{"date": "2026-12-19", "name": "C", "closed": True}], "2026-12-19", []),
    ("a list that has run out", [{"date": "2025-12-25", "name": "C", "closed": True}], "2026-12-25", []),
]


@pytest.mark.parametrize(
    ("closures", "day", "hours"), [case[1:] for case in CLOSURES], ids=[case[0] for case in CLOSURES]
)
def test_a_closure_is_out_of_the_calendar(closures: Any, day: str, hours: list[str]) -> None:
    events = events_of({**CLINIC, "hours": WEEK, "closures": closures})
    assert spans(events, datetime.date.fromisoformat(day)) == hours


def test_while_holidays_are_unknown_no_event_of_ten_years_is_on_one() -> None:
    events = events_of({**CLINIC, "hours": WEEK, "closures": "unknown"})
    for day in TEN_YEARS:
        assert spans(events, day) == (["09:00-17:00"] if day.weekday() < 5 and day not in FEDERAL else []), day
    assert {str(event["summary"]) for event in events} == {f"{CLINIC['name']} is usually open"}
    assert all("Federal holidays are left out" in event["description"] for event in events)


def test_days_with_other_hours_are_events_of_their_own() -> None:
    hours = [*WEEK[:4], {"day": "Friday", "opens": "09:00", "closes": "13:00"}, {"day": "Sunday", "closed": True}]
    events = events_of({**CLINIC, "hours": hours, "closures": "unknown"})
    assert len(events) == 2
    for day in ALL_DAYS:
        expected = [[], ["09:00-13:00"], ["09:00-17:00"]][(day.weekday() < 5) + (day.weekday() < 4)]
        assert spans(events, day) == ([] if day in FEDERAL else expected)


def test_the_doors_open_at_nine_in_new_york_all_year() -> None:
    """The time zone inside the calendar, not this machine's, knows when the clocks change."""
    clinic = {**CLINIC, "hours": WEEK, "closures": "unknown"}
    text = ics.opening_hours(clinic, SINCE, STAMP, "https://x.example/")
    zone = icalendar.Calendar.from_ical(text).walk("VTIMEZONE")[0].to_tz()
    for day in ALL_DAYS:
        nine = datetime.datetime.combine(day, datetime.time(9))
        assert nine.replace(tzinfo=zone).utcoffset() == nine.replace(tzinfo=NEW_YORK).utcoffset(), day


def test_a_clinic_open_past_midnight_closes_the_next_day() -> None:
    hours = [{"day": "Friday", "opens": "18:00", "closes": "02:00"}]
    event = events_of({**CLINIC, "hours": hours, "closures": "unknown"})[0]
    assert event.decoded("dtend") - event.decoded("dtstart") == datetime.timedelta(hours=8)


def test_the_evening_of_a_last_day_is_in_the_calendar() -> None:
    place = CLINIC["locations"][0] | {"last_day": "2027-03-26"}
    hours = [{"day": "Friday", "opens": "20:30", "closes": "21:30"}]  # in UTC, the next day
    (event,) = events_of({**CLINIC, "hours": hours, "closures": [], "locations": [place]})
    evenings = rrulestr(event["rrule"].to_ical().decode(), dtstart=event.decoded("dtstart"))
    assert [evening.date() for evening in evenings][-1] == datetime.date(2027, 3, 26)
