"""Editions: the digest proper, one for each week (ISO 8601) or calendar month in which there was an action."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from compliance_digest.settings import Period


def edition_key(day: date, period: Period) -> str | None:
    """Return the key of the edition that a day belongs to: `2024-W40` or `2024-09`; None where there are none."""
    if period == "none":
        return None
    if period == "month":
        return day.isoformat()[:7]
    year, week, _ = day.isocalendar()
    return f"{year:04}-W{week:02}"


def edition_days(key: str) -> tuple[date, date]:
    """Return the first and the last day of the edition with this key."""
    year, _, part = key.partition("-")
    if part.startswith("W"):
        first = date.fromisocalendar(int(year), int(part[1:]), 1)
        return first, first + timedelta(days=6)
    month = date(int(year), int(part), 1)
    return month, month.replace(day=calendar.monthrange(month.year, month.month)[1])
