"""The rules on tags."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance_digest.desk.check.similar import similar
from compliance_digest.desk.check.subject import Finding
from compliance_digest.settings_file import FILE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compliance_digest.archive.archive import Group
    from compliance_digest.desk.check.subject import Subject


def similar_tags(subject: Subject) -> Iterator[Finding]:
    """Find tags that are written nearly alike, unless both are declared; each pair once, where the rarer one stands."""
    groups = subject.archive.groups["tag"]
    declared = {tag.key for tag in subject.declared}
    for pair in similar(groups):
        if declared.issuperset(pair):
            continue
        usual, rare = sorted((groups[key] for key in pair), key=lambda group: _rank(group, declared))
        note = min((entry.note for entry in rare.entries), key=lambda note: (note.date, note.path))
        tag = next(tag for tag in note.tags if tag.key == rare.key)
        message = f"the tags '{rare.key}' ({_notes(rare)}) and '{usual.key}' ({_notes(usual)}) are nearly alike"
        hint = f"write one of them everywhere; if they are two, give both a table in {FILE}: [tags.{rare.key}]"
        yield Finding(note.file, subject.places.of_tag(note, tag), message, hint)


def _rank(group: Group, declared: set[str]) -> tuple[bool, int, str]:
    return group.key not in declared, -len(group.entries), group.key


def _notes(group: Group) -> str:
    return f"{len(group.entries)} note{'' if len(group.entries) == 1 else 's'}"


def unused_tag(subject: Subject) -> Iterator[Finding]:
    """Find tags with a table in `digest.toml` that no note has."""
    for tag in subject.declared:
        if tag.key not in subject.archive.groups["tag"]:
            message = f"tags.{tag.written}: no note has this tag"
            yield Finding(FILE, (tag.line, tag.column), message, "take the table out, or look how notes write the tag")


def untagged_text(subject: Subject) -> Iterator[Finding]:
    """Find notes none of whose passages has a hashtag; drafts are not finished, and may wait for theirs."""
    for note in subject.notes:
        if not note.extents and not note.draft:
            example = next((tag.key for tag in note.tags), "cookies")
            message = "no passage of the text has a hashtag, so tag pages quote nothing of it"
            hint = f"put one, such as #{example}, at the end of each paragraph or list item that is about it"
            yield Finding(note.file, (1, 0), message, hint)
