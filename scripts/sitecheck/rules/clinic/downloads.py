"""CF: what a reader takes along, contacts and calendar, and what "open now" counts with, held against clinic.yml."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator

from ...links.site import Site
from ...model.federal_holidays import unconfirmed_holidays
from ...model.finding import Fault
from ...model.page import Page, Stated
from ...project.model import DAYS, Clinic, Project
from ...project.read_project import CLINIC
from ...read.files.downloads import parts, plainly
from ..registry import rule

WEEKDAYS = {day[:2].upper(): day for day in DAYS}
UNTIL, FOR_EVER = re.compile(r"UNTIL=(\d{8})"), "99991231"
AHEAD = datetime.timedelta(days=11 * 366)  # a calendar that speaks of more is looked at as far as this
AGAIN = "make the site again with scripts/build"


@rule("CF012", needs_project=True)
def contact_differs(site: Site, project: Project) -> Iterator[Fault]:
    """Whoever saved the contact goes to the address in their phone, long after the page was put right."""
    clinic = project.clinic
    cards = [page for path, page in site.others.items() if path.endswith(".vcf")]
    places = {place.street: place for place in clinic.locations} if clinic else {}
    for page in cards if clinic else ():
        told = {one.key.removeprefix("VCARD."): one for one in page.stated}
        address = parts(told["ADR"].text) if "ADR" in told else []
        place = places.pop(address[2] if len(address) > 2 else "", None)
        if place is None:
            yield at(page, told.get("ADR"), f"clinic.yml has no address like this, or it has two contacts: {AGAIN}")
            continue
        if address[3:6] != [place.city, place.state, place.zip]:
            yield at(page, told["ADR"], f"the address must be {place.city}, {place.state} {place.zip}: {AGAIN}")
        wanted = {"ORG": clinic.name, "TEL": clinic.phone, "EMAIL": clinic.email, "URL": clinic.website}
        for key, words in wanted.items():
            said = plainly(told[key].text) if key in told else ""
            if said != words:
                yield at(
                    page, told.get(key), f'{key} must be "{words}": {AGAIN}' if words else f"take {key} out: {AGAIN}"
                )
    for street in places if cards else ():
        yield at(cards[0], None, f"no contact is made for {street}: {AGAIN}")


@rule("CF013", needs_project=True)
def calendar_differs(site: Site, project: Project) -> Iterator[Fault]:
    """The calendar in a reader's phone says that the clinic is open, and it is not."""
    clinic = project.clinic
    for path, page in site.others.items() if clinic else ():
        if path.endswith(".ics"):
            if weekly_hours(page) != {(one.day, one.opens, one.closes) for one in clinic.hours if one.opens}:
                yield at(page, first(page, "VEVENT.DTSTART"), f"the weekly hours are not those of clinic.yml: {AGAIN}")
            told = "\n".join(one.text for one in page.stated)
            for closure in clinic.closures or ():
                day = closure.date.replace("-", "")
                if closure.date >= site.today.isoformat() and open_on(clinic, closure.date) and day not in told:
                    yield at(page, None, f"{closure.name} ({closure.date}) is not taken out: {AGAIN}")
            if holidays := holidays_told_open(page, clinic, site.today):
                more = f" and on {len(holidays) - 1} more" if len(holidays) > 1 else ""
                what = f'says "open" on the federal holiday {holidays[0]}{more}, which the clinic has not confirmed'
                yield at(page, first(page, "VEVENT.DTSTART"), f"{what}: {AGAIN}")


@rule("CF014", needs_project=True)
def open_now_differs(site: Site, project: Project) -> Iterator[Fault]:
    """The page says "Open now" to someone who stands before a closed door."""
    if project.clinic is None:
        return
    known = project.data[CLINIC]
    wanted = {key: known.value("extra", "clinic", name) for key, name in OPEN_NOW.items()}
    for page in site.pages.values():
        for one in page.stated:
            if one.key in wanted and said_of(one) != wanted[one.key]:
                name = OPEN_NOW[one.key]
                message = f'what "open now" counts with must be {name} of clinic.yml'
                yield Fault(message, page.path, one.line, one.column, raw=one.key.rpartition(".")[2])


