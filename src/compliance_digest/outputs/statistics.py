"""The page of statistics: the figures of the archive as charts, each with its numbers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from compliance_digest.outputs.charts import Exhibit, Line, Table, bar_chart, column_chart
from compliance_digest.outputs.figures import MOST_YEARS, Figures
from compliance_digest.outputs.page import Content
from compliance_digest.outputs.views import Head

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from compliance_digest.archive.archive import Kind
    from compliance_digest.notes.note import Fine
    from compliance_digest.outputs.artifact import Artifact
    from compliance_digest.outputs.context import Context
    from compliance_digest.outputs.figures import CurrencyFigure, Figure
    from compliance_digest.outputs.formats import Formats

ADDRESS = "statistics/"
MOST_LINES = 15

NOTHING = "–"
"""What stands where there is no sum."""

RANKED: tuple[tuple[Kind, str, str], ...] = (
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
    def _figures(self) -> Figures:
        return Figures(self._archive, self._rates, self._rows)

    def all(self) -> Iterator[Artifact]:
        """Yield the page."""
        inputs = [self._prints.all_shown]
        yield self._maker.page("statistics.html", ADDRESS, inputs, self._page, cause="the statistics")

    def _page(self) -> Content:
        measure = self._figures.measure
        values = {
            "facts": facts(self._figures, self._formats),
            "years": self._years(),
            "months": self._months(),
            "rankings": [self._ranking(*each) for each in RANKED],
            "largest": [self._rows.row(entry) for entry in self._figures.largest()],
            "currencies": self._currencies(),
            "currency": measure.currency,
            "rates": self._rates,
            "leaves_out": measure.leaves_out,
            "not_counted": self._figures.uncounted,
        }
        description = "Privacy fines by year, authority, tag and article; the largest fines; actions by month."
        return Content(Head("Statistics", description, ADDRESS, "statistics"), values)

    def _years(self) -> Exhibit:
        years = self._figures.years()
        remark = f"The latest {MOST_YEARS} years, of {len(years)}." if len(years) > MOST_YEARS else ""
        return self._exhibit("year", "Fines by year", remark, years[:MOST_YEARS])

    def _ranking(self, kind: Kind, title: str, remark: str) -> Exhibit:
        ranked = self._figures.ranking(kind)
        if len(ranked) > MOST_LINES:
            remark = (
                f"The {MOST_LINES} with the highest sums, of {self._formats.number(len(ranked))}. {remark}".rstrip()
            )
        return self._exhibit(kind, title, remark, ranked[:MOST_LINES])

    def _exhibit(self, kind: Kind, title: str, remark: str, figures: Sequence[Figure]) -> Exhibit:
        """Return the sums of fines of some groups as a chart and a table."""
        currency = self._figures.measure.currency
        description = f"The sum of fines for each {kind}, in {currency}."
        measured = [(each.label, each.sum) for each in figures if each.sum]
        if measured:
            name, most = max(measured, key=lambda each: each[1].amount)
            description += f" The highest is {self._formats.money(most)}, for {name}."
        bars = [(each.label, self._money(each.sum), each.sum.amount if each.sum else Decimal(0)) for each in figures]
        return Exhibit(
            bar_chart(kind, title, description, bars),
            Table(
                (kind.capitalize(), "Actions", "With a fine", "By currency", f"Sum, {currency}"),
                tuple(map(self._line, figures)),
            ),
            remark,
        )

    def _line(self, figure: Figure) -> Line:
        cells = (
            self._formats.number(figure.actions),
            self._formats.number(figure.fined),
            "\n".join(self._formats.money(fine) for fine in figure.fines),
            self._money(figure.sum),
        )
        return Line(figure.label, figure.address, cells)

    def _months(self) -> Exhibit:
        """Return how many actions there were in each month of the latest years."""
        counts = self._figures.months()
        years = self._figures.latest_years()
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

    def _currencies(self) -> Table:
        """Return what the fines of each currency come to."""
        in_one = (f"Units for 1 {self._rates.currency}", f"Sum, {self._rates.currency}") if self._rates else ()
        lines = tuple(
            Line(self._formats.currency(each.total.currency), None, self._currency_cells(each))
            for each in self._figures.currencies()
        )
        return Table(("Currency", "Fines", "Sum", *in_one), lines)

    def _currency_cells(self, figure: CurrencyFigure) -> tuple[str, ...]:
        cells = (self._formats.number(figure.fines), self._formats.money(figure.total))
        if self._rates is None:
            return cells
        rate = self._formats.decimal(figure.units) if figure.units else "–"
        return (*cells, rate, self._money(figure.measured))

    def _money(self, fine: Fine | None) -> str:
        return sum_of(fine, self._formats)


def facts(figures: Figures, formats: Formats) -> list[tuple[str, str]]:
    """Return what the whole archive comes to: names and figures."""
    number, whole = formats.number, figures.whole()
    return [
        ("Actions", number(whole.actions)),
        ("With a fine", number(whole.fined)),
        ("Sum of fines", sum_of(whole.sum, formats)),
        ("Authorities", number(figures.number("authority"))),
        ("Countries", number(figures.number("country"))),
    ]


def sum_of(fine: Fine | None, formats: Formats) -> str:
    """Return a sum as it is shown, also where there is none."""
    return formats.money(fine) if fine else NOTHING
