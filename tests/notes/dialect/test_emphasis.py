"""A note's text has the emphasis that CommonMark gives it, as markdown-it-py reads it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.notes.dialect.oracle import ours, theirs, words
from tests.notes.helpers import examples

TEXTS = {
    "emphasis": "*a* _b_ **c** __d__ ***e*** ___f___",
    "space-before-closing-mark": "**text ** and *text *",
    "space-after-opening-mark": "** text** and * text*",
    "in-a-word": "a*b*c and a**b**c",
    "in-a-word-underscores": "snake_case_name and __init__.py and a__b__c",
    "bold-then-letter": "**a**b and *a*b",
    "bold-then-letter-no-partner": "**a**b** c *d*",
    "nested": "*a **b** c* **a *b* c** *a _b_ c*",
    "nested-at-ends": "***a** b* ***a* b** *a **b*** **a *b***",
    "crossing": "*a **b* c** and *a _b* c_",
    "longer-closing-run": "*a** and **a*** and *a***",
    "longer-opening-run": "**a* and ***a** and ***a*",
    "rule-of-three": "*a**b**c* and **a*b*c** and 2*3**4*5",
    "rule-of-three-both-multiples": "a***b***c and a******b***c",
    "punctuation": '**"a"**b and a**"b"** and (*a*). “*b*”',
    "punctuation-outside": "a*(b)* and *(b)*c",
    "symbols-are-punctuation": "*€*a and a*€*",
    "combining-marks-are-not": "e\N{COMBINING ACUTE ACCENT}*a* and _e\N{COMBINING ACUTE ACCENT}_a",
    "over-lines": "**a\nb** *c\nd*",
    "alone": "a * b ** c _ d",
    "escaped": "\\*a\\* **\\*** \\_b\\_ *a\\*b*",
    "around-link": "**[a](/u)** *[b](/u)* [**c**](/u)",
    "around-code": "**`a`** *a `*` b*",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_emphasis_is_that_of_commonmark(text: str) -> None:
    assert ours(text) == theirs(text)


@examples
@given(st.text(alphabet='ab *_"é(.', max_size=20))
def test_marks_in_any_order(text: str) -> None:
    assert ours("x" + text) == theirs("x" + text)


@examples
@given(st.text(alphabet="ab *_\\.", min_size=1, max_size=30))
def test_emphasis_loses_no_letter(text: str) -> None:
    """Python-Markdown's own pattern drops the `b` of `2*3**4*b`."""
    assert letters("".join(words(ours(text)))) == letters(text)


def letters(text: str) -> str:
    return "".join(character for character in text if character in "ab")
