"""Sums of fines."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING

from compliance_digest.notes.note import Fine

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from compliance_digest.archive.archive import Entry
    from compliance_digest.outputs.formats import Formats
    from compliance_digest.settings import Rates


def tally(entries: Sequence[Entry], formats: Formats) -> list[tuple[str, str]]:
    """Return the figures of some entries, as label and value: how many, and their fines in each currency."""
    sums = [(f"Fines, {fine.currency}", formats.money(fine)) for fine in fines_by_currency(entries)]
    return [("Actions", formats.number(len(entries))), *sums]


def fines_by_currency(entries: Iterable[Entry]) -> list[Fine]:
    """Return the sum of the fines of each currency, those of most notes first.

    Fines that were only proposed, or annulled since, are not counted.
    """
    sums: dict[str, Decimal] = defaultdict(Decimal)
    counts: dict[str, int] = defaultdict(int)
    for entry in entries:
        note = entry.note
        if note.outcome == "fine-proposed" or note.status == "annulled":
            continue
        for fine in note.fines:
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