@rule("CF015", needs_project=True)
def closure_not_shown(site: Site, project: Project) -> Iterator[Fault]:
    """A holiday that only the clinic knows of costs a reader a day's journey."""
    clinic = project.clinic
    for document in project.documents if clinic and clinic.closures else ():
        page = site.pages.get(document.page)
        if page is None or document.type != "hours":
            continue
        shown = " ".join([*(one.text for one in page.stated), *(one.text for one in page.blocks if one.in_main)])
        for closure in clinic.closures:
            if closure.date >= site.today.isoformat() and closure.name not in shown:
                yield Fault(f"show {closure.name} ({closure.date}) with the hours", page.path, file=document.path)


OPEN_NOW = {"open-now.data-zone": "time_zone", "open-now.data-hours": "hours", "open-now.data-closures": "closures"}


def said_of(stated: Stated) -> object:
    """What an attribute of "open now" holds: JSON, or the plain name of the time zone."""
    try:
        return json.loads(stated.text)
    except ValueError:
        return stated.text


def weekly_hours(page: Page) -> set[tuple[str, str, str]]:
    """(day, opens, closes) for every weekday of every weekly event of a calendar."""
    found: set[tuple[str, str, str]] = set()
    event: dict[str, str] = {}
    for one in [*page.stated, Stated("VEVENT.BEGIN", "", 0, 0)]:
        if one.key == "VEVENT.BEGIN":
            rule = dict(part.partition("=")[::2] for part in event.get("RRULE", "").split(";"))
            if rule.get("FREQ") == "WEEKLY":
                days = (WEEKDAYS.get(day, day) for day in rule.get("BYDAY", "").split(","))
                found |= {(day, time_of(event.get("DTSTART", "")), time_of(event.get("DTEND", ""))) for day in days}
            event = {}
        elif one.key.startswith("VEVENT."):
            event[one.key.removeprefix("VEVENT.")] = one.text
    return found


def holidays_told_open(page: Page, clinic: Clinic, today: datetime.date) -> list[datetime.date]:
    """The coming holidays nobody has confirmed, on which a weekly event of a calendar takes place all the same."""
    rules = [one.text for one in page.stated if one.key == "VEVENT.RRULE"]
    if not rules:
        return []
    out = {date for one in page.stated if one.key == "VEVENT.EXDATE" for date in re.findall(r"\d{8}", one.text)}
    ends = [until[1] if (until := UNTIL.search(rule)) else FOR_EVER for rule in rules]
    dates = None if clinic.closures is None else [closure.date for closure in clinic.closures]
    coming = unconfirmed_holidays(dates, today, today + AHEAD)
    told = [(day, f"{day:%Y%m%d}") for day in coming if open_on(clinic, day.isoformat())]
    return [day for day, digits in told if digits not in out and digits < max(ends)]


def time_of(moment: str) -> str:
    """ "09:00" from 20261123T090000."""
    digits = moment.partition("T")[2]
    return f"{digits[:2]}:{digits[2:4]}" if digits else ""


def open_on(clinic: Clinic, date: str) -> bool:
    """Whether the week has hours on the weekday of a date that the calendar has."""
    try:
        weekday = DAYS[datetime.date.fromisoformat(date).weekday()]
    except ValueError:
        return False
    return any(hours.opens for hours in clinic.hours if hours.day == weekday)


def first(page: Page, key: str) -> Stated | None:
    return next((one for one in page.stated if one.key == key), None)


def at(page: Page, stated: Stated | None, message: str) -> Fault:
    """A fault in a file that the build makes."""
    return Fault(message, page.path, stated.line if stated else 1, 1)
