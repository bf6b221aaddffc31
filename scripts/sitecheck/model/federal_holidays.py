"""US federal holidays (5 U.S.C. 6103), by rule, so that no list of dates runs out. site.js holds the same rules.

The clinic may be closed on them. Until it says so, nothing that is made from its hours may claim that it is open.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator

from .days import ONE_DAY

MONDAY, THURSDAY, FRIDAY = 0, 3, 4
FIXED = {(1, 1), (6, 19), (7, 4), (11, 11), (12, 25)}  # (month, day)
SHIFT = {FRIDAY: ONE_DAY, MONDAY: -ONE_DAY}  # from the weekday on which a holiday is observed to the holiday itself
MOVABLE = {(1, MONDAY, 3), (2, MONDAY, 3), (9, MONDAY, 1), (10, MONDAY, 2), (11, THURSDAY, 4)}  # the third Monday of …


def is_federal_holiday(day: datetime.date) -> bool:
    """Whether `day` is a holiday or the weekday on which one is observed: Saturday's on Friday, Sunday's on Monday."""
    observed = day + SHIFT[day.weekday()] if day.weekday() in SHIFT else day
    return (
        (day.month, day.day) in FIXED
        or (observed.month, observed.day) in FIXED
        or (day.month, day.weekday(), (day.day + 6) // 7) in MOVABLE
        or (day.month == 5 and day.weekday() == MONDAY and day.day > 24)  # the last Monday of May
    )


def unconfirmed_holidays(
    closures: Collection[str] | None, first: datetime.date, last: datetime.date
) -> Iterator[datetime.date]:
    """The holidays from `first` to `last` of which the clinic has said nothing, in order.

    `closures` are the last days of its closures ("2026-12-25"): the list is its word on the holidays up to the last of
    them, so whoever lists Christmas Eve alone has not said that Christmas is open. An empty list is its word that it
    closes on no special day; None: it has not said.
    """
    known = "9999" if closures is not None and not closures else max(closures or (), default="")
    for ahead in range((last - first).days + 1):
        day = first + ONE_DAY * ahead
        if day.isoformat() > known and is_federal_holiday(day):
            yield day
