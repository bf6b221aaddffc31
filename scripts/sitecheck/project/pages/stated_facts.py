"""The text that a page must show for each fact of the clinic: the text of an element with data-fact="KEY"."""

from __future__ import annotations

from typing import Any

from ..model import DAYS, Clinic

TO_BE_CONFIRMED = "to be confirmed by the clinic"
HOURS = tuple(f"hours.{day.lower()}" for day in DAYS)
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
        "closures": "" if clinic.closures else TO_BE_CONFIRMED if clinic.closures is None else "",
    }
    for hours in clinic.hours:
        found[f"hours.{hours.day.lower()}"] = hours.text
    for place in clinic.locations:
        found[f"location.{place.id}.name"] = place.name or place.street
        found[f"location.{place.id}.street"] = place.street
        found[f"location.{place.id}.city"] = f"{place.city}, {place.state} {place.zip}"
    return found


def translated_texts(clinic: Clinic, says: dict[str, Any]) -> dict[str, str]:
    """The facts that a page in another language states in the words of its own front matter."""
    try:
        words, holidays = says["hours"], says["texts"]["holidays"]["says"]
        found = {"time_zone": words["zone"]["says"], "closures": holidays if clinic.closures is None else ""}
        for hours, _ in zip(clinic.hours, words["days"], strict=True):
            span = " – ".join(_clock(time, words) for time in (hours.opens, hours.closes) if time)
            found[f"hours.{hours.day.lower()}"] = span or words["closed"]
    except (KeyError, TypeError, ValueError):  # invalid front matter, which FM005 reports
        return {}
    return found


def _clock(time: str, words: dict[str, str]) -> str:
    hour = int(time[:2])
    return words["morning" if hour < 12 else "afternoon"].replace("#", f"{hour % 12 or 12}{time[2:]}")


def agrees(key: str, shown: str, wanted: str) -> bool:
    """Whether a page says what the clinic's file says."""
    return wanted in shown if key in LOOSE else shown == wanted


def footer_keys(clinic: Clinic) -> tuple[str, ...]:
    """The keys that the footer of every page must state, besides the days."""
    places = [f"location.{place.id}.{part}" for place in clinic.locations for part in ("street", "city")]
    return ("name", "copyright", *places)


def hours_page_keys(clinic: Clinic) -> tuple[str, ...]:
    """The keys that the page of hours and locations must state in its text, besides the days."""
    places = [f"location.{place.id}.{part}" for place in clinic.locations for part in ("name", "street", "city")]
    return ("time_zone", *places, "phone", "email", "website")
