from __future__ import annotations

import pytest

from compliance_digest.desk.addresses import comparable

PAGE = "https://dpa.example/decisions/5"


@pytest.mark.parametrize(
    "same",
    [
        "http://dpa.example/decisions/5",
        "https://www.dpa.example/decisions/5",
        "https://DPA.example./decisions/5",
        "https://dpa.example/decisions/5/",
        "https://dpa.example:443/decisions/5",
        "http://dpa.example:80/decisions/5",
        "https://dpa.example/decisions/5#top",
        "https://dpa.example/decisions/5?",
        "https://dpa.example/decisions/5?utm_source=feed&utm_medium=rss&fbclid=x",
        "https://dpa.example/decisions/%35",
    ],
)
def test_spellings_of_one_address(same: str) -> None:
    assert comparable(same) == comparable(PAGE)


@pytest.mark.parametrize(
    "other",
    [
        "https://dpa.example/decisions/6",
        "https://dpa.example/Decisions/5",
        "https://en.dpa.example/decisions/5",
        "https://dpa.example:8443/decisions/5",
        "http://dpa.example:443/decisions/5",
        "https://dpa.example/decisions/5?id=7",
        "https://dpa.example/decisions/5?utmost=7",
    ],
)
def test_other_addresses(other: str) -> None:
    assert comparable(other) != comparable(PAGE)


def test_parameters_that_matter_stay() -> None:
    assert comparable(f"{PAGE}?utm_source=feed&id=7") == comparable(f"{PAGE}?id=7")
    assert comparable(f"{PAGE}?id=7") != comparable(f"{PAGE}?id=8")
