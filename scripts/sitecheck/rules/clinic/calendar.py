"""CF: the calendar file, read back and compared with the hours of docs/_data/clinic.yml."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import NamedTuple

from ...links.site import Site
from ...model.clinic import DAYS, MIDNIGHT, Clinic, Closure, Schedule, Span
from ...model.days import ONE_DAY, day_of
from ...model.federal_holidays import unconfirmed_holidays
from ...model.finding import Fault
from ...model.page import Page, Stated
from ...project.model import Project
from ...read.files.downloads import unescape
from ..registry import rule
from .downloads import REBUILD

WEEKDAYS = {day[:2].upper(): day for day in DAYS}
FOR_EVER = "99991231"
AHEAD = datetime.timedelta(days=11 * 366)  # how far into the future a calendar is checked


class Event(NamedTuple):
    """An event of a calendar. Dates are written as 20261225."""

    location: str
    span: Span
    first: str
    until: str  # it takes place before this date, as UNTIL is in UTC, where a US day ends on the next
    days: tuple[str, ...]  # on which it comes again each week; none: it is once
    without: frozenset[str]
    line: int


@rule("CF013", error="wrong fact")
def calendar_differs(site: Site, project: Project) -> Iterator[Fault]:
    """The calendar in a reader's phone says that the clinic is open, and it is not."""
    clinic = project.clinic
    for path, page in site.others.items() if clinic else ():
        if clinic and path.endswith(".ics"):
            for line, what in wrong_in_calendar(clinic, events_in(page), site.today):
                yield Fault(f"{what}: {REBUILD}", page.path, line, 1)


def wrong_in_calendar(clinic: Clinic, events: list[Event], today: datetime.date) -> Iterator[tuple[int, str]]:
    """(line, what is wrong) in a calendar, for each group of places with the same hours."""
    schedules = clinic.schedules
    first = min((event.line for event in events), default=1)
    if len(schedules) > 1 and (others := {event.location for event in events} - {names_of(one) for one in schedules}):
        yield first, f"clinic.yml has no places {', '.join(sorted(others)) or 'without a name'}"
    for schedule in schedules:
        names = names_of(schedule) if len(schedules) > 1 else ""
        own = [event for event in events if event.location == names]
        whose = f" of {names}" if names else ""
        weekly = {(day, event.span) for event in own for day in event.days}
        gone = bool(schedule.last_day) and schedule.last_day < today.isoformat()
        hours = schedule.hours or ()
        wanted = {(one.day, one.span) for one in hours if one.opens}
        if weekly != wanted and not (gone and not weekly):
            yield first, f"the weekly hours{whose} are not those of clinic.yml"
            continue
        for closure in schedule.closures:
            spans = {one.span for one in schedule.closures if one.opens and one.holds(closure.date)}
            for day in days_of(closure):
                if day >= today and schedule.hours is not None and shown(own, day) != spans and lasts(schedule, day):
                    yield 1, f"the calendar{whose} has other hours on {closure.name} ({day}) than clinic.yml"
                    break
        if beyond := [day for day in outside(schedule) if shown(own, day)]:
            yield first, f"says that {names} is open on {beyond[0]}, when the place does not exist"
        dates = None if clinic.closures is None else [closure.date for closure in clinic.closures]
        holidays = [day for day in unconfirmed_holidays(dates, today, today + AHEAD) if shown(own, day)]
        if holidays:
            more = f" and on {len(holidays) - 1} more" if len(holidays) > 1 else ""
            yield first, f'says "open" on the federal holiday {holidays[0]}{more}, which the clinic has not confirmed'


def events_in(page: Page) -> list[Event]:
    """The events of a calendar file."""
    found: list[Event] = []
    fields: dict[str, str] = {}
    line = 1
    for stated in [*page.stated, Stated("VEVENT.BEGIN", "", 0, 0)]:  # the last one ends the last event
        if stated.key == "VEVENT.BEGIN":
            if "DTSTART" in fields:
                found.append(event_of(fields, line))
            fields = {}
        elif stated.key.startswith("VEVENT."):
            name = stated.key.removeprefix("VEVENT.")
            line = stated.line if name == "DTSTART" else line
            fields[name] = stated.text
    return found


def event_of(fields: dict[str, str], line: int) -> Event:
    """An event by its properties; EXDATE may name many moments, UNTIL none."""
    rule = dict(part.partition("=")[::2] for part in fields.get("RRULE", "").split(";"))
    days = rule.get("BYDAY", "").split(",") if rule.get("FREQ") == "WEEKLY" else ()
    ends = time_of(fields.get("DTEND", ""))
    span = Span(
        time_of(fields["DTSTART"]), MIDNIGHT if ends == "00:00" else ends, "appointment" in fields.get("SUMMARY", "")
    )
    return Event(
        unescape(fields.get("LOCATION", "")),
        span,
        fields["DTSTART"][:8],
        rule.get("UNTIL", FOR_EVER)[:8],
        tuple(WEEKDAYS.get(day, day) for day in days),
        frozenset(re.findall(r"\d{8}", fields.get("EXDATE", ""))),
        line,
    )


def shown(events: list[Event], day: datetime.date) -> set[Span]:
    """The spans that a calendar shows on a day."""
    digits, weekday = f"{day:%Y%m%d}", DAYS[day.weekday()]
    weekly = (event for event in events if weekday in event.days and event.first <= digits < event.until)
    single = (event.span for event in events if not event.days and event.first == digits)
    return {event.span for event in weekly if digits not in event.without} | set(single)


def outside(schedule: Schedule) -> Iterator[datetime.date]:
    """The week before a place opens, and the week after its last day."""
    if first := day_of(schedule.first_day):
        yield from (first - before * ONE_DAY for before in range(1, 8))
    if last := day_of(schedule.last_day):
        yield from (last + after * ONE_DAY for after in range(1, 8))


def lasts(schedule: Schedule, day: datetime.date) -> bool:
    """Whether the places of a schedule exist on a day."""
    return (schedule.first_day or "0") <= day.isoformat() <= (schedule.last_day or "9")


def days_of(closure: Closure) -> Iterator[datetime.date]:
    """The days of a closure; none when a date does not exist, which CF009 reports."""
    first, last = day_of(closure.date), day_of(closure.through)
    if first and last:
        yield from (first + ahead * ONE_DAY for ahead in range((last - first).days + 1))


def names_of(schedule: Schedule) -> str:
    """The names of places that have the same hours."""
    return ", ".join(place.title for place in schedule.places)


def time_of(moment: str) -> str:
    """The time of a moment: "09:00" of 20261123T090000, "" of a date alone."""
    digits = moment.partition("T")[2]
    return f"{digits[:2]}:{digits[2:4]}" if digits else ""
