"""Charts and their tables: numbers become lengths, in percent, which templates draw as SVG."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST_LABEL = 30
"""Characters of a label that leave room for its figure on a phone; the table below a chart has all of it."""

MOST_MARKS = 6
_FILLED = Decimal("0.8")
"""How much of its place a column fills."""
_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a chart, or a column, which begins at `place`. `figure` is what it stands for, in words.

    `share` is its length in percent of the longest, `rest` what it lacks of that.
    """

    label: str
    figure: str
    share: str
    rest: str
    place: str = "0"


@dataclass(frozen=True, slots=True)
class Mark:
    """A word below a chart's columns, and where it begins, in percent of the width."""

    label: str
    place: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars, or columns of the same `width` in percent. `key` is unique on the page."""

    key: str
    title: str
    description: str
    bars: tuple[Bar, ...]
    width: str | None = None
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a table: what it is about, and the figures."""

    label: str
    address: str | None
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Figures in columns; the first is that of the lines' labels."""

    columns: tuple[str, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A chart with its numbers as a table, and a remark on what they hold."""

    chart: Chart
    table: Table
    remark: str = ""


def bar_chart(key: str, title: str, description: str, lines: Sequence[tuple[str, str, Decimal]]) -> Chart:
    """Return a chart of label, figure and value of each line, in their order."""
    most = max((value for _, _, value in lines), default=_NOTHING)
    bars = (
        Bar(_short(label), figure, _percent(value, most), _percent(most - value, most))
        for label, figure, value in lines
    )
    return Chart(key, title, description, tuple(bars))


def column_chart(
    key: str, title: str, description: str, lines: Sequence[tuple[str, str, int]], marks: Sequence[tuple[int, str]]
) -> Chart:
    """Return a chart of label, figure and value of each line, side by side.

    `marks` has a line's index and a word below it.
    """
    most = max((value for _, _, value in lines), default=0)
    bars = (
        Bar(
            label,
            f"{label}: {figure}",
            _percent(value, most),
            _percent(most - value, most),
            _percent(index, len(lines)),
        )
        for index, (label, figure, value) in enumerate(lines)
        if value
    )
    step = -(-len(marks) // MOST_MARKS) or 1
    places = (Mark(label, _percent(index, len(lines))) for index, label in marks[::step])
    return Chart(key, title, description, tuple(bars), _percent(_FILLED, len(lines)), tuple(places))


def _percent(value: Decimal | int, whole: Decimal | int) -> str:
    share = Decimal(value) * 100 / whole if whole else _NOTHING
    return str(share.quantize(Decimal("0.01")))


def _short(label: str) -> str:
    return label if len(label) <= LONGEST_LABEL else label[: LONGEST_LABEL - 1].rstrip() + "…"
