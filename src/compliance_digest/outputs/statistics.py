"""The statistics: what the actions come to, by year, authority, tag and article, each chart with its numbers."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, get_args

from compliance_digest.notes.note import Outcome
from compliance_digest.outputs.charts import Exhibit, Line, Table, bar_chart, column_chart
from compliance_digest.outputs.page import Content
from compliance_digest.outputs.rows import first_day
from compliance_digest.outputs.sums import Measure, counted_fines, fines_by_currency, uncounted
from compliance_digest.outputs.views import Head
from compliance_digest.text import tag_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from compliance_digest.archive.archive import Entry, Group, Kind
    from compliance_digest.notes.note import Fine
    from compliance_digest.outputs.artifact import Artifact
    from compliance_digest.outputs.context import Context
    from compliance_digest.outputs.formats import Formats

ADDRESS = "statistics/"
MOST_LINES = 15
MOST_YEARS = 20
LARGEST = 20

_OUTCOMES = frozenset(tag_key(outcome) for outcome in get_args(Outcome))
"""Tags that only repeat an action's outcome: a sum of fines by the tag `fine` says nothing."""

_RANKED: tuple[tuple[Kind, str, str], ...] = (
    ("authority", "Fines by authority", ""),
    ("tag", "Fines by tag", "An action with several tags counts under each of them."),
    ("article", "Fines by article", "An action that rests on several articles counts under each, with its whole fine."),
)


