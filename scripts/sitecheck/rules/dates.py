"""Dates that pages and data files give, as "2026-11-22", and what to do about those that are wrong."""

from __future__ import annotations

import datetime

from ..model.days import ONE_DAY, day_of

LONGEST = 3  # years between two reviews at most


def impossible(date: str) -> str:
    """What to do about a date that is in no calendar; "" if it is in one."""
    return "" if day_of(date) else f"there is no day {date}: write the date as year-month-day"


def is_to_come(day: datetime.date, today: datetime.date) -> bool:
    """Whether a day is still to come everywhere: somewhere it is tomorrow already."""
    return day > today + ONE_DAY


def wrong_next_check(last: datetime.date, due: datetime.date, names: tuple[str, str]) -> str:
    """What to do about the day of the next check, "" if nothing; `names` are the keys of both days."""
    checked, next_check = names
    if due <= last:
        return f"{next_check} must be later than {checked} ({last})"
    if due.year > last.year + LONGEST:
        return f"{next_check} is {due.year - last.year} years after {checked}: make it {LONGEST} at most"
    return ""
