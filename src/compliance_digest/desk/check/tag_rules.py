"""The rules on tags."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance_digest.desk.check.similar import similar
from compliance_digest.desk.check.subject import Finding
from compliance_digest.settings_file import FILE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compliance_digest.desk.check.subject import Subject


def similar_tags(subject: Subject) -> Iterator[Finding]:
    """Find tags that are nearly alike, unless both are declared; each pair once, where the rarer one is first used."""
    used = {key: group.entries for key, group in subject.archive.groups["tag"].items()}
    declared = {tag.key for tag in subject.declared}
    for pair in similar({*used, *declared}):
        if declared.issuperset(pair):
            continue
        usual, rare = sorted(pair, key=lambda key: (key not in declared, -len(used.get(key, ())), key))
        note = min((entry.note for entry in used[rare]), key=lambda note: (note.date, note.path))
        tag = next(tag for tag in note.tags if tag.key == rare)
        counted = [f"'{key}' ({_notes(len(used.get(key, ())))})" for key in (rare, usual)]
        message = f"the tags {' and '.join(counted)} are nearly alike"
        hint = f"write one of them everywhere; if they are two, give both a table in {FILE}: [tags.{rare}]"
        yield Finding(note.file, subject.places.of_tag(note, tag), message, hint)


def _notes(number: int) -> str:
    return f"{number} note{'' if number == 1 else 's'}"


def unused_tag(subject: Subject) -> Iterator[Finding]:
    """Find tags with a table in `digest.toml` that no note has."""
    for tag in subject.declared:
        if tag.key not in subject.archive.groups["tag"]:
            message = f"tags.{tag.written}: no note has this tag"
            yield Finding(FILE, (tag.line, tag.column), message, "take the table out, or use the tag")


def untagged_text(subject: Subject) -> Iterator[Finding]:
    """Find notes none of whose passages has a hashtag; drafts are not finished, and may wait for theirs."""
    for note in subject.notes:
        if not note.extents and not note.draft:
            example = next((tag.key for tag in note.tags), "cookies")
            message = "no passage of the text has a hashtag, so tag pages quote nothing of it"
            hint = f"put one, such as #{example}, at the end of each paragraph or list item that is about it"
            yield Finding(note.file, (1, 0), message, hint)
