"""An enforcement action as a feed or a table tells of it, before anyone has looked at it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from zoneinfo import ZoneInfo

UNKNOWN = date(1970, 1, 1)
"""The day that software writes where it knows none: the first that Unix can count."""


@dataclass(frozen=True, slots=True)
class Item:
    """What a source says of one action.

    `stated` is its date as the source writes it, `summary` its own words as plain paragraphs. `fields` are further
    fields of front matter. `place` is the line of the source it stands on, or 0 where that says nothing.
    """

    title: str
    date: date
    stated: str
    link: str
    summary: tuple[str, ...] = ()
    guid: str = ""
    fields: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
    place: int = 0


@dataclass(frozen=True, slots=True)
class Unused:
    """An item that no note can be made of: what it is called, why, and its place in the source, or 0."""

    name: str
    reason: str
    place: int = 0


class Unfit(ValueError):
    """An item that no note can be made of; the message says why."""


def day_of(stated: str, timezone: ZoneInfo) -> date:
    """Return the day of a date in the form of ISO 8601 or of e-mail (RFC 5322).

    A moment that names its offset from UTC falls on a day in `timezone`; all else on the day that is written. Raises
    Unfit where nothing is stated, or what isn't a date.
    """
    if not stated:
        message = "it has no date"
        raise Unfit(message)
    try:
        moment = _moment(stated)
        day = moment.astimezone(timezone).date() if moment.tzinfo else moment.date()
    except (TypeError, ValueError, OverflowError):
        message = f"its date can't be read: '{stated[:80]}'"
        raise Unfit(message) from None
    if day <= UNKNOWN:
        message = f"its date is '{stated[:80]}', which stands for an unknown one"
        raise Unfit(message)
    return day


def _moment(stated: str) -> datetime:
    try:
        return datetime.fromisoformat(stated)
    except ValueError:
        return parsedate_to_datetime(stated)
