"""The clinic's facts of docs/_data/clinic.yml, and the words in which English pages say them."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any, NamedTuple

from .days import day_of

UNKNOWN = "unknown"  # what editors type for a fact that the clinic has not given
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MIDNIGHT = "24:00"  # at the end of a day
ALL_DAY = ("00:00", MIDNIGHT)
BY_VIDEO = "Visits by video: there is no address to travel to."


class Span(NamedTuple):
    """A part of a day. Times are "HH:MM", or both empty: closed all day, unless by appointment."""

    opens: str = ""
    closes: str = ""
    by_appointment: bool = False

    @property
    def text(self) -> str:
        """The words that a page shows: "9 am – 5 pm", with an en dash, "Closed", "By appointment"."""
        if not self.opens:
            return "By appointment" if self.by_appointment else "Closed"
        all_day = (self.opens, self.closes) == ALL_DAY
        times = "Open 24 hours" if all_day else f"{clock(self.opens)} – {clock(self.closes)}"
        return f"{times} (by appointment)" if self.by_appointment else times


class Hours(NamedTuple):
    """A line of the week, a span and its day. A day with a break has two."""

    opens: str = ""
    closes: str = ""
    by_appointment: bool = False
    day: str = ""

    @property
    def span(self) -> Span:
        """The part of the day."""
        return Span(*self[:3])


class Closure(NamedTuple):
    """Days on which the week's hours do not hold, at one place or at all of them, and the hours that do."""

    opens: str = ""
    closes: str = ""
    by_appointment: bool = False
    date: str = ""  # "2026-12-25", the first day
    through: str = ""  # the last day
    name: str = ""
    at: str = ""  # the id of a place; empty: at every place

    @property
    def span(self) -> Span:
        """The part of the day."""
        return Span(*self[:3])

    def holds(self, day: str) -> bool:
        """Whether an ISO date is one of the days."""
        return self.date <= day <= self.through

    @property
    def sentence(self) -> str:
        """The words that a page shows: "December 24, 2026 to January 1, 2027, Winter break: Closed"."""
        days = date_words(self.date) + ("" if self.through == self.date else f" to {date_words(self.through)}")
        return f"{days}, {self.name}: {self.span.text}"


class Place(NamedTuple):
    """A location. `name` is empty when the clinic has given it none; `street` when visits are by video."""

    id: str
    name: str = ""
    street: str = ""
    city: str = ""
    state: str = ""
    zip: str = ""
    phone: str | None = None  # None: the clinic's; empty: not known
    hours: tuple[Hours, ...] | None = ()  # empty: the clinic's; None: not known
    first_day: str = ""
    last_day: str = ""

    @property
    def title(self) -> str:
        """What readers know the place by."""
        return self.name or self.street

    @property
    def dates(self) -> str:
        """When a place opens or closes for good: "Open from March 1, 2027"; "" when no date is set."""
        first = f" from {date_words(self.first_day)}" if self.first_day else ""
        last = f" through {date_words(self.last_day)}" if self.last_day else ""
        return f"Open{first}{last}" if first or last else ""


class Schedule(NamedTuple):
    """When some places are open, which have the same hours."""

    places: tuple[Place, ...]
    hours: tuple[Hours, ...] | None  # None: not known
    closures: tuple[Closure, ...]
    first_day: str
    last_day: str


class Clinic(NamedTuple):
    """docs/_data/clinic.yml. An empty string, or None for closures, is a fact that the clinic has not given."""

    name: str = ""
    short_name: str = ""
    copyright_year: str = ""
    time_zone: str = ""
    time_zone_name: str = ""
    hours: tuple[Hours, ...] = ()
    closures: tuple[Closure, ...] | None = None
    locations: tuple[Place, ...] = ()
    phone: str = ""
    email: str = ""
    website: str = ""
    languages: tuple[str, ...] = ()
    interpreter: str = ""

    @property
    def has_own_hours(self) -> bool:
        """Whether the clinic's hours hold at some place."""
        return any(place.hours == () for place in self.locations)

    @property
    def schedules(self) -> list[Schedule]:
        """The places in groups of the same hours; one group when the hours are the same everywhere."""
        found: dict[tuple[Any, ...], list[Place]] = {}
        for place in self.locations:
            hours = self.hours if place.hours == () else place.hours
            closures = tuple(one for one in self.closures or () if one.at in ("", place.id))
            found.setdefault((hours, closures, place.first_day, place.last_day), []).append(place)
        return [Schedule(tuple(places), *facts) for facts, places in found.items()]


