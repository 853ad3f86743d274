"""`digest schema`: what front matter may hold, as JSON Schema (draft 2020-12)."""

from __future__ import annotations

from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from compliance_digest.notes.fields import NoteFields

_NOTHING = {"type": "null"}
_ABOUT = ("description", "examples")


class _Untitled(GenerateJsonSchema):
    """Gives fields no titles: they would only repeat the names."""

    def field_title_should_be_set(self, schema: object) -> bool:  # noqa: ARG002
        return False


def front_matter_schema() -> dict[str, Any]:
    """Return the schema of a note's front matter, made from the model that notes are checked by.

    A field without a value counts as left out, so each that is optional may be null.
    """
    schema = NoteFields.model_json_schema(schema_generator=_Untitled)
    schema["title"] = "Front matter of a note"
    schema["properties"] = {
        name: field if name in schema["required"] else _or_nothing(field)
        for name, field in schema["properties"].items()
    }
    return {"$schema": GenerateJsonSchema.schema_dialect, **schema}


def _or_nothing(field: dict[str, Any]) -> dict[str, Any]:
    form = {name: value for name, value in field.items() if name not in (*_ABOUT, "default")}
    forms = form["anyOf"] if form.keys() == {"anyOf"} else [form]
    about = {name: field[name] for name in _ABOUT if name in field}
    return about | {"anyOf": [*(each for each in forms if each != _NOTHING), _NOTHING]}
