"""The text that a page must show for each fact of the clinic: the text of an element with data-fact="KEY"."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from ...model.clinic import ALL_DAY, BY_VIDEO, DAYS, Clinic, Closure, Hours, Place, Span, by_day

TO_BE_CONFIRMED = "to be confirmed by the clinic"
HOURS = tuple(f"hours.{day.lower()}" for day in DAYS)
ENGLISH = {  # what a page in another language says of rarer facts until it has words of its own
    "by_appointment": "By appointment",
    "all_day": "Open 24 hours",
    "from": "from #",
    "through": "through #",
    "video": BY_VIDEO,
}
LOOSE = {"copyright", "closures"}  # a sentence goes on after these, or is built around them


def expected_texts(clinic: Clinic) -> dict[str, str]:
    """Every key that a page may state, with the text that it must show."""
    found = {
        "name": clinic.name,
        "short_name": clinic.short_name,
        "copyright": f"© {clinic.copyright_year} {clinic.short_name}",
        "time_zone": clinic.time_zone_name,
        "phone": clinic.phone or TO_BE_CONFIRMED,
        "email": clinic.email or TO_BE_CONFIRMED,
        "website": clinic.website or TO_BE_CONFIRMED,
        "languages": ", ".join(clinic.languages) or TO_BE_CONFIRMED,
        "interpreter": clinic.interpreter or TO_BE_CONFIRMED,
        "closures": TO_BE_CONFIRMED if clinic.closures is None else "",
        **_timed(clinic, lambda spans: ", ".join(one.span.text for one in spans)),
    }
    for key, closure in _closures(clinic):
        where = f" (only at {_title(clinic, closure)})" if closure.at else ""
        found[key] = closure.sentence + where
    for place in clinic.locations:
        key = f"location.{place.id}"
        found |= {f"{key}.name": place.title, f"{key}.street": place.street or BY_VIDEO, f"{key}.dates": place.dates}
        found |= {f"{key}.city": f"{place.city}, {place.state} {place.zip}"} if place.street else {}
        found |= {f"{key}.phone": place.phone or TO_BE_CONFIRMED} if place.phone is not None else {}
        found |= {f"{key}.hours": TO_BE_CONFIRMED} if place.hours is None else {}
    return found


def translated_texts(clinic: Clinic, says: dict[str, Any]) -> dict[str, str]:
    """The facts that a page in another language states in the words of its own front matter."""
    try:
        words, texts = says["hours"], {key: text["says"] for key, text in says["texts"].items()}
        words = ENGLISH | words
        unknown = texts.get("unknown", TO_BE_CONFIRMED)
        found = {
            "time_zone": words["zone"]["says"],
            "closures": texts["holidays"] if clinic.closures is None else "",
            "languages": ", ".join(clinic.languages) or unknown,
            "interpreter": clinic.interpreter or unknown,
            **_timed(clinic, lambda spans: ", ".join(_span(one.span, words) for one in spans)),
        }
        for key, closure in _closures(clinic):
            days = closure.date + ("" if closure.through == closure.date else f" – {closure.through}")
            name = f"{closure.name}, {_title(clinic, closure)}" if closure.at else closure.name
            found[key] = f"{days} ({name}): {_span(closure.span, words)}"
        for place in clinic.locations:
            found[f"location.{place.id}.dates"] = _dates(place, words)
            found |= {f"location.{place.id}.phone": place.phone or unknown} if place.phone is not None else {}
            found |= {f"location.{place.id}.hours": unknown} if place.hours is None else {}
            found |= {} if place.street else {f"location.{place.id}.street": words["video"]}
    except (KeyError, TypeError, ValueError):  # invalid front matter, which FM005 reports
        return {}
    return found


def _timed(clinic: Clinic, say: Callable[[Iterable[Hours]], str]) -> dict[str, str]:
    weeks = {"": clinic.hours, **{f"location.{place.id}.": place.hours or () for place in clinic.locations}}
    return {
        f"{key}hours.{day.lower()}": say(one for one in week if one.day == day)
        for key, week in weeks.items()
        for day in dict.fromkeys(one.day for one in week)
    }


def _closures(clinic: Clinic) -> Iterator[tuple[str, Closure]]:
    return ((f"closure.{number}", closure) for number, closure in enumerate(clinic.closures or (), 1))


def _title(clinic: Clinic, closure: Closure) -> str:
    return next((place.title for place in clinic.locations if place.id == closure.at), "")


def _span(one: Span, words: dict[str, str]) -> str:
    if not one.opens:
        return words["by_appointment" if one.by_appointment else "closed"]
    all_day = (one.opens, one.closes) == ALL_DAY
    times = words["all_day"] if all_day else f"{_clock(one.opens, words)} – {_clock(one.closes, words)}"
    return f"{times} ({words['by_appointment']})" if one.by_appointment else times


def _clock(time: str, words: dict[str, str]) -> str:
    hour = int(time[:2]) % 24
    return words["morning" if hour < 12 else "afternoon"].replace("#", f"{hour % 12 or 12}{time[2:]}")


def _dates(place: Place, words: dict[str, str]) -> str:
    return " ".join(
        words[key].replace("#", day) for key, day in (("from", place.first_day), ("through", place.last_day)) if day
    )


def agrees(key: str, shown: str, wanted: str) -> bool:
    """Whether a page says what the clinic's file says."""
    return wanted in shown if key in LOOSE else shown == wanted


