from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from compliance_digest.outputs.charts import LONGEST_LABEL, MOST_MARKS, bar_chart, column_chart

AMOUNTS = st.lists(st.decimals(min_value=0, max_value=10**12, places=2), min_size=1, max_size=30)


def test_the_longest_bar_is_as_wide_as_the_text_and_the_others_are_in_proportion() -> None:
    lines = [("a", "€200", Decimal(200)), ("b", "€50", Decimal(50)), ("c", "nothing", Decimal(0))]
    chart = bar_chart("key", "Title", "Description.", lines)
    assert [(bar.share, bar.rest) for bar in chart.bars] == [("100.00", "0.00"), ("25.00", "75.00"), ("0.00", "100.00")]


@given(AMOUNTS)
def test_no_bar_is_wider_than_the_text(amounts: list[Decimal]) -> None:
    bars = bar_chart("key", "Title", "", [("", "", amount) for amount in amounts]).bars
    assert all(Decimal(0) <= Decimal(bar.share) <= Decimal(100) for bar in bars)


def test_a_long_label_leaves_room_for_its_figure() -> None:
    (bar,) = bar_chart("key", "Title", "", [("x" * 99, "€1", Decimal(1))]).bars
    assert bar.label == "x" * (LONGEST_LABEL - 1) + "…"


def test_columns_stand_side_by_side_and_those_of_nothing_are_left_out() -> None:
    chart = column_chart(
        "key", "Title", "", [("Jan", "1", 1), ("Feb", "0", 0), ("Mar", "4", 4), ("Apr", "2", 2)], [(0, "2024")]
    )
    assert [(bar.place, bar.share) for bar in chart.bars] == [
        ("0.00", "25.00"),
        ("50.00", "100.00"),
        ("75.00", "50.00"),
    ]
    assert chart.width == "20.00"
    assert [(mark.label, mark.place) for mark in chart.marks] == [("2024", "0.00")]


def test_marks_leave_room_for_each_other() -> None:
    marks = [(12 * number, str(2000 + number)) for number in range(25)]
    chart = column_chart("key", "Title", "", [("", "1", 1)] * 300, marks)
    assert [mark.label for mark in chart.marks] == ["2000", "2005", "2010", "2015", "2020"]
    assert len(chart.marks) <= MOST_MARKS


def test_charts_of_nothing() -> None:
    assert bar_chart("key", "Title", "", []).bars == column_chart("key", "Title", "", [], []).bars == ()