class Statistics:
    """Plans the page of statistics of an archive."""

    def __init__(self, context: Context) -> None:
        self._archive = context.archive
        self._rates = context.settings.rates
        self._prints = context.prints
        self._rows = context.rows
        self._maker = context.maker

    @property
    def _formats(self) -> Formats:
        return self._rows.formats

    @cached_property
    def _measure(self) -> Measure:
        return Measure(self._archive.entries, self._rates)

    def all(self) -> Iterator[Artifact]:
        """Yield the page."""
        inputs = [self._prints.all_shown]
        yield self._maker.page("statistics.html", ADDRESS, inputs, self._page, cause="the statistics")

    def _page(self) -> Content:
        measure = self._measure
        values = {
            "facts": self._facts(),
            "years": self._years(),
            "months": self._months(),
            "rankings": [self._ranking(*each) for each in _RANKED],
            "largest": [self._rows.row(entry) for entry in self._largest()],
            "currencies": self._currencies(),
            "currency": measure.currency,
            "rates": self._rates,
            "leaves_out": measure.leaves_out,
            "not_counted": uncounted(self._archive.entries),
        }
        description = "Privacy fines by year, authority, tag and article; the largest fines; actions by month."
        return Content(Head("Statistics", description, ADDRESS, "statistics"), values)

    def _facts(self) -> list[tuple[str, str]]:
        number = self._formats.number
        fined = sum(1 for entry in self._archive.entries if counted_fines(entry))
        return [
            ("Actions", number(len(self._archive.entries))),
            ("With a fine", number(fined)),
            ("Sum of fines", self._sum(self._archive.entries)),
            ("Authorities", number(len(self._archive.of_kind("authority")))),
            ("Countries", number(len(self._archive.of_kind("country")))),
        ]

    def _years(self) -> Exhibit:
        years = self._archive.of_kind("year")
        remark = f"The latest {MOST_YEARS} years, of {len(years)}." if len(years) > MOST_YEARS else ""
        return self._exhibit("year", "Fines by year", remark, years[:MOST_YEARS])

    def _ranking(self, kind: Kind, title: str, remark: str) -> Exhibit:
        groups = [group for group in self._archive.of_kind(kind) if kind != "tag" or group.key not in _OUTCOMES]
        sums = {group.key: fine.amount for group in groups if (fine := self._measure.sum(group.entries))}
        ranked = [group for group in groups if group.key in sums]
        ranked.sort(key=lambda group: (-sums[group.key], group.key))
        if len(ranked) > MOST_LINES:
            remark = (
                f"The {MOST_LINES} with the highest sums, of {self._formats.number(len(ranked))}. {remark}".rstrip()
            )
        return self._exhibit(kind, title, remark, ranked[:MOST_LINES])

    def _exhibit(self, kind: Kind, title: str, remark: str, groups: Sequence[Group]) -> Exhibit:
        """Return the sums of fines of some groups as a chart and a table."""
        label = self._rows.full_label if kind == "authority" else self._rows.label
        of_each = [(label(group), self._measure.sum(group.entries)) for group in groups]
        description = f"The sum of fines for each {kind}, in {self._measure.currency}."
        measured = [(name, fine) for name, fine in of_each if fine]
        if measured:
            name, most = max(measured, key=lambda each: each[1].amount)
            description += f" The highest is {self._formats.money(most)}, for {name}."
        bars = [(name, self._money(fine), fine.amount if fine else Decimal(0)) for name, fine in of_each]
        return Exhibit(
            bar_chart(kind, title, description, bars),
            Table(
                (kind.capitalize(), "Actions", "With a fine", "By currency", f"Sum, {self._measure.currency}"),
                tuple(self._line(label(group), group.address, group.entries) for group in groups),
            ),
            remark,
        )

    def _line(self, label: str, address: str | None, entries: Sequence[Entry]) -> Line:
        fined = sum(1 for entry in entries if counted_fines(entry))
        cells = (
            self._formats.number(len(entries)),
            self._formats.number(fined),
            "\n".join(self._formats.money(fine) for fine in fines_by_currency(entries)),
            self._sum(entries),
        )
        return Line(label, address, cells)

    def _months(self) -> Exhibit:
        """Return how many actions there were in each month of the latest years."""
        counts = {first_day(group): len(group.entries) for group in self._archive.of_kind("month")}
        last = max(counts).year if counts else 0
        years = range(max(min(counts).year, last - MOST_YEARS + 1), last + 1) if counts else range(0)
        months = [date(year, month, 1) for year in years for month in range(1, 13)]
        of_each = [(self._formats.month(month), counts.get(month, 0)) for month in months]
        columns = [(name, self._formats.number(count), count) for name, count in of_each]
        cut = counts and min(counts).year < years[0]
        description = f"The number of actions in each month{f', from {years[0]}' if cut else ''}."
        if of_each:
            name, most = max(of_each, key=lambda each: each[1])
            description += f" The highest is {self._formats.number(most)}, in {name}."
        marks = [(index, str(month.year)) for index, month in enumerate(months) if month.month == 1]
        names = (self._formats.short_month(date(2000, month, 1)) for month in range(1, 13))
        return Exhibit(
            column_chart("month", "Actions by month", description, columns, marks),
            Table(("Year", *names), tuple(self._months_line(year, counts) for year in reversed(years))),
            description,
        )

    def _months_line(self, year: int, counts: Mapping[date, int]) -> Line:
        group = self._archive.groups["year"].get(f"{year:04}")
        in_months = (counts.get(date(year, month, 1), 0) for month in range(1, 13))
        cells = tuple(self._formats.number(count) if count else "–" for count in in_months)
        return Line(f"{year:04}", group.address if group else None, cells)

    def _largest(self) -> list[Entry]:
        fined = [(fine.amount, entry) for entry in self._archive.entries if (fine := self._measure.sum([entry]))]
        return [entry for _, entry in sorted(fined, key=lambda each: -each[0])[:LARGEST]]

    def _currencies(self) -> Table:
        """Return what the fines of each currency come to."""
        entries = self._archive.entries
        lines = []
        counts = Counter(fine.currency for entry in entries for fine in counted_fines(entry))
        for fine in fines_by_currency(entries):
            cells = self._currency_cells(fine, counts[fine.currency])
            lines.append(Line(self._formats.currency(fine.currency), None, cells))
        in_one = (f"Units for 1 {self._rates.currency}", f"Sum, {self._rates.currency}") if self._rates else ()
        return Table(("Currency", "Fines", "Sum", *in_one), tuple(lines))

    def _currency_cells(self, fine: Fine, count: int) -> tuple[str, ...]:
        cells = (self._formats.number(count), self._formats.money(fine))
        if self._rates is None:
            return cells
        units = self._rates.units.get(fine.currency)
        rate = "1" if fine.currency == self._rates.currency else self._formats.decimal(units) if units else "–"
        return (*cells, rate, self._money(self._measure.total([fine])))

    def _sum(self, entries: Iterable[Entry]) -> str:
        return self._money(self._measure.sum(entries))

    def _money(self, fine: Fine | None) -> str:
        return self._formats.money(fine) if fine else "–"
