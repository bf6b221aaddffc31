"""downloads/opening-hours.ics: when the clinic is open, for a calendar (RFC 5545), made from clinic.yml."""

from __future__ import annotations

import datetime
import uuid
from collections import defaultdict
from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

import icalendar

from sitecheck.model.federal_holidays import unconfirmed_holidays

from .site import Site, reviewed

FILE = "downloads/opening-hours.ics"
HOURS_PAGE = "hours-and-locations/"
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
DAY = datetime.timedelta(days=1)
Event = tuple[str, datetime.datetime, datetime.datetime, dict[str, Any]]
YEARS = 10 * 366 * DAY  # how far ahead it speaks: nobody knows the hours and the clock changes of a later day


def write(site: Site) -> None:
    """Write the calendar. It begins in the week of the hours page's last review, and says so."""
    page = site.pages.get(f"{HOURS_PAGE}index.html")
    day = reviewed(page) if page else ""
    since = datetime.date.fromisoformat(day) if day else site.moment().date()
    site.write(FILE, opening_hours(site.clinic, since, site.moment(), site.home + HOURS_PAGE))


def opening_hours(clinic: dict[str, Any], since: datetime.date, stamp: datetime.datetime, page: str) -> bytes:
    """The calendar as bytes: a weekly event for each span of hours, closures taken out, shorter days put in.

    A federal holiday of which the clinic has said nothing is taken out too.
    `since` is the first day it speaks of, `stamp` goes into DTSTAMP, `page` is where a reader can check.
    """
    calendar = icalendar.Calendar()
    calendar.add("prodid", f"-//{clinic['name']}//Opening hours//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"{clinic['name']}: opening hours")
    calendar.add("x-wr-timezone", clinic["time_zone"])
    zone = ZoneInfo(clinic["time_zone"])
    published = f"{since:%B} {since.day}, {since.year}"
    words = f"Hours as published on {published}. Please check before you travel: {page}"
    summary = f"{clinic['name']} is open"
    if clinic["closures"] == "unknown":
        words = f"Federal holidays are left out: the clinic has not confirmed its hours on them. {words}"
        summary = f"{clinic['name']} is usually open"
    for key, start, end, rule in events(clinic, since):
        event = icalendar.Event()
        event.add("uid", f"{uuid.uuid5(uuid.NAMESPACE_URL, f'{page}#{key}')}")
        event.add("dtstamp", stamp)
        event.add("dtstart", start.replace(tzinfo=zone))
        event.add("dtend", end.replace(tzinfo=zone))
        event.add("summary", summary)
        event.add("description", words)
        event.add("url", page)
        event.add("transp", "TRANSPARENT")  # an open clinic does not make the reader busy
        for name, values in rule.items():
            event.add(name, [value.replace(tzinfo=zone) for value in values] if name == "exdate" else values)
        calendar.add_component(event)
    calendar.add_missing_timezones(first_date=since, last_date=since + YEARS)
    written: bytes = calendar.to_ical()
    return written


def events(clinic: dict[str, Any], since: datetime.date) -> Iterator[Event]:
    """(key, start, end, properties) of each event, in local time: first the weekly ones, then single days."""
    known = None if clinic["closures"] == "unknown" else {closure["date"]: closure for closure in clinic["closures"]}
    dates = {datetime.date.fromisoformat(date): closure for date, closure in (known or {}).items()}
    last = since + YEARS
    left_out = sorted({*dates, *unconfirmed_holidays(known, since, last)})
    spans: dict[tuple[str, str], list[int]] = defaultdict(list)
    for hours in clinic["hours"]:
        if "opens" in hours:
            spans[hours["opens"], hours["closes"]].append(DAYS.index(hours["day"]))
    for (opens, closes), weekdays in sorted(spans.items()):
        first = next(since + DAY * ahead for ahead in range(7) if (since + DAY * ahead).weekday() in weekdays)
        letters = [DAYS[day][:2].upper() for day in sorted(weekdays)]
        until = datetime.datetime.combine(last, datetime.time(), datetime.UTC)  # RFC 5545 wants UTC here
        rule: dict[str, Any] = {"rrule": {"freq": "weekly", "byday": letters, "until": until}}
        out = [_at(date, opens) for date in left_out if date >= first and date.weekday() in weekdays]
        if out:
            rule["exdate"] = out
        yield f"{opens}-{closes}", *_span(first, opens, closes), rule
    for date, closure in sorted(dates.items()):
        if date >= since and "opens" in closure:
            yield closure["date"], *_span(date, closure["opens"], closure["closes"]), {}


def _span(day: datetime.date, opens: str, closes: str) -> tuple[datetime.datetime, datetime.datetime]:
    """Start and end; a clinic that closes no later than it opens closes the next day."""
    return _at(day, opens), _at(day if closes > opens else day + DAY, closes)


def _at(day: datetime.date, clock: str) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time.fromisoformat(clock))