def read_clinic(raw: dict[str, Any]) -> Clinic:
    """The facts in `extra.clinic` of a file that its schema accepts."""
    spoken = raw.get("languages", UNKNOWN)
    return Clinic(
        **{key: raw[key] for key in ("name", "short_name", "time_zone", "time_zone_name")},
        **{key: _known(raw.get(key, UNKNOWN)) for key in ("phone", "email", "website", "interpreter")},
        copyright_year=str(raw["copyright_year"]),
        hours=_hours(raw.get("hours", ())),
        closures=None if raw["closures"] == UNKNOWN else tuple(map(_closure, raw["closures"])),
        locations=tuple(map(_place, raw["locations"])),
        languages=() if spoken == UNKNOWN else tuple(spoken),
    )


def _hours(raw: Iterable[dict[str, Any]]) -> tuple[Hours, ...]:
    return tuple(Hours(**{key: value for key, value in one.items() if key != "closed"}) for one in raw)


def _closure(raw: dict[str, Any]) -> Closure:
    return Closure(**{"through": raw["date"], **{key: value for key, value in raw.items() if key != "closed"}})


def _place(raw: dict[str, Any]) -> Place:
    facts = {key: value for key, value in raw.items() if key != "video"}
    facts |= {key: _known(raw[key]) for key in ("name", "phone") if key in raw}
    if "hours" in raw:
        facts["hours"] = None if raw["hours"] == UNKNOWN else _hours(raw["hours"])
    return Place(**facts)


def _known(value: str) -> str:
    return "" if value == UNKNOWN else value


def by_day(hours: Iterable[Hours]) -> Iterator[tuple[str, str]]:
    """(day, words) for each day of a week in order: ("Monday", "9 am – noon, 1 pm – 5 pm")."""
    for day, spans in groupby(hours, key=lambda one: one.day):
        yield day, ", ".join(one.span.text for one in spans)


def in_one_line(clinic: Clinic) -> str:
    """The open days of the week in a sentence: "Monday to Friday, 9 am to 5 pm", for each place if they differ."""
    schedules = clinic.schedules
    names = [", ".join(place.title for place in one.places) + ": " if len(schedules) > 1 else "" for one in schedules]
    return ". ".join(f"{name}{_week_in_words(one.hours)}" for name, one in zip(names, schedules, strict=True))


def _week_in_words(hours: tuple[Hours, ...] | None) -> str:
    if hours is None:
        return "to be confirmed by the clinic"
    parts = []
    for words, days in groupby(by_day(hours), key=lambda pair: pair[1]):
        names = [day for day, _ in days]
        if words != "Closed":
            span = names[0] if len(names) == 1 else f"{names[0]} to {names[-1]}"
            parts.append(f"{span}, {words.replace(' – ', ' to ').replace(', ', ' and ')}")
    return ". ".join(part.replace("By a", "by a").replace("Open", "open") for part in parts)


def clock(time: str) -> str:
    """A 24-hour time as readers say it: "09:00" → "9 am", "17:30" → "5:30 pm", "12:00" → "noon"."""
    if time in ("12:00", *ALL_DAY):
        return "noon" if time == "12:00" else "midnight"
    hour, minute = (int(part) for part in time.split(":"))
    return f"{hour % 12 or 12}" + (f":{minute:02}" if minute else "") + (" am" if hour < 12 else " pm")


def date_words(iso: str) -> str:
    """A date for US readers: "2026-12-25" → "December 25, 2026"; a date that does not exist as it is."""
    day = day_of(iso)
    return f"{day:%B} {day.day}, {day.year}" if day else iso


def in_contacts(phone: str) -> str:
    """A number as an address book dials it: "+1 212 555 0100 ext. 5" → "+1 212 555 0100,5"; it waits at the comma."""
    return phone.replace(" ext. ", ",")
