"""Tags that are written nearly alike."""

from __future__ import annotations

from itertools import combinations
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance_digest.desk.check.similar import similar

ALIKE = """cookie cookies | party parties | breach breaches | data_transfer data_transfers | data_subject datasubject |
wi_fi wifi | gdpr5 gdpr_5 | cookeis cookies | heatlh_data health_data | anonymisation anonymization |
acces access | transparancy transparency | transpareny transparency | eprivacy e/privacy"""
OTHER = """dpa dsa | dpa dpo | gdpr_5 gdpr_6 | gdpr_51 gdpr_5_1 | employee employer | controller controlled |
fine fines_x | data access | ai aid | profile profiler | health_data data_health | topic_1 topics_2 | ban bank | a as"""


def pairs(text: str) -> list[list[str]]:
    return [pair.split() for pair in text.split("|")]


@pytest.mark.parametrize("pair", pairs(ALIKE))
def test_tags_that_are_alike(pair: list[str]) -> None:
    assert similar(pair) == [tuple(sorted(pair))]


@pytest.mark.parametrize("pair", pairs(OTHER))
def test_tags_that_are_not(pair: list[str]) -> None:
    assert similar(pair) == []


@given(st.lists(st.text("abesy_1", min_size=1, max_size=9), max_size=12))
def test_all_pairs_are_found_together_that_are_found_alone(keys: list[str]) -> None:
    alone = [pair for pair in combinations(sorted(set(keys)), 2) if similar(pair)]
    assert similar(keys) == alone


def test_thousands_of_tags_take_no_time() -> None:
    start = process_time()
    assert similar(f"topic_{number:04}" for number in range(4000)) == []
    assert process_time() - start < 5
