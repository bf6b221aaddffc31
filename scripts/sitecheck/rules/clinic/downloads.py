"""CF: contact files, the calendar file and the data of "open now", compared with docs/_data/clinic.yml."""

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
from ...read.files.downloads import split_value, unescape
from ..registry import rule

WEEKDAYS = {day[:2].upper(): day for day in DAYS}
UNTIL, FOR_EVER = re.compile(r"UNTIL=(\d{8})"), "99991231"
AHEAD = datetime.timedelta(days=11 * 366)  # how far into the future a calendar is checked
REBUILD = "build the site again with scripts/build"


@rule("CF012", error="wrong fact", needs_project=True)
def contact_differs(site: Site, project: Project) -> Iterator[Fault]:
    """Whoever saved the contact goes to the address in their phone, long after the page was corrected."""
    clinic = project.clinic
    if clinic is None:
        return
    cards = [page for path, page in site.others.items() if path.endswith(".vcf")]
    places = {place.street: place for place in clinic.locations}
    for page in cards:
        fields = {stated.key.removeprefix("VCARD."): stated for stated in page.stated}
        address = split_value(fields["ADR"].text) if "ADR" in fields else []
        place = places.pop(address[2] if len(address) > 2 else "", None)
        if place is None:
            yield at(page, fields.get("ADR"), f"clinic.yml has no address like this, or it has two contacts: {REBUILD}")
            continue
        if address[3:6] != [place.city, place.state, place.zip]:
            yield at(page, fields["ADR"], f"the address must be {place.city}, {place.state} {place.zip}: {REBUILD}")
        wanted = {"ORG": clinic.name, "TEL": clinic.phone, "EMAIL": clinic.email, "URL": clinic.website}
        for key, words in wanted.items():
            found = unescape(fields[key].text) if key in fields else ""
            if found != words:
                what = f'{key} must be "{words}"' if words else f"{key} must not be here"
                yield at(page, fields.get(key), f"{what}: {REBUILD}")
    for street in places if cards else ():
        yield at(cards[0], None, f"there is no contact for {street}: {REBUILD}")


@rule("CF013", error="wrong fact", needs_project=True)
def calendar_differs(site: Site, project: Project) -> Iterator[Fault]:
    """The calendar in a reader's phone says that the clinic is open, and it is not."""
    clinic = project.clinic
    if clinic is None:
        return
    for path, page in site.others.items():
        if path.endswith(".ics"):
            if weekly_hours(page) != {(day.day, day.opens, day.closes) for day in clinic.hours if day.opens}:
                yield at(
                    page, first(page, "VEVENT.DTSTART"), f"the weekly hours are not those of clinic.yml: {REBUILD}"
                )
            text = "\n".join(stated.text for stated in page.stated)
            for closure in clinic.closures or ():
                day = closure.date.replace("-", "")
                if closure.date >= site.today.isoformat() and open_on(clinic, closure.date) and day not in text:
                    yield at(page, None, f"the calendar is open on {closure.name} ({closure.date}): {REBUILD}")
            if holidays := unconfirmed_open_days(page, clinic, site.today):
                more = f" and on {len(holidays) - 1} more" if len(holidays) > 1 else ""
                what = f'says "open" on the federal holiday {holidays[0]}{more}, which the clinic has not confirmed'
                yield at(page, first(page, "VEVENT.DTSTART"), f"{what}: {REBUILD}")


@rule("CF014", error="wrong fact", needs_project=True)
def open_now_differs(site: Site, project: Project) -> Iterator[Fault]:
    """The page says "Open now" to someone who stands before a closed door."""
    if project.clinic is None:
        return
    known = project.data[CLINIC]
    wanted = {key: known.value("extra", "clinic", name) for key, name in OPEN_NOW.items()}
    for page in site.pages.values():
        for stated in page.stated:
            if stated.key in wanted and value_of(stated) != wanted[stated.key]:
                message = f'"open now" must use {OPEN_NOW[stated.key]} of clinic.yml'
                yield Fault(message, page.path, stated.line, stated.column, raw=stated.key.rpartition(".")[2])


