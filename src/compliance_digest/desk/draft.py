"""An item becomes a note: a draft that says only what its source says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import ValidationError

from compliance_digest.desk.item import Item, Unfit
from compliance_digest.desk.note_text import note_text
from compliance_digest.desk.quoting import as_written, block_quote
from compliance_digest.notes.fields import NoteFields
from compliance_digest.notes.note import Source
from compliance_digest.notes.reading import Context, read_note

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compliance_digest.archive.authorities import Authorities

LONGEST_QUOTE = 4000
"""Characters of a source's own words that a draft quotes."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where items come from.

    `address` is that of the feed, or the path of the file, `name` what it is called in a draft. `authority` is the id
    of the one whose feed it is, where that is known. `hint` says what to do about an item that no draft can be made of.
    """

    address: str
    name: str
    hint: str
    authority: str | None = None


def draft_of(item: Item, origin: Origin, authorities: Authorities, context: Context) -> str:
    """Return the text of a draft of an item. Raises Unfit where no note can be made of it."""
    try:
        fields = NoteFields.model_validate(_fields(item, origin, authorities))
    except ValidationError as error:
        raise Unfit(_first(error)) from None
    text = f"{note_text(fields)}{block_quote(_words(item, origin))}\n"
    reading, _ = read_note(f"{item.date}-draft.md", text.encode(), context)
    wrong = [problem for problem in reading.problems if problem.severity == "error"]
    if wrong:
        message = f"a note of it would be wrong: {wrong[0].message}"
        raise Unfit(message)
    return text


def _fields(item: Item, origin: Origin, authorities: Authorities) -> dict[str, object]:
    told = {name: list(value) if isinstance(value, tuple) else value for name, value in item.fields.items()}
    fields: dict[str, object] = {**told, "title": item.title, "date": item.date, "links": [item.link], "draft": True}
    if "authority" in fields:
        return fields
    authority = authorities.by_host(Source(item.link).host)
    if authority is None and origin.authority:
        authority = authorities.by_name(origin.authority, None)
    if authority:
        fields["authority"] = authority.id
        if authority.country:
            fields.setdefault("country", authority.country)
    return fields


def _first(error: ValidationError) -> str:
    detail = error.errors(include_url=False)[0]
    message = detail.get("ctx", {}).get("message", detail["msg"])
    return f"{detail['loc'][0]}: {message}"


def _words(item: Item, origin: Origin) -> Iterator[str]:
    """Yield what a draft holds as paragraphs of Markdown: where the words are from, and the words."""
    dated = f"dated {item.stated}" if item.stated else f"dated {item.date}"
    if not item.summary:
        yield f"**From {as_written(origin.name)}, {as_written(dated)}, without a summary.**"
        return
    yield f"**Quoted from {as_written(origin.name)}, {as_written(dated)}; to be replaced by your own words:**"
    left = LONGEST_QUOTE
    for paragraph in item.summary:
        if len(paragraph) > left:
            yield f"{as_written(paragraph[:left].rstrip())} …"
            yield "**Cut here; the source has more.**"
            return
        left -= len(paragraph)
        yield as_written(paragraph)
