"""What the rules of `digest check` look at, and what they say."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from compliance_digest.archive.authorities import Authorities

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from compliance_digest.archive.archive import Archive
    from compliance_digest.desk.check.places import Places
    from compliance_digest.notes.front_matter import Place
    from compliance_digest.notes.note import Note
    from compliance_digest.settings import Settings
    from compliance_digest.settings_file import DeclaredTag


class Finding(NamedTuple):
    """Something doubtful: the file inside the project, line and column there, what it is, and what to do about it."""

    file: str
    place: Place
    message: str
    hint: str


@dataclass(frozen=True)
class Subject:
    """A project's notes without errors, drafts and those dated after `day` among them, and what was set for them.

    `declared` are the tags that `digest.toml` has tables for.
    """

    archive: Archive
    settings: Settings
    declared: Iterable[DeclaredTag]
    day: date
    places: Places

    @cached_property
    def notes(self) -> list[Note]:
        """The notes, the oldest first."""
        notes = (entry.note for entry in self.archive.entries)
        return sorted(notes, key=lambda note: (note.date, note.path))

    @cached_property
    def authorities(self) -> Authorities:
        """The authorities that are known."""
        return Authorities.of(self.settings.authorities)
