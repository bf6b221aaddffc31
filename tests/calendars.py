"""What a calendar shows on a day, by the rules of RFC 5545 and apart from the checker's own reading."""

from __future__ import annotations

import datetime

import icalendar


def spans(events: list[icalendar.Event], day: datetime.date) -> list[str]:
    """The hours of the day: "09:00-17:00". An end at midnight is 24:00, one in the night after it 26:00."""
    found = []
    for event in events:
        start, end = event.decoded("dtstart"), event.decoded("dtend")
        rule = event.get("rrule", {})
        weekdays = rule.get("BYDAY")
        matches = day.strftime("%a")[:2].upper() in weekdays if weekdays else day == start.date()
        if "UNTIL" in rule and day >= rule["UNTIL"][0].date():
            continue
        left_out = event.get("exdate")
        dates = [one.dt.date() for one in left_out.dts] if left_out else []
        if matches and day >= start.date() and day not in dates:
            nights = (end.date() - start.date()).days
            found.append(f"{start:%H:%M}-{end.hour + 24 * nights:02}:{end:%M}")
    return found