@rule("CF015", error="wrong fact", needs_project=True)
def closure_not_shown(site: Site, project: Project) -> Iterator[Fault]:
    """A holiday that only the clinic knows of costs a reader a day's journey."""
    clinic = project.clinic
    if clinic is None or not clinic.closures:
        return
    for document in project.documents:
        page = site.pages.get(document.page)
        if page is None or document.type != "hours":
            continue
        shown = " ".join([*(fact.text for fact in page.stated), *(b.text for b in page.blocks if b.in_main)])
        for closure in clinic.closures:
            if closure.date >= site.today.isoformat() and closure.name not in shown:
                yield Fault(f"show {closure.name} ({closure.date}) with the hours", page.path, file=document.path)


OPEN_NOW = {"open-now.data-zone": "time_zone", "open-now.data-hours": "hours", "open-now.data-closures": "closures"}


def value_of(stated: Stated) -> object:
    """The value of an attribute of "open now": parsed JSON, or the plain name of the time zone."""
    try:
        return json.loads(stated.text)
    except ValueError:
        return stated.text


def weekly_hours(page: Page) -> set[tuple[str, str, str]]:
    """(day, opens, closes) for every weekday of every weekly event of a calendar."""
    found: set[tuple[str, str, str]] = set()
    event: dict[str, str] = {}
    for stated in [*page.stated, Stated("VEVENT.BEGIN", "", 0, 0)]:  # the last one ends the last event
        if stated.key == "VEVENT.BEGIN":
            rule = dict(part.partition("=")[::2] for part in event.get("RRULE", "").split(";"))
            if rule.get("FREQ") == "WEEKLY":
                days = (WEEKDAYS.get(day, day) for day in rule.get("BYDAY", "").split(","))
                found |= {(day, time_of(event.get("DTSTART", "")), time_of(event.get("DTEND", ""))) for day in days}
            event = {}
        elif stated.key.startswith("VEVENT."):
            event[stated.key.removeprefix("VEVENT.")] = stated.text
    return found


def unconfirmed_open_days(page: Page, clinic: Clinic, today: datetime.date) -> list[datetime.date]:
    """The coming holidays on which the calendar has opening hours that the clinic has not confirmed."""
    rules = [stated.text for stated in page.stated if stated.key == "VEVENT.RRULE"]
    if not rules:
        return []
    exceptions = " ".join(stated.text for stated in page.stated if stated.key == "VEVENT.EXDATE")
    excluded = set(re.findall(r"\d{8}", exceptions))
    ends = [until[1] if (until := UNTIL.search(rule)) else FOR_EVER for rule in rules]
    dates = None if clinic.closures is None else [closure.date for closure in clinic.closures]
    coming = unconfirmed_holidays(dates, today, today + AHEAD)
    open_days = [(day, f"{day:%Y%m%d}") for day in coming if open_on(clinic, day.isoformat())]
    return [day for day, digits in open_days if digits not in excluded and digits < max(ends)]


def time_of(moment: str) -> str:
    """The time of a moment: "09:00" of 20261123T090000, "" of a date alone."""
    digits = moment.partition("T")[2]
    return f"{digits[:2]}:{digits[2:4]}" if digits else ""


def open_on(clinic: Clinic, date: str) -> bool:
    """Whether the clinic has weekly hours on the weekday of a date; False for a date that does not exist."""
    try:
        weekday = DAYS[datetime.date.fromisoformat(date).weekday()]
    except ValueError:
        return False
    return any(hours.opens for hours in clinic.hours if hours.day == weekday)


def first(page: Page, key: str) -> Stated | None:
    """The first line of a file with a key such as "VEVENT.DTSTART"."""
    return next((stated for stated in page.stated if stated.key == key), None)


def at(page: Page, stated: Stated | None, message: str) -> Fault:
    """A fault in a file that the build makes, at a line of it or at its start."""
    return Fault(message, page.path, stated.line if stated else 1, 1)
