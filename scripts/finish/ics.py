"""downloads/opening-hours.ics: the opening hours of clinic.yml as a calendar (RFC 5545)."""

from __future__ import annotations

import datetime
import uuid
from collections import defaultdict
from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

import icalendar

from sitecheck.model.clinic import DAYS, MIDNIGHT, Clinic, Closure, Schedule, Span, date_words, read_clinic
from sitecheck.model.federal_holidays import unconfirmed_holidays

from .built_site import Site, last_checked

FILE = "downloads/opening-hours.ics"
HOURS_PAGE = "hours-and-locations/"
DAY, MINUTE = datetime.timedelta(days=1), datetime.timedelta(minutes=1)
Event = tuple[str, Span, datetime.datetime, datetime.datetime, dict[str, Any]]
YEARS = 10 * 366 * DAY  # how far ahead the calendar goes: later hours and clock changes are not known


def write(site: Site) -> None:
    """Write the calendar. It starts on the day the hours page was last checked, which its description names."""
    page = site.pages.get(f"{HOURS_PAGE}index.html")
    day = last_checked(page) if page else ""
    since = datetime.date.fromisoformat(day) if day else site.timestamp().date()
    site.write(FILE, opening_hours(site.clinic, since, site.timestamp(), site.home + HOURS_PAGE))


def opening_hours(raw: dict[str, Any], since: datetime.date, stamp: datetime.datetime, page: str) -> bytes:
    """Return the calendar: for each group of places with the same hours, a weekly event for each span.

    Closures are left out, and federal holidays that the clinic has not confirmed. A shorter day is an event of its own.
    `raw` is `extra.clinic` of clinic.yml, `since` the first day, `stamp` goes into DTSTAMP, `page` is the address
    where a reader can check the hours.
    """
    clinic = read_clinic(raw)
    calendar = icalendar.Calendar()
    calendar.add("prodid", f"-//{clinic.name}//Opening hours//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"{clinic.name}: opening hours")
    calendar.add("x-wr-timezone", clinic.time_zone)
    words = f"Hours as published on {date_words(since.isoformat())}. Please check before you travel: {page}"
    usually = ""
    if clinic.closures is None:
        words = f"Federal holidays are left out: the clinic has not confirmed its hours on them. {words}"
        usually = "usually "
    schedules = clinic.schedules
    for schedule in schedules:
        places = "" if len(schedules) == 1 else ", ".join(place.title for place in schedule.places)
        for key, span, start, end, rule in events(clinic, schedule, since):
            event = icalendar.Event()
            event.add("uid", f"{uuid.uuid5(uuid.NAMESPACE_URL, f'{page}#{places}{key}')}")
            event.add("dtstamp", stamp)
            event.add("dtstart", start)
            event.add("dtend", end)
            how = "by appointment" if span.by_appointment else "open"
            event.add("summary", f"{clinic.name}{places and f' ({places})'} is {usually}{how}")
            if places:
                event.add("location", places)
            event.add("description", words)
            event.add("url", page)
            event.add("transp", "TRANSPARENT")  # an open clinic does not make the reader busy
            for name, values in rule.items():
                event.add(name, values)
            calendar.add_component(event)
    calendar.add_missing_timezones(first_date=since, last_date=since + YEARS)
    written: bytes = calendar.to_ical()
    return written


def events(clinic: Clinic, schedule: Schedule, since: datetime.date) -> Iterator[Event]:
    """Yield (key, span, start, end, properties) of each event: the weekly ones, then single days."""
    zone = ZoneInfo(clinic.time_zone)
    if schedule.first_day:
        since = max(since, datetime.date.fromisoformat(schedule.first_day))
    end = since + YEARS
    if schedule.last_day:
        end = min(end, datetime.date.fromisoformat(schedule.last_day) + DAY)
    closures = None if clinic.closures is None else [one.through for one in clinic.closures]
    special = [(day, one) for one in schedule.closures for day in days_of(one)]
    left_out = sorted({*(day for day, _ in special), *unconfirmed_holidays(closures, since, end)})
    spans: dict[Span, list[int]] = defaultdict(list)
    for hours in schedule.hours or ():
        if hours.opens:
            spans[hours.span].append(DAYS.index(hours.day))
    for span, weekdays in sorted(spans.items(), key=lambda pair: (pair[0].opens, pair[0].closes)):
        first = next(since + DAY * ahead for ahead in range(7) if (since + DAY * ahead).weekday() in weekdays)
        if first >= end:
            continue
        letters = [DAYS[day][:2].upper() for day in sorted(weekdays)]
        until = (_at(end, "00:00", zone) - MINUTE).astimezone(datetime.UTC)  # RFC 5545 wants UTC: in the US, on `end`
        rule = {"rrule": {"freq": "weekly", "byday": letters, "until": until}}
        excluded = [_at(date, span.opens, zone) for date in left_out if date >= first and date.weekday() in weekdays]
        properties = rule | ({"exdate": excluded} if excluded else {})
        yield f"{span.opens}-{span.closes}", span, *_times(first, span, zone), properties
    for date, closure in sorted(special, key=lambda pair: (pair[0], pair[1].opens)):
        if since <= date < end and closure.opens:
            yield f"{date} {closure.opens}", closure.span, *_times(date, closure.span, zone), {}


def days_of(closure: Closure) -> Iterator[datetime.date]:
    """Yield the days of a closure."""
    first, last = (datetime.date.fromisoformat(day) for day in (closure.date, closure.through))
    return (first + DAY * ahead for ahead in range((last - first).days + 1))


def _times(day: datetime.date, span: Span, zone: ZoneInfo) -> tuple[datetime.datetime, datetime.datetime]:
    """Return start and end. A closing time at or before the opening time is on the next day."""
    closes = "00:00" if span.closes == MIDNIGHT else span.closes
    return _at(day, span.opens, zone), _at(day if closes > span.opens else day + DAY, closes, zone)


def _at(day: datetime.date, clock: str, zone: ZoneInfo) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time.fromisoformat(clock), zone)
