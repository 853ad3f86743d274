"""Fines as editors write them. What could be read in two ways is an error: an amount is never guessed."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from babel.numbers import get_currency_precision, is_currency

from compliance_digest.notes.note import Fine
from compliance_digest.problems import did_you_mean

SYMBOLS = {
    "€": "EUR", "£": "GBP", "₩": "KRW", "₺": "TRY", "₹": "INR", "₽": "RUB", "₪": "ILS", "₴": "UAH", "zł": "PLN",
    "Kč": "CZK", "Ft": "HUF", "R$": "BRL", "US$": "USD", "CA$": "CAD", "C$": "CAD", "AU$": "AUD", "A$": "AUD",
    "NZ$": "NZD", "HK$": "HKD", "S$": "SGD",
}  # fmt: skip
_SHARED = {"$": "USD, CAD or AUD", "¥": "JPY or CNY", "kr": "SEK, NOK, DKK or ISK", "kr.": "DKK or ISK", "Fr.": "CHF"}
_GROUPED = re.compile(
    r"\d{1,3}(?:(?P<by>[, '’\u00a0\u202f])\d{3})(?:(?P=by)\d{3})*(?:\.\d{1,2})?|\d+(?:\.\d{1,2})?", re.ASCII
)
_FINE = re.compile(r"(?P<before>[^\d\s.,-]*\.?)\s*(?P<amount>-?\d.*?\d|-?\d)\s*(?P<after>[^\d\s.,]*\.?)")
_MORE_THAN_ANY = Decimal(10) ** 15
_EXPECTED = "write it as 800000 EUR"
_is_currency = lru_cache(maxsize=512)(is_currency)  # which looks through all there are


class UnclearFine(ValueError):
    """A fine that can't be read in exactly one way; the message says why, `hint` what to write."""

    def __init__(self, message: str, hint: str = _EXPECTED) -> None:
        super().__init__(message)
        self.hint = hint


def parse_fine(written: str) -> Fine:
    """Return the fine that `800000 EUR`, `EUR 800,000` or `€800,000` states. Raises UnclearFine."""
    text = written.strip()
    match = _FINE.fullmatch(text)
    if match is None:
        message = f"expected an amount and a currency, found '{written}'"
        raise UnclearFine(message)
    before, after = match["before"], match["after"]
    if before and after:
        message = f"'{written}' has more around the amount than one currency"
        raise UnclearFine(message)
    if not before and not after:
        message = f"'{written}' says no currency"
        raise UnclearFine(message, f"add its ISO 4217 code, such as {text} EUR")
    return make_fine(parse_amount(match["amount"]), parse_currency(before or after))


def make_fine(amount: Decimal, currency: str) -> Fine:
    """Return the fine of `amount` units of `currency`. Raises UnclearFine for nothing, and for fractions of cents."""
    if amount <= 0:
        message = f"a fine is more than nothing, found {amount}"
        raise UnclearFine(message, "leave the field out where there was none")
    if amount >= _MORE_THAN_ANY:
        message = "no fine is as high as that"
        raise UnclearFine(message, "take out the digits that are too many")
    exponent = amount.as_tuple().exponent
    if isinstance(exponent, int) and -exponent > get_currency_precision(currency):
        message = f"{currency} has {get_currency_precision(currency)} decimal places, found {amount}"
        raise UnclearFine(message, f"write whole {currency}, or the cents there are")
    return Fine(amount, currency)


def parse_amount(written: str) -> Decimal:
    """Return the number that digits state, with thousands parted by commas, spaces or apostrophes, or not at all."""
    if written.startswith("-"):
        message = f"a fine is more than nothing, found {written}"
        raise UnclearFine(message, "leave the field out where there was none")
    if not _GROUPED.fullmatch(written):
        message = f"the separators in '{written}' can be read in more than one way, or hold words"
        raise UnclearFine(message, "write digits alone, with a point before cents: 800000 or 1234.56")
    return Decimal(re.sub(r"[^\d.]", "", written))


def parse_currency(written: str) -> str:
    """Return the ISO 4217 code for a code or an unmistakable symbol."""
    if written in _SHARED:
        message = f"'{written}' stands for more than one currency"
        raise UnclearFine(message, f"write the code: {_SHARED[written]}")
    code = SYMBOLS.get(written, written.upper())
    if not (len(code) == 3 and _is_currency(code)) or code in ("XXX", "XTS"):  # none, and one for tests
        message = f"'{written}' is not an ISO 4217 currency code"
        raise UnclearFine(message, did_you_mean(code, ("EUR", "GBP", "USD", "CHF", "SEK", "NOK", "DKK")) or _EXPECTED)
    return code
