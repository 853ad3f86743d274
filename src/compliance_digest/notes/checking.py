"""Front matter against the model of a note's fields: what is wrong, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ValidationError

from compliance_digest.notes.fields import NoteFields, SourceFields, UpdateFields
from compliance_digest.notes.front_matter import Fault
from compliance_digest.problems import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pydantic_core import ErrorDetails

    from compliance_digest.notes.front_matter import FrontMatter, Path, Place

_MISSING = {"title": "add a line 'title: …'", "date": "add a line such as 'date: 2024-09-30'"}


def checked(matter: FrontMatter) -> tuple[NoteFields | None, list[Fault]]:
    """Return the fields of a note and all that is wrong with them; None for the fields where that is an error.

    A field that isn't known is a warning, and passed over. What is wrong already by `matter.faults` isn't said again.
    """
    values: dict[str, Any] = {name: value for name, value in matter.values.items() if value is not None}
    try:
        return NoteFields.model_validate(values), []
    except ValidationError as error:
        details = error.errors(include_url=False, include_context=True)
    known_faults = {fault.place for fault in matter.faults}
    faults = [_fault(detail, matter) for detail in details]
    faults = [fault for fault in faults if fault.warning or fault.place not in known_faults]
    if any(detail["type"] != "extra_forbidden" for detail in details):
        return None, faults
    return NoteFields.model_validate(_without(values, [detail["loc"] for detail in details])), faults


def _fault(detail: ErrorDetails, matter: FrontMatter) -> Fault:
    way = detail["loc"]
    field = ".".join(str(part) for part in way if isinstance(part, str))
    place = place_of(way, matter)
    if detail["type"] == "extra_forbidden":
        known = _known_fields(way)
        hint = did_you_mean(str(way[-1]), known) or f"the known fields are {', '.join(known)}"
        message = f"{field}: this field is not known and was passed over"
        return Fault(matter.places.get(way, place), "unknown-field", message, hint, warning=True)
    if detail["type"] == "missing":
        return Fault(place, "missing-field", f"{field}: this field is required", _MISSING.get(field, "add it"))
    context = detail.get("ctx", {})
    message = f"{field}: {context.get('message', detail['msg'])}"
    return Fault(place, context.get("code", "bad-value"), message, context.get("hint", ""))


def place_of(way: Path, matter: FrontMatter) -> Place:
    """Return where the value at the end of `way` stands, or else what holds it; (1, 1) for a field that isn't there."""
    for end in range(len(way), 0, -1):
        for part in ((*way[:end], ""), way[:end]):
            if part in matter.places:
                return matter.places[part]
    return (1, 1)


def _known_fields(way: Path) -> list[str]:
    nested: dict[object, type[BaseModel]] = {"links": SourceFields, "updates": UpdateFields}
    return list((nested[way[0]] if len(way) > 1 else NoteFields).model_fields)


def _without(values: dict[str, Any], ways: Iterable[Path]) -> dict[str, Any]:
    """Return `values` without what the ways lead to."""
    for *way, last in ways:
        holder: Any = values
        for part in way:
            holder = holder[part]
        del holder[last]
    return values
