"""Text as everything else takes it."""

from __future__ import annotations

import re
import sys
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from compliance_digest.text import _UNWRITABLE, ROOT, WIKILINK, clean, first_sentences, folded, slug, tag_key

examples = settings(derandomize=True, deadline=None, database=None, max_examples=300)

CLEANED = {
    "plain text stays": ("a\tb\nc\r é ⚖️ \N{NO-BREAK SPACE}", "a\tb\nc\r é ⚖️ \N{NO-BREAK SPACE}"),
    "control characters go": ("a\x00b\x07c\x1bd\x7fe\x9ff", "abcdef"),
    "those that part words become spaces": ("a\x0bb\x0cc\x85d", "a b c d"),
    "surrogates go": ("a\ud800b\udfffc", "abc"),
    "noncharacters go": ("a\ufdd0b\ufdefc\ufffed\uffffe", "abcde"),
    "placeholders can't be forged": (ROOT + WIKILINK, ""),
}


@pytest.mark.parametrize(("text", "expected"), CLEANED.values(), ids=CLEANED.keys())
def test_clean(text: str, expected: str) -> None:
    assert clean(text) == expected


def test_none_that_cannot_be_written_is_overlooked() -> None:
    unwritable = _UNWRITABLE.findall("".join(map(chr, range(sys.maxunicode + 1))))
    assert {clean(f"a{character}b") for character in unwritable} == {"ab", "a b"}


@examples
@given(st.text(st.characters()))
def test_clean_text_can_be_written_as_xml(text: str) -> None:
    element = etree.Element("a")
    element.text = clean(text)
    assert (etree.fromstring(etree.tostring(element, encoding="utf-8")).text or "") == clean(text)
    assert clean(clean(text)) == clean(text)


SAME_TAG = [
    ["personal_data", "Personal Data", "personal-data", "PERSONAL__DATA", " personal - data ", "_personal_data_"],
    ["straße", "STRASSE", "Strasse"],
    ["données", "donne\N{COMBINING ACUTE ACCENT}es", "Données"],
    ["ﬁne", "fine", "Ｆｉｎｅ"],
    ["gdpr", "GDPR"],
    ["iş", "IŞ".lower()],
]


@pytest.mark.parametrize("spellings", SAME_TAG, ids=lambda spellings: spellings[0])
def test_spellings_of_one_tag(spellings: list[str]) -> None:
    assert len({tag_key(spelling) for spelling in spellings}) == 1


def test_tag_keys() -> None:
    assert tag_key("Personal  Data") == "personal_data"
    assert tag_key("données") == "données"  # other letters are other tags
    assert tag_key("a/b") == "a/b"
    assert tag_key("personaldata") != tag_key("personal_data")


@examples
@given(st.text())
def test_a_key_is_the_key_of_itself(text: str) -> None:
    assert tag_key(tag_key(text)) == tag_key(text)
    assert folded(folded(text)) == folded(text)
    assert tag_key(unicodedata.normalize("NFD", text)) == tag_key(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CNIL fines ACME", "cnil-fines-acme"),
        ("SANTÉ Ærøskøbing straße", "sante-aeroskobing-strasse"),
        ("personal_data", "personal-data"),
        ("€800,000!", "eur800000"),
        ("Штраф", "shtraf"),
        ("a--b/../c", "a-b-c"),
        ("⚖️", ""),
        ("", ""),
    ],
)
def test_slug(text: str, expected: str) -> None:
    assert slug(text) == expected


@examples
@given(st.text())
def test_a_slug_is_safe_in_any_address(text: str) -> None:
    assert re.fullmatch(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*)?", slug(text))
    assert slug(slug(text)) == slug(text)


SENTENCES = {
    "two": ("One. Two. Three.", "One. Two."),
    "one": ("One.", "One."),
    "no full stop": ("One", "One"),
    "none": ("", ""),
    "question": ("One? Two! Three.", "One? Two!"),
    "ellipsis": ("One… Two. Three.", "One… Two."),
    "quotation marks": ('One. "Two." Three.', 'One. "Two."'),
    "curly quotation marks": ("“One.” “Two.” Three.", "“One.” “Two.”"),
    "number at the start": ("One. 25,000 people. Three.", "One. 25,000 people."),
    "number with a point": ("EUR 1.5 million. Two. Three.", "EUR 1.5 million. Two."),
    "small letter goes on": ("One. e.g. two. Three. Four.", "One. e.g. two. Three."),
    "article": ("Under Art. 5 it was. Two. Three.", "Under Art. 5 it was. Two."),
    "number sign": ("Decision No. 12 of May. Two. Three.", "Decision No. 12 of May. Two."),
    "company": ("Acme Inc. Ltd. Corp. Three was. Two. Three.", "Acme Inc. Ltd. Corp. Three was. Two."),
    "initials": ("J. S. Bach wrote. Two. Three.", "J. S. Bach wrote. Two."),
    "title": ("Dr. Who and Mr. Bean. Two. Three.", "Dr. Who and Mr. Bean. Two."),
    "versus": ("Schrems v. Facebook. Two. Three.", "Schrems v. Facebook. Two."),
    "no space": ("One.Two. Three. Four.", "One.Two. Three."),
}


@pytest.mark.parametrize(("text", "expected"), SENTENCES.values(), ids=SENTENCES.keys())
def test_first_sentences(text: str, expected: str) -> None:
    assert first_sentences(text) == expected


def test_what_doesn_t_fit_is_left_out() -> None:
    assert first_sentences("One two. Three four.", 10) == "One two."
    assert first_sentences("One two three, four five", 15) == "One two three …"
    assert first_sentences("One two three", 10) == "One two …"
    assert first_sentences("x" * 20, 10) == "x" * 10 + " …"


@examples
@given(st.text(alphabet='ab. AB?"“”…,', max_size=60).map(str.strip), st.integers(5, 40))
def test_sentences_are_the_text_s_beginning(text: str, limit: int) -> None:
    found = first_sentences(text, limit)
    assert len(found) <= limit + 2
    assert text.startswith(found.removesuffix("…").rstrip())
