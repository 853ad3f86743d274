"""`digest new`: a note from what is known of an action."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from pydantic import ValidationError

from compliance_digest.archive.authorities import Ambiguous, Authorities
from compliance_digest.desk.names import short_slug
from compliance_digest.desk.note_text import note_text
from compliance_digest.notes.fields import NoteFields
from compliance_digest.notes.finding import FOLDER, find_notes
from compliance_digest.notes.note import Source
from compliance_digest.notes.reading import moment
from compliance_digest.problems import Problem, SettingsInvalid
from compliance_digest.settings_file import load_settings
from compliance_digest.text import clean
from compliance_digest.unchanged import today

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pydantic_core import ErrorDetails

    from compliance_digest.archive.authorities import Authority

OPTIONS = {"title": "TITLE", "links": "--link", "tags": "--tag", "articles": "--article"}
"""What a field is called on the command line, where that isn't `--` and its name."""

HINTS = "tags links authority country organisation fine outcome articles status case summary".split()
"""The fields that a new note tells of where it lacks them."""

NOTHING = "no note was made"
"""How it ends where something is wrong."""


@dataclass(frozen=True, slots=True)
class NewNote:
    """A note that was made: its file, its fields, what was filled in and why, and what may be wrong with it."""

    file: Path
    fields: NoteFields
    remarks: tuple[str, ...]
    problems: tuple[Problem, ...]


def new_note(project: Path, asked: Mapping[str, object], *, hints: bool = True) -> NewNote:
    """Write a note with these fields, by their names in front matter, into the project in this folder.

    Its date is today in the site's time zone unless one is asked for. Its file is named by the date and the slug, or by
    the title. Authority and country are filled in where the first link leads to a known authority's site. With `hints`,
    comments tell of the fields it lacks.
    Raises SettingsInvalid, before anything is written, with all that is wrong with what is asked for, or where there is
    a note of that name.
    """
    settings, problems = load_settings(project)
    timezone = settings.site.timezone
    fields = _validated({"date": today(timezone), **asked})
    fields, remarks, doubts = _with_authority(fields, Authorities.of(settings.authorities))
    day = moment(fields.date, timezone).date()
    if day > today(timezone):
        remarks = (f"date {day}, which is in the future: until then, digest build leaves the note out", *remarks)
    if "date" not in asked:
        remarks = (f"date {fields.date}, which is today; correct it if the action is older", *remarks)
    stem = f"{day}-{_name(fields)}"
    _refuse_another(project / FOLDER, stem)
    lacking = [name for name in HINTS if hints and getattr(fields, name) in (None, [])]
    file = project / FOLDER / f"{stem}.md"
    file.parent.mkdir(exist_ok=True)
    with file.open("x", encoding="utf-8", newline="\n") as new:
        new.write(note_text(fields.model_copy(update={"slug": None}), lacking))
    return NewNote(file, fields, remarks, (*problems, *doubts))


def _validated(asked: Mapping[str, object]) -> NoteFields:
    if unreadable := [_not_utf_8(field) for field, value in asked.items() if not _is_utf_8(value)]:
        raise SettingsInvalid(NOTHING, unreadable)
    try:
        return NoteFields.model_validate({name: _clean(value) for name, value in asked.items()})
    except ValidationError as error:
        details = error.errors(include_url=False, include_context=True)
    raise SettingsInvalid(NOTHING, [_problem(detail) for detail in details])


def _is_utf_8(value: object) -> bool:
    texts = value if isinstance(value, list) else [value]
    return not any(re.search(r"[\ud800-\udfff]", str(text)) for text in texts)


def _not_utf_8(field: str) -> Problem:
    hint = "set the terminal to UTF-8, or write it into the note yourself"
    return Problem(_option(field), 0, 0, "error", "not-utf-8", "what is given here is not UTF-8", hint)


def _option(field: str) -> str:
    return OPTIONS.get(field, f"--{field}")


def _problem(detail: ErrorDetails) -> Problem:
    field = str(detail["loc"][0])
    if detail["type"] == "missing":
        hint = "write it after the command, in quotes, or take it from a page with --from"
        return Problem(_option(field), 0, 0, "error", "missing-field", "a note needs a title", hint)
    told = detail.get("ctx", {})
    code, message = told.get("code", "bad-value"), told.get("message", detail["msg"])
    return Problem(_option(field), 0, 0, "error", code, message, told.get("hint", ""))


def _clean(value: object) -> object:
    if isinstance(value, list):
        return [_clean(each) for each in value]
    return clean(value) if isinstance(value, str) else value


def _with_authority(
    fields: NoteFields, authorities: Authorities
) -> tuple[NoteFields, tuple[str, ...], tuple[Problem, ...]]:
    """Return the fields with authority and country where they are known, how they are, and what is doubtful."""
    doubts: tuple[Problem, ...] = ()
    update: dict[str, str] = {}
    remarks: list[str] = []
    authority: Authority | None
    if fields.authority:
        authority = _called(fields.authority, fields.country, authorities)
        if hint := authorities.meant(fields.authority):
            message = f"'{fields.authority}' is not a known authority, and is taken as it stands"
            doubts = (Problem("--authority", 0, 0, "warning", "unfamiliar-authority", message, hint),)
    else:
        host = Source(fields.links[0].url).host if fields.links else ""
        authority = authorities.by_host(host)
        if authority:
            update["authority"] = authority.id
            remarks.append(f"authority {authority.id}, since {host} is the site of {authority.name}")
    if authority and authority.country and not fields.country:
        update["country"] = authority.country
        remarks.append(f"country {authority.country}, the authority's")
    return fields.model_copy(update=update), tuple(remarks), doubts


def _called(name: str, country: str | None, authorities: Authorities) -> Authority:
    try:
        return authorities.by_name(name, country)
    except Ambiguous as error:
        hint = f"write one of {', '.join(error.candidates)}, or give --country"
    message = f"several authorities are called '{name}'"
    raise SettingsInvalid(NOTHING, [Problem("--authority", 0, 0, "error", "ambiguous-authority", message, hint)])


def _name(fields: NoteFields) -> str:
    name = fields.slug or short_slug(fields.title)
    if not name:
        message = f"'{fields.title}' has no letters or digits for the name of a file"
        hint = "give one with --slug"
        raise SettingsInvalid(NOTHING, [Problem("TITLE", 0, 0, "error", "no-slug", message, hint)])
    return name


def _refuse_another(content: Path, stem: str) -> None:
    """Refuse a note of a name that is there, in whatever folder: the feeds would know both by one id."""
    notes = find_notes(content)[0] if content.is_dir() else ()
    for path in notes:
        if PurePosixPath(path).stem.casefold() == stem.casefold():
            message, hint = "a note of this name is there already", "edit that, or choose another name with --slug"
            raise SettingsInvalid(NOTHING, [Problem(f"{FOLDER}/{path}", 0, 0, "error", "note-exists", message, hint)])