def clinic_days(clinic: Clinic) -> tuple[str, ...]:
    """The keys of the clinic's own week; none when each place has hours of its own."""
    return HOURS if clinic.has_own_hours else ()


def footer_keys(clinic: Clinic) -> tuple[str, ...]:
    """The keys that the footer of every page must state, besides the days."""
    return ("name", "copyright", *_of_places(clinic, "street", "city"), *(key for key, _ in _closures(clinic)))


def hours_page_keys(clinic: Clinic) -> tuple[str, ...]:
    """The keys that the page of hours and locations must state in its text, besides the days."""
    spoken = (key for key in ("languages", "interpreter") if getattr(clinic, key))
    return (
        "time_zone",
        *_of_places(clinic, "name", "street", "city"),
        "phone",
        "email",
        "website",
        *spoken,
        *(key for key, _ in _closures(clinic)),
    )


def language_page_keys(clinic: Clinic) -> tuple[str, ...]:
    """The keys that a page in another language must state in its text, besides the days."""
    return ("time_zone", *_of_places(clinic, "street", "city"), *(key for key, _ in _closures(clinic)))


def _of_places(clinic: Clinic, *parts: str) -> Iterator[str]:
    """The keys of each place: these parts as far as it has them, and what differs from the clinic's."""
    for place in clinic.locations:
        has = {
            "city": place.street,
            "phone": place.phone is not None,
            "dates": place.dates,
            "hours": place.hours is None,
        }
        yield from (
            f"location.{place.id}.{part}" for part in (*parts, "phone", "dates", "hours") if has.get(part, True)
        )
        yield from (f"location.{place.id}.hours.{day.lower()}" for day, _ in by_day(place.hours or ()))


def words_needed(clinic: Clinic) -> list[str]:
    """The keys of ENGLISH for which a page in another language needs words of its own."""
    weeks = (clinic.hours, *(place.hours or () for place in clinic.locations))
    spans = [*(one.span for one in clinic.closures or ()), *(one.span for week in weeks for one in week)]
    there = {
        "by_appointment": any(span.by_appointment for span in spans),
        "all_day": any((span.opens, span.closes) == ALL_DAY for span in spans),
        "from": any(place.first_day for place in clinic.locations),
        "through": any(place.last_day for place in clinic.locations),
        "video": not all(place.street for place in clinic.locations),
    }
    return [key for key, needed in there.items() if needed]
