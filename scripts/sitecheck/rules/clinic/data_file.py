"""CF: docs/_data/clinic.yml, its form and its sense."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator, Sequence
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ...links.site import Site
from ...model.finding import Fault
from ...project.data.marked_yaml import Mark
from ...project.faults import in_file
from ...project.model import DAYS, UNKNOWN, Clinic, Closure, Hours, Project
from ...project.pages.near_markdown import UNSEEN
from ...project.read_project import CLINIC, DATA_FILES, SETTINGS
from ..registry import rule

ODD_SPACE = re.compile(rf"{UNSEEN}|[\u00a0\u2000-\u200a\u202f\u3000]|^\s+|\s+$|\s\s+")
ZONES = {"EST": "Eastern Time", "CST": "Central Time", "MST": "Mountain Time", "PST": "Pacific Time"}
YEARS_AHEAD = 2  # nobody plans a closure further ahead
NOT_KNOWN = re.compile(r"unknown|not known|tb[adc]|todo|n/?a|none|pending|x{2,}|\?+|-+", re.I)


@rule("CF001", error="wrong fact", needs_project=True, blocks_build=True, data_files=(CLINIC, SETTINGS))
def clinic_data_wrong(project: Project) -> Iterator[Fault]:
    """Every page shows these facts: one slip here is a wrong door or a wrong hour everywhere."""
    yield from project.reading_faults(CLINIC, SETTINGS)
    for clinic, at in clinic_of(project):
        zone = zone_of(clinic.time_zone)
        zone_name = ZONES.get(datetime.datetime(2026, 1, 1, tzinfo=zone).tzname() or "") if zone else None
        if zone_name and clinic.time_zone_name != zone_name:
            advice = f"{clinic.time_zone} is not called {clinic.time_zone_name}: make the two agree"
            yield in_file(CLINIC, at("time_zone_name"), advice, zone_name)
        if not zone:
            advice = f"no computer knows the zone {clinic.time_zone}: New York's is America/New_York"
            yield in_file(CLINIC, at("time_zone"), advice)
        for place, first in addresses_twice(clinic):
            advice = f'this is the address of "{first}": keep one of the two'
            yield in_file(CLINIC, at("locations", place, "street"), advice)
        read = project.data[CLINIC]
        for way, mark in read.values.items():
            value = read.value(*way)
            if isinstance(value, str) and (odd := ODD_SPACE.search(value)):
                what = f'there is an invisible character or an odd space in "{ODD_SPACE.sub(" ", value).strip()}"'
                yield in_file(CLINIC, mark._replace(column=mark.column + odd.start()), f"{what}: type it again")
            if isinstance(value, str) and value != UNKNOWN and NOT_KNOWN.fullmatch(value):
                advice = "write unknown, in small letters, for what nobody has told you yet"
                yield in_file(CLINIC, mark, f'pages would show "{value}": {advice}')


@rule("CF018", error="wrong fact", needs_project=True, blocks_build=True)
def data_file_copied(project: Project) -> Iterator[Fault]:
    """Somebody changes the hours in "clinic (1).yml", and no page ever shows them."""
    known = [path for path in DATA_FILES if path.startswith("docs/_data/")]
    for path in sorted(project.assets - set(known)):
        for meant in known:
            if path.lower().startswith(meant.removesuffix(".yml")):
                advice = f"no page is made from this file: put what is new in it into {meant}, and take it away"
                yield in_file(path, Mark(1, 1), advice)


@rule("CF002", error="wrong fact", needs_project=True, blocks_build=True)
def day_missing_or_twice(project: Project) -> Iterator[Fault]:
    """A day without a line leaves a reader to guess whether the clinic is open."""
    for clinic, at in clinic_of(project):
        days = [hours.day for hours in clinic.hours]
        for place, day in enumerate(days):
            if day in days[:place]:
                yield in_file(CLINIC, at("hours", place, "day"), f"{day} stands here twice: keep one line for each day")
        missing = [day for day in DAYS if day not in days]
        if missing:
            yield in_file(CLINIC, at("hours"), f"give the hours of {', '.join(missing)}, or write closed: true")
        elif len(days) == len(DAYS) and days != list(DAYS):
            yield in_file(CLINIC, at("hours"), "put the days in order: Monday comes first, Sunday last")


@rule("CF003", error="wrong fact", needs_project=True, blocks_build=True)
def closes_before_it_opens(project: Project) -> Iterator[Fault]:
    """Hours that run backward tell a reader nothing, and make "open now" wrong all day."""
    for clinic, at in clinic_of(project):
        lists: dict[str, Sequence[Hours | Closure]] = {"hours": clinic.hours, "closures": clinic.closures or ()}
        for key, spans in lists.items():
            for place, span in enumerate(spans):
                if span.opens and span.closes <= span.opens:
                    advice = f"the clinic closes at {span.closes}, which is not after {span.opens}: correct one of them"
                    if span.closes < "12:00":
                        advice += f', such as "{int(span.closes[:2]) + 12}{span.closes[2:]}" for the afternoon'
                    yield in_file(CLINIC, at(key, place, "closes"), advice)


@rule("CF009", error="wrong fact", needs_project=True, blocks_build=True)
def closure_wrong(site: Site, project: Project) -> Iterator[Fault]:
    """Nobody is warned of a closure on a day that does not exist."""
    for clinic, at in clinic_of(project):
        seen: set[str] = set()
        for place, closure in enumerate(clinic.closures or ()):
            mark = at("closures", place, "date")
            if day_of(closure.date) is None:
                yield in_file(CLINIC, mark, f"there is no day {closure.date}: write the date as year-month-day")
            elif closure.date in seen:
                yield in_file(CLINIC, mark, f"{closure.date} stands here twice: keep one entry")
            elif int(closure.date[:4]) > site.today.year + YEARS_AHEAD:
                yield in_file(CLINIC, mark, f"{closure.date} is years away: correct the year")
            seen.add(closure.date)


@rule("CF010", advice="the day is past", needs_project=True, calendar=True)
def closure_past(site: Site, project: Project) -> Iterator[Fault]:
    """A list that still holds last year's holidays looks as if nobody kept it."""
    for clinic, at in clinic_of(project):
        for place, closure in enumerate(clinic.closures or ()):
            day = day_of(closure.date)
            if day and day < site.today:
                yield in_file(CLINIC, at("closures", place), f"{closure.name} ({day}) is past: take it out")


