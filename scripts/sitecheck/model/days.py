"""Dates as the project's files write them: "2026-11-22"."""

from __future__ import annotations

import datetime

ONE_DAY = datetime.timedelta(days=1)


def day_of(value: object) -> datetime.date | None:
    """The date in an ISO text, None for anything else and for a date that does not exist."""
    try:
        return datetime.date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
