"""CF: docs/_data/clinic.yml, its form and its sense."""

from __future__ import annotations

import datetime
import re
from collections import deque
from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ...links.site import Site
from ...model.clinic import DAYS, UNKNOWN, Clinic, Closure, Hours
from ...model.days import day_of
from ...model.finding import Fault
from ...model.nearest import listed, nearest
from ...project.data.marked_yaml import Keys, MarkedYaml
from ...project.data.zip_codes import zip_fits
from ...project.faults import in_data, in_file
from ...project.mark import Mark
from ...project.model import Project
from ...project.pages.near_markdown import PICTURE, UNSEEN
from ...project.read_project import CLINIC, DATA_FILES, SETTINGS
from ..dates import impossible
from ..entries import repeated
from ..registry import rule

ODD_SPACE = re.compile(rf"{UNSEEN}|[\u00a0\u2000-\u200a\u202f\u3000]|^\s+|\s+$|\s\s+")
ZONES = {"EST": "Eastern Time", "CST": "Central Time", "MST": "Mountain Time", "PST": "Pacific Time"}
YEARS_AHEAD = 2  # nobody plans a closure further ahead
MANY = 300  # closures that are compared with each other
NOT_KNOWN = re.compile(
    r"unknown|not (?:yet )?known|tb[adc]|to be (?:confirmed|announced|decided)(?: by the clinic)?|coming soon|todo|n/?a"
    r"|none|pending|x{2,}|\?+|-+|\.+",
    re.I,
)
SIGNS = re.compile(rf"\*+|&#?\w+;|{PICTURE}")  # printed as they stand


@rule("CF001", error="wrong fact", blocks_build=True, reads=(CLINIC, SETTINGS))
def clinic_data_wrong(project: Project, clinic: Clinic) -> Iterator[Fault]:
    """Every page shows these facts: one slip here is a wrong door or a wrong hour everywhere."""
    zone = zone_of(clinic.time_zone)
    winter = datetime.datetime.max.replace(tzinfo=zone)
    zone_name = ZONES.get(winter.tzname() or "")
    if zone_name and clinic.time_zone_name != zone_name:
        advice = f"{clinic.time_zone} is not called {clinic.time_zone_name}: make the two agree"
        yield fault(project, advice, "time_zone_name", near=zone_name)
    if not zone:
        advice = f"no computer knows the zone {clinic.time_zone}: New York's is America/New_York"
        yield fault(project, advice, "time_zone")
    seen: dict[tuple[str, str], str] = {}  # address -> id
    for number, place in enumerate(clinic.locations):
        here = ("locations", number)
        if place.zip and place.state and not zip_fits(place.zip, place.state):
            advice = f"there is no ZIP code {place.zip} in {place.state}: correct one of them"
            yield fault(project, advice, *here, "zip")
        for key in ("first_day", "last_day"):
            date = getattr(place, key)
            if date and (advice := impossible(date)):
                yield fault(project, advice, *here, key)
        if "" < place.last_day < place.first_day:
            advice = f"the last day, {place.last_day}, comes before the first: correct one of them"
            yield fault(project, advice, *here, "last_day")
        first = seen.setdefault((place.street.casefold(), place.zip), place.id)
        if place.street and first != place.id:
            yield fault(project, f'this is the address of "{first}": keep one of the two', *here, "street")
    yield from words_wrong(project.data[CLINIC])


def words_wrong(read: MarkedYaml) -> Iterator[Fault]:
    """Facts with odd characters or signs in them, and other words for unknown."""
    for way, mark in read.values.items():
        value = read.value(*way)
        if not isinstance(value, str):
            continue
        if odd := ODD_SPACE.search(value):
            what = f'there is an invisible character or an odd space in "{ODD_SPACE.sub(" ", value).strip()}"'
            yield in_file(CLINIC, mark._replace(column=mark.column + odd.start()), f"{what}: type it again")
        if sign := SIGNS.search(value):
            advice = f'take "{sign[0]}" out of "{value}": a fact is words, and is shown as it stands'
            yield in_file(CLINIC, mark, advice)
        if value != UNKNOWN and NOT_KNOWN.fullmatch(value):
            advice = "write unknown, in small letters, for what nobody has told you yet"
            yield in_file(CLINIC, mark, f'pages would show "{value}": {advice}')


@rule("CF018", error="wrong fact", blocks_build=True)
def data_file_copied(project: Project) -> Iterator[Fault]:
    """Somebody changes the hours in "clinic (1).yml", and no page ever shows them."""
    known = [path for path in DATA_FILES if path.startswith("docs/_data/")]
    for path in sorted(project.assets - set(known)):
        for meant in known:
            if path.lower().startswith(meant.removesuffix(".yml")):
                advice = f"no page is made from this file: put what is new in it into {meant}, and take it away"
                yield in_file(path, Mark(), advice)


@rule("CF002", error="wrong fact", blocks_build=True)
def day_missing_or_twice(project: Project, clinic: Clinic) -> Iterator[Fault]:
    """A day without a line leaves a reader to guess whether the clinic is open."""
    if clinic.has_own_hours and not clinic.hours:
        lacking = next(place.title for place in clinic.locations if place.hours == ())
        yield fault(project, f"add the clinic's hours, or hours below the location {lacking}", "hours")
    for way, hours in weeks_of(clinic):
        for place, one in enumerate(hours):
            before = (other for other in hours[:place] if other.day == one.day and overlap(other, one))
            if clash := next(before, None):
                what = f"{one.day} stands here twice, as {clash.span.text} and {one.span.text}"
                advice = f"{what}: keep one, or give each part of the day, before and after a break"
                yield fault(project, advice, *way, place, "day")
        if missing := [day for day in DAYS if day not in {one.day for one in hours}]:
            yield fault(project, f"give the hours of {', '.join(missing)}, or write closed: true", *way)
        elif [*hours] != sorted(hours, key=lambda one: (DAYS.index(one.day), one.opens)):
            yield fault(project, "put the days in order: Monday comes first, Sunday last", *way)


