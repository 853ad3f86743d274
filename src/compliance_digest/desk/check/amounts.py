"""Sums of money that titles and addresses mention. They are shown to an editor, and never taken for a note's fine."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote, urlsplit

from compliance_digest.notes.money import UnclearFine, make_fine, parse_amount, parse_currency

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compliance_digest.notes.note import Fine

LEAST = 1000
"""Units of a currency that a number without `million` must come to: `€50 mio` mentions more than 50 euros."""

_SCALES = {"thousand": 10**3, "k": 10**3, "million": 10**6, "mln": 10**6, "m": 10**6, "billion": 10**9, "bn": 10**9}
_SIGN = r"(?:US|CA|AU|NZ|HK|R)\$|[€£₩₺₹₽₪₴]|zł|Kč|Ft"
_SUM = (
    r"(?<![\d.,])(?P<amount>\d{1,3}(?:[,’' \u00a0\u202f]\d{3})+(?:\.\d{1,2})?|\d+(?:\.\d{1,3})?)(?![.,]?\d)"
    r"(?:[ -]?(?P<scale>(?i:thousand|million|billion|mln|bn|m|k))(?![^\W_]))?"
)
_IN_TITLE = re.compile(
    rf"(?P<before>{_SIGN}|\b[A-Z]{{3}}\b)?(?(before)\s?){_SUM}"
    rf"(?(before)|\s?(?P<after>[Ee]uros?\b|{_SIGN}|[A-Z]{{3}}\b))"
)
_IN_ADDRESS = re.compile(
    rf"\b(?P<before>eu(?=\d)|(?:eur|gbp|usd|chf)\s?)?{_SUM}(?(before)|\s?(?P<after>euros?|eur|gbp|usd|chf)\b)"
)
_CODES = {"eu": "EUR", "euro": "EUR", "euros": "EUR"}


class Mention(NamedTuple):
    """A sum as it was written, and what it comes to."""

    written: str
    fine: Fine


def amounts_in_title(title: str) -> Iterator[Mention]:
    """Yield the sums that can be read in one way only, such as `€50 million` or `800,000 EUR`."""
    return _amounts(_IN_TITLE, title)


def amounts_in_address(url: str) -> Iterator[Mention]:
    """Yield the sums in the words of an address's path, such as `eu800000` or `50-million-euros`."""
    return _amounts(_IN_ADDRESS, re.sub(r"[-_/+]", " ", unquote(urlsplit(url).path)).lower())


def _amounts(pattern: re.Pattern[str], text: str) -> Iterator[Mention]:
    for match in pattern.finditer(text):
        currency, scale = (match["before"] or match["after"]).strip(), (match["scale"] or "").lower()
        try:
            amount = parse_amount(match["amount"]) * _SCALES.get(scale, 1)
            whole = amount.to_integral_value()
            fine = make_fine(
                whole if whole == amount else amount, parse_currency(_CODES.get(currency.lower(), currency))
            )
        except UnclearFine:
            continue
        if scale or fine.amount >= LEAST:
            yield Mention(match[0].strip(), fine)
