"""downloads/opening-hours.ics: the opening hours of clinic.yml as a calendar (RFC 5545)."""

from __future__ import annotations

import datetime
import uuid
from collections import defaultdict
from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

import icalendar

from sitecheck.model.federal_holidays import unconfirmed_holidays

from .site import Site, last_reviewed

FILE = "downloads/opening-hours.ics"
HOURS_PAGE = "hours-and-locations/"
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
DAY = datetime.timedelta(days=1)
Event = tuple[str, datetime.datetime, datetime.datetime, dict[str, Any]]
YEARS = 10 * 366 * DAY  # how far ahead the calendar goes: later hours and clock changes are not known


def write(site: Site) -> None:
    """Write the calendar. It starts on the day of the hours page's last review, which its description names."""
    page = site.pages.get(f"{HOURS_PAGE}index.html")
    day = last_reviewed(page) if page else ""
    since = datetime.date.fromisoformat(day) if day else site.timestamp().date()
    site.write(FILE, opening_hours(site.clinic, since, site.timestamp(), site.home + HOURS_PAGE))


def opening_hours(clinic: dict[str, Any], since: datetime.date, stamp: datetime.datetime, page: str) -> bytes:
    """Return the calendar: a weekly event for each span of hours, without closures, and one event for each shorter day.

    Federal holidays that the clinic has not confirmed are left out too. `since` is the first day, `stamp` goes into
    DTSTAMP, `page` is the address where a reader can check the hours.
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
    """Yield (key, start, end, properties) of each event in local time: first the weekly ones, then single days."""
    closures = None if clinic["closures"] == "unknown" else {closure["date"]: closure for closure in clinic["closures"]}
    dates = {datetime.date.fromisoformat(date): closure for date, closure in (closures or {}).items()}
    last = since + YEARS
    left_out = sorted({*dates, *unconfirmed_holidays(closures, since, last)})
    spans: dict[tuple[str, str], list[int]] = defaultdict(list)
    for hours in clinic["hours"]:
        if "opens" in hours:
            spans[hours["opens"], hours["closes"]].append(DAYS.index(hours["day"]))
    for (opens, closes), weekdays in sorted(spans.items()):
        first = next(since + DAY * ahead for ahead in range(7) if (since + DAY * ahead).weekday() in weekdays)
        letters = [DAYS[day][:2].upper() for day in sorted(weekdays)]
        until = datetime.datetime.combine(last, datetime.time(), datetime.UTC)  # RFC 5545 wants UTC here
        rule: dict[str, Any] = {"rrule": {"freq": "weekly", "byday": letters, "until": until}}
        excluded = [_at(date, opens) for date in left_out if date >= first and date.weekday() in weekdays]
        if excluded:
            rule["exdate"] = excluded
        yield f"{opens}-{closes}", *_span(first, opens, closes), rule
    for date, closure in sorted(dates.items()):
        if date >= since and "opens" in closure:
            yield closure["date"], *_span(date, closure["opens"], closure["closes"]), {}


def _span(day: datetime.date, opens: str, closes: str) -> tuple[datetime.datetime, datetime.datetime]:
    """Return start and end. A closing time at or before the opening time is on the next day."""
    return _at(day, opens), _at(day if closes > opens else day + DAY, closes)


def _at(day: datetime.date, clock: str) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time.fromisoformat(clock))
