"""The schema and the model say the same of front matter."""

from __future__ import annotations

from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from compliance_digest.desk.schema import front_matter_schema
from compliance_digest.notes import front_matter
from compliance_digest.notes.fields import NoteFields
from tests.notes.helpers import REAL_NOTES, note_with
from tests.notes.test_fields import REFUSED, TAGS, TAKEN

SCHEMA = front_matter_schema()
VALIDATOR = Draft202012Validator(SCHEMA, format_checker=FormatChecker())

BEYOND_JSON_SCHEMA = {
    "date, first year",
    "date, last year",
    "fine, cents of yen",
    "fine, no such currency",
    "fine, nothing",
    "link, bad port",
    "tag without letters",
    "tag without letters, in text",
}
"""What is refused for what it means, not for its form."""


def values(text: str) -> dict[str, Any]:
    return dict(front_matter.split(text).values)


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_it_holds_every_field_with_a_description() -> None:
    assert list(SCHEMA["properties"]) == list(NoteFields.model_fields)
    assert SCHEMA["required"] == ["title", "date"]
    assert all(field["description"] for field in SCHEMA["properties"].values())


def test_the_examples_it_gives_are_right() -> None:
    for name, field in SCHEMA["properties"].items():
        for example in field.get("examples", []):
            VALIDATOR.validate({"title": "T", "date": "2024-09-30", name: example})


def test_real_notes_fit() -> None:
    for file in REAL_NOTES:
        VALIDATOR.validate(values(file.read_text("utf-8")))


@pytest.mark.parametrize("lines", [*(lines for lines, _, _ in TAKEN.values()), *(lines for lines, _ in TAGS.values())])
def test_what_the_model_takes_fits(lines: str) -> None:
    VALIDATOR.validate(values(note_with(lines)))


@pytest.mark.parametrize("name", sorted(REFUSED.keys() - BEYOND_JSON_SCHEMA))
def test_what_the_model_refuses_doesn_t_fit(name: str) -> None:
    assert not VALIDATOR.is_valid(values(note_with(REFUSED[name][0])))


@pytest.mark.parametrize("name", sorted(BEYOND_JSON_SCHEMA))
def test_what_a_schema_can_t_say(name: str) -> None:
    assert VALIDATOR.is_valid(values(note_with(REFUSED[name][0])))


def test_a_field_that_isn_t_known_doesn_t_fit() -> None:
    (error,) = VALIDATOR.iter_errors({"title": "T", "date": "2024-09-30", "titel": "T"})
    assert "titel" in error.message
