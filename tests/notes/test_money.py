"""Fines as editors write them. What could be read in two ways is an error."""

from __future__ import annotations

from decimal import Decimal

import pytest
from babel.numbers import get_currency_precision, is_currency
from hypothesis import given
from hypothesis import strategies as st

from compliance_digest.notes.money import SYMBOLS, UnclearFine, make_fine, parse_amount, parse_currency, parse_fine
from compliance_digest.notes.note import Fine
from tests.notes.helpers import examples

EUR_800000 = Fine(Decimal(800000), "EUR")


@pytest.mark.parametrize(
    "written",
    [
        *("800000 EUR", "EUR 800000", "800,000 EUR", "EUR 800,000", "€800,000", "€ 800000", "800000€", "800 000 €"),
        *(
            "800'000 EUR",
            "800’000 EUR",
            "800\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}€",
            "800\N{NARROW NO-BREAK SPACE}000 EUR",
        ),
        *("EUR800000", "800000eur", " 800000 EUR ", "800000.00 EUR"),
    ],
)
def test_ways_to_write_a_fine(written: str) -> None:
    assert parse_fine(written) == EUR_800000


OTHERS = {
    "£7,500": (7500, "GBP"),
    "7.5 GBP": (Decimal("7.5"), "GBP"),
    "EUR 1,234,567.89": (Decimal("1234567.89"), "EUR"),
    "US$5": (5, "USD"),
    "CHF 600'000": (600000, "CHF"),
    "20 000 zł": (20000, "PLN"),
    "500 Kč": (500, "CZK"),
    "10,000,000 Ft": (10_000_000, "HUF"),
    "R$ 5": (5, "BRL"),
    "₩ 6,700": (6700, "KRW"),
    "37000000 SEK": (37_000_000, "SEK"),
    "JPY 500": (500, "JPY"),
}


@pytest.mark.parametrize(("written", "fine"), OTHERS.items(), ids=OTHERS.keys())
def test_other_currencies(written: str, fine: tuple[Decimal | int, str]) -> None:
    assert parse_fine(written) == Fine(Decimal(fine[0]), fine[1])


REFUSED = {
    "": "expected an amount and a currency",
    "800000": "says no currency",
    "800,000": "says no currency",
    "EUR": "expected an amount",
    "€800.000": "separators",
    "1.234,56 EUR": "separators",
    "1,234,56 EUR": "separators",
    "12,34 EUR": "separators",
    "1,23 EUR": "separators",
    "1,234 567 EUR": "separators",
    "1 234,567 EUR": "separators",
    "1.5.2 EUR": "separators",
    "1234,567 EUR": "separators",
    "12.345 EUR": "separators",
    "100-200 EUR": "separators",
    "€1 or €2": "separators",
    "-5 EUR": "more than nothing",
    "5 XXX": "not an ISO 4217",
    "5 million EUR": "expected an amount",
    "EUR 5 million": "more around the amount",
    "EUR 5m": "more around the amount",
    "€5k": "more around the amount",
    "€5 EUR": "more around the amount",
    "about 5 EUR": "more around the amount",
    "about EUR 5": "expected an amount",
    "five EUR": "expected an amount",
    "$5": "more than one currency",
    "¥5": "more than one currency",
    "5 kr": "more than one currency",
    "kr. 5": "more than one currency",
    "5 EURO": "not an ISO 4217",
    "5 euros": "not an ISO 4217",
    "5 XYZ": "not an ISO 4217",
    "5 %": "not an ISO 4217",
    "0 EUR": "more than nothing",
    "0.00 EUR": "more than nothing",
    "1,000,000,000,000,000 EUR": "no fine is as high",
    "100.50 JPY": "JPY has 0 decimal places",
    "1.5 ISK": "ISK has 0 decimal places",
}


@pytest.mark.parametrize(("written", "message"), REFUSED.items(), ids=REFUSED.keys())
def test_refused(written: str, message: str) -> None:
    with pytest.raises(UnclearFine, match=message) as caught:
        parse_fine(written)
    assert caught.value.hint


def test_hints() -> None:
    with pytest.raises(UnclearFine) as caught:
        parse_fine("$5")
    assert caught.value.hint == "write the code: USD, CAD or AUD"
    with pytest.raises(UnclearFine) as caught:
        parse_fine("5 EURO")
    assert caught.value.hint == "did you mean 'EUR'?"
    with pytest.raises(UnclearFine) as caught:
        parse_fine("800000")
    assert caught.value.hint == "add its ISO 4217 code, such as 800000 EUR"


@pytest.mark.parametrize("symbol", SYMBOLS)
def test_symbols_stand_for_real_currencies(symbol: str) -> None:
    assert is_currency(parse_currency(symbol))


currencies = st.sampled_from("EUR GBP USD CHF SEK NOK DKK PLN CZK HUF JPY KRW ISK BRL KWD".split())
separators = st.sampled_from(["", ",", " ", "'", "’", "\N{NO-BREAK SPACE}"])
orders = st.sampled_from(["{amount} {currency}", "{currency} {amount}", "{currency}{amount}", "{amount}{currency}"])


@examples
@given(st.integers(1, 10**12), st.integers(0, 2), currencies, separators, orders)
def test_any_amount_reads_back_as_it_was(units: int, places: int, currency: str, separator: str, order: str) -> None:
    places = min(places, get_currency_precision(currency))
    amount = Decimal(units).scaleb(-places)
    written = order.format(amount=f"{amount:,f}".replace(",", separator), currency=currency)
    assert parse_fine(written) == Fine(amount, currency)


@examples
@given(st.text(alphabet="0123456789.,-' EUR€$krm", max_size=12))
def test_no_text_is_read_in_two_ways(written: str) -> None:
    """What is accepted holds each digit once, in order, and at most one point, before cents."""
    try:
        fine = parse_fine(written)
    except UnclearFine:
        return
    digits = "".join(character for character in written if character.isdigit() or character == ".")
    assert fine.amount == Decimal(digits.removesuffix("."))
    assert fine.amount > 0


def test_make_fine_keeps_to_the_currency_s_decimals() -> None:
    assert make_fine(parse_amount("1.50"), "EUR") == Fine(Decimal("1.50"), "EUR")
    with pytest.raises(UnclearFine, match="EUR has 2 decimal places"):
        make_fine(Decimal("1.505"), "EUR")
