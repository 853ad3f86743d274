"""The rules on single fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance_digest.desk.check.subject import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compliance_digest.desk.check.subject import Subject

LONGEST_TITLE = 120
"""Characters of a title that fit into a line of a list, a search result or a feed reader."""


def future_date(subject: Subject) -> Iterator[Finding]:
    """Find notes dated after today."""
    for note in subject.notes:
        if note.date > subject.day:
            message = f"date: {note.date} is in the future, and builds leave the note out until then"
            yield Finding(note.file, subject.places.of(note, "date"), message, "correct the date if it isn't meant")


def long_title(subject: Subject) -> Iterator[Finding]:
    """Find titles that are longer than lists can show."""
    for note in subject.notes:
        if len(note.title) > LONGEST_TITLE:
            message = f"title: {len(note.title)} characters are more than lists and search engines show of it"
            hint = f"say it in {LONGEST_TITLE}, and the rest in summary"
            yield Finding(note.file, subject.places.of(note, "title"), message, hint)
