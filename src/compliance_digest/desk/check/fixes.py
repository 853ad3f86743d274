"""Which changes to notes are certain: tags written as they are declared, and fields in their order."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from compliance_digest.notes.fields import NoteFields
from compliance_digest.text import tag_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from compliance_digest.desk.check.subject import Subject
    from compliance_digest.notes.front_matter import Value

FIELDS = tuple(NoteFields.model_fields)
"""The fields of a note in their documented order."""


class Fix(NamedTuple):
    """In a field of the front matter of the note at `path`, `new` is to stand wherever `old` is the whole value."""

    path: str
    field: str
    old: str
    new: str


def out_of_order(lines: Mapping[str, int]) -> bool:
    """Return whether fields, on these lines, stand in another order than the documented one.

    Those that are not known have no order. Where several are on one line, nothing can be moved.
    """
    known = [FIELDS.index(name) for name in sorted(lines, key=lines.__getitem__) if name in FIELDS]
    return len(set(lines.values())) == len(lines) and known != sorted(known)


def tag_fixes(subject: Subject) -> Iterator[Fix]:
    """Yield what gives the tags in notes' front matter the spelling that `digest.toml` has."""
    spelling = {tag.key: tag.written for tag in subject.declared}
    for note in subject.notes:
        if any(tag.written != spelling.get(tag.key, tag.written) for tag in note.tags):
            tags = subject.places.values(note).get("tags")
            for old in _texts(tags):
                new = _spelt(old, spelling, listed=isinstance(tags, str))
                if new != old:
                    yield Fix(note.path, "tags", old, new)


def _texts(tags: Value) -> list[str]:
    """Return the texts that a note's tags are written as: one for each, or one for all."""
    values = tags if isinstance(tags, list) else [tags]
    return list(dict.fromkeys(value for value in values if isinstance(value, str)))


def _spelt(text: str, spelling: Mapping[str, str], *, listed: bool) -> str:
    """Return a tag, or several with commas between them, in the spelling for their keys; all else stays as it is."""
    parts = text.split(",") if listed else [text]
    names = [part.strip().removeprefix("#") for part in parts]
    changed = [
        part.replace(name, spelling.get(tag_key(name), name)) if name else part
        for part, name in zip(parts, names, strict=True)
    ]
    return ",".join(changed)
