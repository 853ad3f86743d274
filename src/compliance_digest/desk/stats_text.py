"""The figures of `digest stats` as tables for a terminal."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import TYPE_CHECKING

from compliance_digest.outputs.statistics import MOST_LINES, NOTHING, RANKED, facts, sum_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from compliance_digest.archive.archive import Entry, Kind
    from compliance_digest.desk.stats import Stats
    from compliance_digest.notes.note import Fine
    from compliance_digest.outputs.figures import CurrencyFigure, Figure

    Row = Sequence[str]


def as_text(stats: Stats) -> str:
    """Return the figures as tables under headings, in the formats of the site's language."""
    return "\n\n".join(_Writer(stats).parts())


def aligned(rows: Iterable[Row], words: Iterable[int] = (0,)) -> str:
    """Return rows as lines of columns: those of words begin in one place, those of numbers end in one."""
    rows, left = list(rows), set(words)
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    lines = []
    for row in rows:
        gaps = [" " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)]
        cells = [
            f"{cell}{gap}" if place in left else f"{gap}{cell}"
            for place, (cell, gap) in enumerate(zip(row, gaps, strict=True))
        ]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def _width(text: str) -> int:
    """Return how many columns of a terminal a text takes (Unicode Standard Annex 11)."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text
    )


class _Writer:
    """Writes the parts, one after the other."""

    def __init__(self, stats: Stats) -> None:
        self._figures = stats.figures
        self._formats = stats.formats
        self._rates = stats.rates

    def parts(self) -> Iterator[str]:
        yield aligned(facts(self._figures, self._formats))
        yield "\n".join(self._remarks())
        yield self._table("Fines by year", "Year", self._figures.years())
        yield self._months()
        for ranked in RANKED:
            yield self._ranking(*ranked)
        yield f"Fines by currency\n{aligned(self._currencies())}"
        yield f"Largest fines\n{aligned(self._largest(), words=(2, 3))}"

    def _remarks(self) -> Iterator[str]:
        """Yield how sums came about, and what is not in them."""
        measure, rates = self._figures.measure, self._rates
        if rates:
            source = f"{rates.title} ({rates.source})" if rates.title else rates.source
            day = self._formats.day(rates.date)
            yield f"Sums are in {measure.currency}, converted at the rates of {day}: {source}."
        else:
            yield f"Sums are of the fines in {measure.currency} alone, since no exchange rates are set."
        if measure.leaves_out:
            yield f"Left out of sums and rankings, for want of a rate: fines in {', '.join(measure.leaves_out)}."
        if self._figures.uncounted:
            counted = self._formats.counted(self._figures.uncounted, "action")
            yield f"Left out of sums, since their fines were only proposed, or annulled: {counted}."

    def _table(self, title: str, name: str, figures: Sequence[Figure]) -> str:
        head = (name, "Actions", "With a fine", f"Sum, {self._figures.measure.currency}", "By currency")
        return f"{title}\n{aligned([head, *map(self._row, figures)], words=(0, 4))}"

    def _row(self, figure: Figure) -> Row:
        number = self._formats.number
        by_currency = "  ".join(map(self._formats.money, figure.fines))
        return figure.label, number(figure.actions), number(figure.fined), self._money(figure.sum), by_currency

    def _months(self) -> str:
        counts = self._figures.months()
        names = [self._formats.short_month(date(2000, month, 1)) for month in range(1, 13)]
        years = reversed(self._figures.latest_years())
        rows = [
            (str(year), *(self._count(counts.get(date(year, month, 1))) for month in range(1, 13))) for year in years
        ]
        return f"Actions by month\n{aligned([('Year', *names), *rows])}"

    def _ranking(self, kind: Kind, title: str, remark: str) -> str:
        ranked = self._figures.ranking(kind)
        if len(ranked) > MOST_LINES:
            title += f": the {MOST_LINES} with the highest sums, of {self._formats.number(len(ranked))}"
        return self._table("\n".join(filter(None, [title, remark])), kind.capitalize(), ranked[:MOST_LINES])

    def _currencies(self) -> list[Row]:
        currency = self._figures.measure.currency
        in_one = (f"Units for 1 {currency}", f"Sum, {currency}")
        return [("Currency", "Fines", "Total", *in_one), *map(self._currency, self._figures.currencies())]

    def _currency(self, figure: CurrencyFigure) -> Row:
        units = self._formats.decimal(figure.units) if figure.units else NOTHING
        total = self._formats.money(figure.total)
        return figure.total.currency, self._formats.number(figure.fines), total, units, self._money(figure.measured)

    def _largest(self) -> list[Row]:
        return [("Fine", "Date", "Authority", "Title"), *map(self._action, self._figures.largest())]

    def _action(self, entry: Entry) -> Row:
        fines = "  ".join(map(self._formats.money, entry.note.fines))
        who = entry.authority.short if entry.authority else NOTHING
        return fines, entry.note.date.isoformat(), who, entry.note.title

    def _count(self, count: int | None) -> str:
        return self._formats.number(count) if count else NOTHING

    def _money(self, fine: Fine | None) -> str:
        return sum_of(fine, self._formats)
