"""The rule on notes that are tagged as fines and say no amount."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance_digest.desk.check.amounts import amounts_in_address, amounts_in_title
from compliance_digest.desk.check.subject import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compliance_digest.desk.check.subject import Subject
    from compliance_digest.notes.note import Fine, Note

FINE = "fine"


def fine_without_amount(subject: Subject) -> Iterator[Finding]:
    """Find the tag `fine` where the field `fine` lacks. What title and links mention is told, and filled in nowhere."""
    for note in subject.notes:
        for tag in note.tags if not note.fines else ():
            if tag.key == FINE:
                message = "the note is tagged 'fine' and says no amount"
                yield Finding(note.file, subject.places.of_tag(note, tag), message, _hint(note))


def _hint(note: Note) -> str:
    mentions = _mentions(note)
    if not mentions:
        return "add it, such as 'fine: 800000 EUR'; where the source gives none, take the tag out"
    return "; ".join(
        f"{where} has '{written}': if that is the fine, write 'fine: {fine.amount} {fine.currency}'"
        for fine, (where, written) in mentions.items()
    )


def _mentions(note: Note) -> dict[Fine, tuple[str, str]]:
    """Return the sums that a note's title and links mention: where each is first found, and as what."""
    titles = [("the title", note.title), *(("a link's title", source.title or "") for source in note.sources)]
    found = [(where, mention) for where, title in titles for mention in amounts_in_title(title)]
    found += [("the link", mention) for source in note.sources for mention in amounts_in_address(source.url)]
    mentions: dict[Fine, tuple[str, str]] = {}
    for where, (written, fine) in found:
        mentions.setdefault(fine, (where, written))
    return mentions
