from __future__ import annotations

from datetime import date, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from compliance_digest.desk.note_text import note_text
from compliance_digest.notes import front_matter
from compliance_digest.notes.fields import NoteFields
from compliance_digest.text import clean
from tests.notes.helpers import examples

texts = st.text(min_size=1).map(clean).filter(str.strip) | st.sampled_from(
    ["no", "12:30", "Fine #2", "a: b", "- a", "&a", "*a", "!a", "2024-09-30", "~", "'", '"', "\u2028a", "é"]
)
days = st.dates(date(1900, 1, 1), date(2100, 1, 1))
moments = st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1))  # noqa: DTZ001 (some notes have no time zone)
links = st.fixed_dictionaries({"url": st.just("https://x.org/?a=b#c")}, optional={"title": texts})
FIELDS = st.fixed_dictionaries(
    {"title": texts, "date": days | moments},
    optional={
        "tags": st.lists(st.sampled_from(["a, b", "no", "12:30", "é-à", "2024"])),
        "links": st.lists(links),
        "organisation": st.lists(texts),
        "fine": st.lists(st.sampled_from(["5 EUR", "1234.50 USD", "€800,000"])),
        "articles": st.lists(texts),
        "case": texts,
        "updates": st.lists(st.fixed_dictionaries({"date": days, "note": texts})),
        "draft": st.booleans(),
    },
)


@examples
@given(FIELDS)
def test_what_is_written_is_read_back_the_same(values: dict[str, Any]) -> None:
    fields = NoteFields.model_validate(values)
    matter = front_matter.split(note_text(fields, ["fine", "status"]))
    assert matter.faults == []
    assert NoteFields.model_validate(matter.values) == fields


def test_one_of_what_may_be_several_is_written_without_a_list() -> None:
    values = {"title": "T", "date": "2024-09-30", "fine": "5 EUR", "organisation": "ACME", "links": ["https://x.org/"]}
    assert note_text(NoteFields.model_validate(values)) == (
        "---\ntitle: T\ndate: 2024-09-30\nlinks:\n  - https://x.org/\norganisation: ACME\nfine: 5 EUR\n---\n\n"
    )
