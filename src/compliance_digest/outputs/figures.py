"""What the actions come to, by year, authority, tag and article: the numbers themselves, in no language."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

from compliance_digest.notes.note import Outcome
from compliance_digest.outputs.rows import first_day
from compliance_digest.outputs.sums import Measure, counted_fines, fines_by_currency, uncounted
from compliance_digest.text import tag_key

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from decimal import Decimal

    from compliance_digest.archive.archive import Archive, Entry, Group, Kind
    from compliance_digest.notes.note import Fine
    from compliance_digest.outputs.rows import Rows
    from compliance_digest.settings import Rates

LARGEST = 20
MOST_YEARS = 20

_OUTCOMES = frozenset(tag_key(outcome) for outcome in get_args(Outcome))
"""Tags that only repeat an action's outcome: a sum of fines by the tag `fine` says nothing."""


@dataclass(frozen=True, slots=True)
class Figure:
    """What some actions come to: how many there are and have a fine, their fines by currency, and the sum of these.

    The sum is in the measure's currency, and None where nothing can be measured in it. `address` is the page inside the
    site that shows the actions.
    """

    label: str
    address: str | None
    actions: int
    fined: int
    fines: tuple[Fine, ...]
    sum: Fine | None


@dataclass(frozen=True, slots=True)
class CurrencyFigure:
    """What the fines of one currency come to: how many there are, their sum, and that sum in the measure's currency.

    `units` are what one unit of the measure's currency was taken for; None where no rate says so.
    """

    total: Fine
    fines: int
    units: Decimal | None
    measured: Fine | None


class Figures:
    """The figures of an archive; fines that were only proposed, or annulled since, are in no sum."""

    def __init__(self, archive: Archive, rates: Rates | None, rows: Rows) -> None:
        self._archive = archive
        self._rows = rows
        self.measure = Measure(archive.entries, rates)
        self.uncounted = uncounted(archive.entries)

    def whole(self) -> Figure:
        """Return what all actions come to."""
        return self._figure("", None, self._archive.entries)

    def number(self, kind: Kind) -> int:
        """Return how many groups of a kind there are."""
        return len(self._archive.of_kind(kind))

    def years(self) -> list[Figure]:
        """Return what each year comes to, the latest first."""
        return [self._of(group) for group in self._archive.of_kind("year")]

    def ranking(self, kind: Kind) -> list[Figure]:
        """Return the groups of a kind by their sums, the highest first: those that have one, and no mere outcomes."""
        groups = [group for group in self._archive.of_kind(kind) if kind != "tag" or group.key not in _OUTCOMES]
        ranked = [(figure.sum.amount, group.key, figure) for group in groups if (figure := self._of(group)).sum]
        ranked.sort(key=lambda each: (-each[0], each[1]))
        return [figure for _, _, figure in ranked]

    def months(self) -> Mapping[date, int]:
        """Return how many actions there were in each month that had any, by its first day."""
        return {first_day(group): len(group.entries) for group in self._archive.of_kind("month")}

    def latest_years(self) -> range:
        """Return the years from the first action to the last, those without any as well; the latest of them only."""
        years = [month.year for month in self.months()]
        return range(max(min(years), max(years) - MOST_YEARS + 1), max(years) + 1) if years else range(0)

    def largest(self) -> list[Entry]:
        """Return the actions with the highest fines."""
        fined = [(fine.amount, entry) for entry in self._archive.entries if (fine := self.measure.sum([entry]))]
        return [entry for _, entry in sorted(fined, key=lambda each: -each[0])[:LARGEST]]

    def currencies(self) -> list[CurrencyFigure]:
        """Return what the fines of each currency come to, those of most fines first."""
        entries = self._archive.entries
        counts = Counter(fine.currency for entry in entries for fine in counted_fines(entry))
        return [
            CurrencyFigure(fine, counts[fine.currency], self.measure.units(fine.currency), self.measure.total([fine]))
            for fine in fines_by_currency(entries)
        ]

    def _of(self, group: Group) -> Figure:
        label = self._rows.full_label if group.kind == "authority" else self._rows.label
        return self._figure(label(group), group.address, group.entries)

    def _figure(self, label: str, address: str | None, entries: Sequence[Entry]) -> Figure:
        return Figure(
            label,
            address,
            len(entries),
            sum(1 for entry in entries if counted_fines(entry)),
            tuple(fines_by_currency(entries)),
            self.measure.sum(entries),
        )
