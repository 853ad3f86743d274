"""Money, dates and names as the site's language writes them (CLDR, through Babel)."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from babel import Locale
from babel.core import get_global
from babel.dates import format_date, format_interval, format_skeleton
from babel.numbers import format_currency, format_decimal, get_currency_name, get_currency_symbol

from compliance_digest.archive.editions import edition_days
from compliance_digest.text import slug

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from compliance_digest.notes.note import Fine


_remembered = lru_cache(maxsize=8_192)
"""For what Babel takes long to write, and pages show again and again."""

_ISO_WEEKS = "en_GB"
"""A locale whose weeks are those of ISO 8601; the words around their numbers are the pattern's own."""


class Formats:
    """The formats of one language. Days have no time zone: they are shown as they stand."""

    def __init__(self, language: str) -> None:
        self.locale = Locale.parse(language, sep="-")
        self.day = _remembered(self._day)
        self.short_day = _remembered(self._short_day)
        self.medium_day = _remembered(self._medium_day)
        self.month = _remembered(self._month)
        self.edition = _remembered(self._edition)
        self.edition_heading = _remembered(self._edition_heading)
        self.number = _remembered(self._number)
        self.money = _remembered(self._money)
        self.country = _remembered(self._country)

    def _day(self, day: date) -> str:
        """Return a day in full: `30 September 2024`."""
        return self._date(day, "d MMMM y" if self.locale.language == "en" else "long")

    def _short_day(self, day: date) -> str:
        """Return a day without its year: `30 Sep`."""
        return (
            self._date(day, "d MMM")
            if self.locale.language == "en"
            else format_skeleton("MMMd", day, locale=self.locale)
        )

    def _medium_day(self, day: date) -> str:
        """Return a day for a table: `30 Sep 2024`."""
        return self._date(day, "d MMM y" if self.locale.language == "en" else "medium")

    def _month(self, day: date) -> str:
        """Return a day's month and year: `September 2024`."""
        return self._date(day, "MMMM y")

    def month_name(self, day: date) -> str:
        """Return a day's month: `September`."""
        return self._date(day, "LLLL")

    def short_month(self, day: date) -> str:
        """Return a day's month, shortened: `Sep`."""
        return self._date(day, "LLL")

    def _edition(self, key: str) -> str:
        """Return what an edition is called: `Week 40, 2024`, or `September 2024`."""
        first, _ = edition_days(key)
        if "W" not in key:
            return self.month(first)
        form = "'Week' w, Y" if self.locale.language == "en" else self.locale.datetime_skeletons["yw"].pattern
        name = format_date(first, form, locale=_ISO_WEEKS)
        return name[0].upper() + name[1:]

    def span(self, first: date, last: date) -> str:
        """Return a range of days: `30 September – 6 October 2024`."""
        if self.locale.language != "en":
            return format_interval(first, last, "yMMMMd", locale=self.locale)
        if (first.year, first.month) == (last.year, last.month):
            return f"{first.day}–{self.day(last)}"
        return f"{self._date(first, 'd MMMM y' if first.year != last.year else 'd MMMM')} – {self.day(last)}"

    def _edition_heading(self, key: str) -> str:
        """Return what an edition is headed with: the days of a week, or the month."""
        return self.span(*edition_days(key)) if "W" in key else self.edition(key)

    def edition_title(self, key: str) -> str:
        """Return what an edition is called, a week with its days: `Week 40, 2024: 30 September – 6 October 2024`."""
        return ": ".join(dict.fromkeys([self.edition(key), self.edition_heading(key)]))

    def counted(self, count: int, noun: str) -> str:
        """Return how many there are of what an English noun says: `1 action`, `1,234 actions`."""
        return f"{self.number(count)} {noun if count == 1 else f'{noun}s'}"

    def _date(self, day: date, form: str) -> str:
        return format_date(day, form, locale=self.locale)

    def _number(self, number: int) -> str:
        """Return a number with its thousands parted: `1,234`."""
        return format_decimal(number, locale=self.locale)

    def _money(self, fine: Fine) -> str:
        """Return a sum: `€800,000`; cents only where there are any."""
        whole = fine.amount == fine.amount.to_integral_value()
        form = self.locale.currency_formats["standard"].pattern
        if get_currency_symbol(fine.currency, self.locale)[-1].isalpha():
            form = form.replace("¤#", "¤\u00a0#")
        form = form.replace(".00", "") if whole else form
        return format_currency(fine.amount, fine.currency, form, locale=self.locale, currency_digits=not whole)

    def decimal(self, number: Decimal) -> str:
        """Return a number with all the digits it has: `11.698`."""
        return format_decimal(number, locale=self.locale, decimal_quantization=False)

    def currency(self, code: str) -> str:
        """Return the name of an ISO 4217 code, and the code: `Swedish Krona (SEK)`."""
        return f"{get_currency_name(code, locale=self.locale)} ({code})"

    @property
    def territory(self) -> str:
        """The language with its territory, as Open Graph asks for it: `en_US`; the likeliest one where none is said."""
        subtags = get_global("likely_subtags")
        likely = subtags.get(str(self.locale)) or subtags.get(self.locale.language)
        territory = self.locale.territory or (Locale.parse(likely).territory if likely else None)
        return "_".join(part for part in (self.locale.language, territory) if part)

    def _country(self, code: str) -> str:
        """Return the name of an ISO 3166-1 alpha-2 code, or of `EU`."""
        return str(self.locale.territories.get(code, code))


def amount(fine: Fine) -> str:
    """Return a sum as a machine reads it: `800000 EUR`."""
    return f"{fine.amount} {fine.currency}"


def name_order(name: str) -> tuple[str, str]:
    """Return the key by which names are put in order: accents and case aside."""
    return slug(name), name