@rule("CF019", error="wrong fact", needs_project=True, calendar=True)
def closures_run_out(site: Site, project: Project) -> Iterator[Fault]:
    """The clinic's list of holidays has come to its end, so the site again asks readers to check each one."""
    for clinic, at in clinic_of(project):
        last = max((day for one in clinic.closures or () if (day := day_of(one.date))), default=site.today)
        if last < site.today:
            advice = f"this list ended on {last}: add the days that the clinic names next, or write unknown"
            yield in_file(CLINIC, at("closures"), f"{advice}; an empty list says that it never closes")


@rule("CF011", error="wrong fact", needs_project=True, blocks_build=True)
def location_id_twice(project: Project) -> Iterator[Fault]:
    """Two addresses under one id: a link to one shows the other."""
    for clinic, at in clinic_of(project):
        ids = [place.id for place in clinic.locations]
        for place, id in enumerate(ids):
            if id in ids[:place]:
                yield in_file(CLINIC, at("locations", place, "id"), f'"{id}" is taken: give this location another id')


def addresses_twice(clinic: Clinic) -> Iterator[tuple[int, str]]:
    """Each location, by its place in the list, that repeats an address, with the id of the first one there."""
    seen: dict[tuple[str, str], str] = {}
    for place, location in enumerate(clinic.locations):
        first = seen.setdefault((location.street.casefold(), location.zip), location.id)
        if first != location.id:
            yield place, first


def clinic_of(project: Project) -> Iterator[tuple[Clinic, Callable[..., Mark]]]:
    """The clinic, and a function from keys to their marks; nothing when the file is wrong, which CF001 reports."""
    if project.clinic is not None:
        yield project.clinic, lambda *way: project.data[CLINIC].at("extra", "clinic", *way)


def zone_of(name: str) -> ZoneInfo | None:
    """The time zone of that name, None when there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def day_of(text: str) -> datetime.date | None:
    """The date in an ISO text, None when there is no such date."""
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None