@rule("CF003", error="wrong fact", blocks_build=True)
def closes_before_it_opens(project: Project, clinic: Clinic) -> Iterator[Fault]:
    """Hours that run backward tell a reader nothing, and make "open now" wrong all day."""
    lists: list[tuple[Keys, Sequence[Hours | Closure]]] = [*weeks_of(clinic)]
    for way, spans in [*lists, (("closures",), clinic.closures or ())]:
        for place, span in enumerate(spans):
            if span.opens and span.closes <= span.opens:
                advice = f"the clinic closes at {span.closes}, which is not after {span.opens}: correct one of them"
                if span.closes == "00:00":
                    advice += ', such as "24:00" for midnight'
                elif span.closes < "12:00":
                    advice += f', such as "{int(span.closes[:2]) + 12}{span.closes[2:]}" for the afternoon'
                yield fault(project, advice, *way, place, "closes")


@rule("CF009", error="wrong fact", blocks_build=True)
def closure_wrong(site: Site, project: Project, clinic: Clinic) -> Iterator[Fault]:
    """Nobody is warned of a closure on a day that does not exist."""
    before: deque[Closure] = deque(maxlen=MANY)
    ids = {place.id: place for place in clinic.locations}
    checked_on = [str(one.meta.get("checked", "")) for one in project.documents if one.type == "hours"]
    checked = max(checked_on, default="")
    for number, closure in enumerate(clinic.closures or ()):
        here = ("closures", number)
        for key in ("date", "through"):
            date = getattr(closure, key)
            advice = impossible(date)
            if not advice and int(date[:4]) > site.today.year + YEARS_AHEAD:
                advice = f"{date} is years away: correct the year"
            if advice:
                yield fault(project, advice, *here, key)
                break
        else:
            if closure.through < closure.date:
                what = f"the last day, {closure.through}, is before the first, {closure.date}"
                yield fault(project, f"{what}: correct one of them", *here, "through")
            elif closure.through < checked:
                what = f"{closure.through} was past already when the hours page was checked, on {checked}"
                yield fault(project, f"{what}: correct the year, or take it out", *here, "date")
            elif twice := next((day for one in before if (day := common_day(one, closure))), ""):
                yield fault(project, f"{twice} stands here twice: keep one entry", *here, "date")
            before.append(closure)
        if closure.at and closure.at not in ids:
            advice = f'no location has the id "{closure.at}": there are {listed(ids)}'
            yield fault(project, advice, *here, "at", near=nearest(closure.at, ids))


@rule("CF010", advice="the day is past", calendar=True)
def closure_past(site: Site, project: Project, clinic: Clinic) -> Iterator[Fault]:
    """A list that still holds last year's holidays looks as if nobody kept it."""
    for number, closure in enumerate(clinic.closures or ()):
        if (day := day_of(closure.through)) and day < site.today:
            yield fault(project, f"{closure.name} ({day}) is past: take it out", "closures", number)
    for number, place in enumerate(clinic.locations):
        if (day := day_of(place.last_day)) and day < site.today:
            advice = f"{place.title} closed for good on {day}: take it out"
            yield fault(project, advice, "locations", number, "last_day")


@rule("CF019", error="wrong fact", calendar=True)
def closures_run_out(site: Site, project: Project, clinic: Clinic) -> Iterator[Fault]:
    """The clinic's list of holidays has come to its end, so the site again asks readers to check each one."""
    last = max((day for one in clinic.closures or () if (day := day_of(one.through))), default=site.today)
    if last < site.today:
        advice = f"this list ended on {last}: add the days that the clinic names next, or write unknown"
        yield fault(project, f"{advice}; an empty list says that it never closes", "closures")


@rule("CF011", error="wrong fact", blocks_build=True)
def location_id_twice(project: Project, clinic: Clinic) -> Iterator[Fault]:
    """Two addresses under one id: a link to one shows the other."""
    for place, id in repeated(one.id for one in clinic.locations):
        yield fault(project, f'"{id}" is taken: give this location another id', "locations", place, "id")


def fault(project: Project, message: str, *way: str | int, near: str = "") -> Fault:
    """A fault at a value of the clinic's file."""
    return in_data(project, CLINIC, ("extra", "clinic", *way), message, near)


def weeks_of(clinic: Clinic) -> Iterator[tuple[Keys, tuple[Hours, ...]]]:
    """The clinic's week and those of its places, each with the way to it in the file."""
    if clinic.hours:
        yield ("hours",), clinic.hours
    yield from ((("locations", at, "hours"), place.hours) for at, place in enumerate(clinic.locations) if place.hours)


def overlap(one: Hours | Closure, other: Hours | Closure) -> bool:
    """Whether two spans of a day contradict each other: they overlap, or one of them is a whole day's word."""
    return not (one.opens and other.opens) or (one.opens < other.closes and other.opens < one.closes)


def common_day(one: Closure, other: Closure) -> str:
    """A day on which two closures contradict each other, "" when there is none."""
    day = max(one.date, other.date)
    same = day <= min(one.through, other.through) and (one.at == other.at or not (one.at and other.at))
    return day if same and overlap(one, other) else ""


def zone_of(name: str) -> ZoneInfo | None:
    """The time zone of that name, None when there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
