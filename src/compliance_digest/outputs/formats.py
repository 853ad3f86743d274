"""Money, dates and names as the site's language writes them (CLDR, through Babel)."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.numbers import format_currency, format_decimal, get_currency_symbol

from compliance_digest.text import slug

if TYPE_CHECKING:
    from datetime import date

    from compliance_digest.notes.note import Fine


class Formats:
    """The formats of one language. Days have no time zone: they are shown as they stand."""

    def __init__(self, language: str) -> None:
        self.locale = Locale.parse(language, sep="-")
        self.day = lru_cache(maxsize=None)(self._day)
        self.short_day = lru_cache(maxsize=None)(self._short_day)
        self.medium_day = lru_cache(maxsize=None)(self._medium_day)
        self.money = lru_cache(maxsize=None)(self._money)

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

    def month(self, day: date) -> str:
        """Return a day's month and year: `September 2024`."""
        return self._date(day, "MMMM y")

    def month_name(self, day: date) -> str:
        """Return a day's month: `September`."""
        return self._date(day, "LLLL")

    def _date(self, day: date, form: str) -> str:
        return format_date(day, form, locale=self.locale)

    def number(self, number: int) -> str:
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

    def country(self, code: str) -> str:
        """Return the name of an ISO 3166-1 alpha-2 code, or of `EU`."""
        return str(self.locale.territories.get(code, code))


def amount(fine: Fine) -> str:
    """Return a sum as a machine reads it: `800000 EUR`."""
    return f"{fine.amount} {fine.currency}"


def name_order(name: str) -> tuple[str, str]:
    """Return the key by which names are put in order: accents and case aside."""
    return slug(name), name
