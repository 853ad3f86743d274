from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance_digest.archive.editions import edition_days, edition_key

DAYS = st.dates(min_value=date(1, 1, 8), max_value=date(9999, 12, 1))


@pytest.mark.parametrize(
    ("day", "week"),
    [
        (date(2024, 9, 30), "2024-W40"),
        (date(2024, 12, 30), "2025-W01"),
        (date(2021, 1, 3), "2020-W53"),
        (date(987, 1, 1), "0987-W01"),
    ],
)
def test_weeks_are_those_of_iso_8601(day: date, week: str) -> None:
    assert edition_key(day, "week") == week


def test_months_are_those_of_the_calendar() -> None:
    assert edition_key(date(2024, 2, 29), "month") == "2024-02"
    assert edition_days("2024-02") == (date(2024, 2, 1), date(2024, 2, 29))


def test_there_may_be_none() -> None:
    assert edition_key(date(2024, 2, 29), "none") is None


@given(DAYS)
def test_a_day_is_in_its_edition_and_the_next_edition_begins_the_day_after_the_last(day: date) -> None:
    for period in ("week", "month"):
        key = edition_key(day, period)
        assert key
        first, last = edition_days(key)
        assert first <= day <= last
        following = edition_key(last + timedelta(days=1), period)
        assert following
        assert following != key
        assert edition_days(following)[0] == last + timedelta(days=1)
