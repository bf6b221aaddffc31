"""CF: the calendar file, read back and compared with the hours of docs/_data/clinic.yml."""

import datetime
from collections.abc import Iterator
from typing import NamedTuple

from ...links.site import Site
from ...model.clinic import DAYS, MIDNIGHT, Clinic, Schedule, Span, date_words
from ...model.days import ONE_DAY
from ...model.federal_holidays import unconfirmed_holidays
from ...model.finding import Fault
from ...model.page import Page, Stated
from ...read.files.downloads import unescape
from ..registry import rule
from .downloads import REBUILD

WEEKDAYS = {day[:2].upper(): day for day in DAYS}
NEVER = "9999-12-31"
AHEAD = datetime.timedelta(days=3 * 366)  # how far a calendar is checked; no closure is planned further ahead


class Event(NamedTuple):
    """An event of a calendar. Dates are written as "2026-12-25"."""

    location: str
    span: Span
    first: str
    until: str  # it takes place before this date, as UNTIL is in UTC, where a US day ends on the next
    weekdays: tuple[str, ...]  # on which it comes again; none: it is once
    without: frozenset[str]
    line: int

    def holds(self, day: str, weekday: str) -> bool:
        """Whether it takes place on a day."""
        if not self.weekdays:
            return day == self.first
        return weekday in self.weekdays and self.first <= day < self.until and day not in self.without


@rule("CF013", error="wrong fact")
def calendar_differs(site: Site, clinic: Clinic) -> Iterator[Fault]:
    """The calendar in a reader's phone says that the clinic is open, and it is not."""
    for path, page in site.others.items():
        if path.endswith(".ics"):
            for line, what in differences(clinic, events_in(page), site.today):
                yield Fault(f"{what}: {REBUILD}", page.path, line, 1)


def differences(clinic: Clinic, events: list[Event], today: datetime.date) -> Iterator[tuple[int, str]]:
    """(line, what is wrong) in a calendar: for each group of places with the same hours, the first day that differs."""
    schedules = clinic.schedules
    dates = None if clinic.closures is None else [closure.through for closure in clinic.closures]
    holidays = set(unconfirmed_holidays(dates, today, today + AHEAD))
    next_week = (today + 7 * ONE_DAY).isoformat()  # a calendar that begins later, or has ended, is wrong now
    first = min((event.line for event in events), default=1)
    named = {", ".join(place.title for place in one.places) if len(schedules) > 1 else "": one for one in schedules}
    if others := {event.location for event in events} - named.keys():
        yield first, f'clinic.yml has no places "{", ".join(sorted(others))}"'
    for name, schedule in named.items():
        own = [event for event in events if event.location == name]
        weekly = [event for event in own if event.weekdays]
        begin = min(next_week, min((event.first for event in weekly), default=""))
        end = max(next_week, max((event.until for event in weekly), default=NEVER))
        for ahead in range(AHEAD.days):
            day = today + ahead * ONE_DAY
            date, weekday = day.isoformat(), DAYS[day.weekday()]
            there = [event for event in own if event.holds(date, weekday)]
            shown = {event.span for event in there}
            wanted, why = opening(schedule, date, weekday, day in holidays)
            if begin <= date < end and shown != wanted:
                line = there[0].line if there else first
                says = f"{name and f'{name}: '}on {date_words(date)} the calendar says {words(shown)}"
                yield line, f"{says} where clinic.yml has {words(wanted)}{why and f' ({why})'}"
                break


def opening(schedule: Schedule, date: str, weekday: str, is_holiday: bool) -> tuple[set[Span], str]:
    """When places are open on a day by clinic.yml, and what makes it a special day."""
    if not (schedule.first_day or date) <= date <= (schedule.last_day or date):
        return set(), "the place is not there then"
    if closures := [one for one in schedule.closures if one.holds(date)]:
        return {one.span for one in closures if one.opens}, " and ".join(one.name for one in closures)
    if is_holiday:
        return set(), "a federal holiday, which the clinic has not confirmed"
    return {one.span for one in schedule.hours or () if one.opens and one.day == weekday}, ""


def words(spans: set[Span]) -> str:
    """Spans of a day as a page says them."""
    return ", ".join(span.text for span in sorted(spans)) or "closed"


def events_in(page: Page) -> list[Event]:
    """The events of a calendar file."""
    events: list[dict[str, Stated]] = []
    for stated in page.stated:
        component, _, name = stated.key.partition(".")
        if component == "VEVENT" and name == "BEGIN":
            events.append({})
        elif component == "VEVENT":
            events[-1][name] = stated
    return [event_of(fields) for fields in events if "DTSTART" in fields]


def event_of(fields: dict[str, Stated]) -> Event:
    """An event by its properties; EXDATE may name many moments, UNTIL none."""
    text = {name: stated.text for name, stated in fields.items()}
    rule = dict(part.partition("=")[::2] for part in text.get("RRULE", "").split(";"))
    opens = time_of(text["DTSTART"])
    closes = time_of(text.get("DTEND", "")) or opens  # without an end it takes no time (RFC 5545, section 3.6.1)
    return Event(
        unescape(text.get("LOCATION", "")),
        Span(opens, MIDNIGHT if closes == "00:00" else closes, "appointment" in text.get("SUMMARY", "")),
        iso(text["DTSTART"]),
        iso(rule["UNTIL"]) if "UNTIL" in rule else NEVER,
        tuple(WEEKDAYS.get(day, day) for day in rule["BYDAY"].split(",")) if "BYDAY" in rule else (),
        frozenset(map(iso, text.get("EXDATE", "").split(","))),
        fields["DTSTART"].line,
    )


def iso(moment: str) -> str:
    """The date of a moment: "2026-11-23" of 20261123T090000."""
    return "-".join((moment[:4], moment[4:6], moment[6:8]))


def time_of(moment: str) -> str:
    """The time of a moment: "09:00" of 20261123T090000, "" of a date alone, and of what is none."""
    digits = moment.partition("T")[2][:4]
    return f"{digits[:2]}:{digits[2:]}" if len(digits) == 4 and digits.isdecimal() else ""
