"""Sums of fines."""

from __future__ import annotations

from collections import defaultdict
from decimal import ROUND_HALF_EVEN, Decimal
from typing import TYPE_CHECKING

from compliance_digest.notes.note import Fine

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from compliance_digest.archive.archive import Entry
    from compliance_digest.outputs.formats import Formats
    from compliance_digest.settings import Rates


def tally(entries: Sequence[Entry], formats: Formats) -> list[tuple[str, str]]:
    """Return the figures of some entries, as label and value: how many, and their fines in each currency."""
    sums = [(f"Fines, {fine.currency}", formats.money(fine)) for fine in fines_by_currency(entries)]
    return [("Actions", formats.number(len(entries))), *sums]


def counted_fines(entry: Entry) -> tuple[Fine, ...]:
    """Return the fines of an entry that sums count: none that was only proposed, or annulled since."""
    note = entry.note
    return () if note.outcome == "fine-proposed" or note.status == "annulled" else note.fines


def uncounted(entries: Iterable[Entry]) -> int:
    """Return how many entries have fines that sums don't count."""
    return sum(1 for entry in entries if entry.note.fines and not counted_fines(entry))


def fines_by_currency(entries: Iterable[Entry]) -> list[Fine]:
    """Return the sum of the counted fines of each currency, those of most fines first."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    counts: dict[str, int] = defaultdict(int)
    for fine in _all_fines(entries):
        sums[fine.currency] += fine.amount
        counts[fine.currency] += 1
    return [Fine(sums[currency], currency) for currency in sorted(sums, key=lambda each: (-counts[each], each))]


def converted(fine: Fine, rates: Rates | None) -> Decimal | None:
    """Return a fine in units of the rates' own currency, unrounded; None where no rate says what it comes to."""
    if rates is None:
        return None
    if fine.currency == rates.currency:
        return fine.amount
    units = rates.units.get(fine.currency)
    return None if units is None else fine.amount / units


def fine_key(fines: Sequence[Fine], rates: Rates | None) -> tuple[str, Decimal]:
    """Return what puts actions with fines in order, the highest first, whether or not the fines still stand.

    Fines are compared in the rates' currency. Where one of an action has no rate, the action stands after those, by
    that currency's code and then by its amount.
    """
    amounts = [converted(fine, rates) for fine in fines]
    known = [amount for amount in amounts if amount is not None]
    if len(known) == len(fines):
        return "", -sum(known, Decimal())
    currency = next(fine.currency for fine, amount in zip(fines, amounts, strict=True) if amount is None)
    alike = [fine.amount for fine in fines if fine.currency == currency]
    return currency, -sum(alike, Decimal())


class Measure:
    """Adds up fines in one currency: that of the rates, or without rates the one that most fines are in.

    What it can't convert it doesn't count; `leaves_out` says which currencies those are.
    """

    def __init__(self, entries: Iterable[Entry], rates: Rates | None) -> None:
        entries = list(entries)
        currencies = [fine.currency for fine in fines_by_currency(entries)]
        self.rates = rates
        self.currency = rates.currency if rates else next(iter(currencies), "EUR")
        self.leaves_out = sorted(each for each in currencies if self.amount(Fine(Decimal(1), each)) is None)

    def sum(self, entries: Iterable[Entry]) -> Fine | None:
        """Return the total of the counted fines of some entries."""
        return self.total(_all_fines(entries))

    def total(self, fines: Iterable[Fine]) -> Fine | None:
        """Return the sum of those fines that can be measured; None where none can.

        It is in whole units where any had to be converted.
        """
        measured = [(fine, amount) for fine in fines if (amount := self.amount(fine)) is not None]
        if not measured:
            return None
        total = sum((amount for _, amount in measured), Decimal(0))
        if any(fine.currency != self.currency for fine, _ in measured):
            total = total.quantize(Decimal(1), ROUND_HALF_EVEN)
        return Fine(total, self.currency)

    def units(self, currency: str) -> Decimal | None:
        """Return how many units of a currency one unit of the measure's was taken for; None where no rate says so."""
        if currency == self.currency:
            return Decimal(1)
        return self.rates.units.get(currency) if self.rates else None

    def amount(self, fine: Fine) -> Decimal | None:
        """Return a fine's amount in the measure's currency, unrounded; None where it can't be had."""
        return fine.amount if fine.currency == self.currency else converted(fine, self.rates)


def _all_fines(entries: Iterable[Entry]) -> Iterator[Fine]:
    for entry in entries:
        yield from counted_fines(entry)
