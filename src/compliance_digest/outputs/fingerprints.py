"""What artifacts depend on, as fingerprints: of entries, of groups, and of the whole archive.

An artifact is made again when a fingerprint among its inputs is another one. So a fingerprint must stand for all that
is taken from an entry or a group where it is used, and should stand for little more.
"""

from __future__ import annotations

import hashlib
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from compliance_digest.archive.archive import Archive, Entry, Group, Kind

_NAMED: tuple[Kind, ...] = ("tag", "authority", "organisation", "article")
"""The kinds of groups whose labels and addresses are found by how all notes write them."""


class Fingerprints:
    """The fingerprints of an archive, each made once."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._named = {
            kind: {key: f"{group.label}\0{group.address}" for key, group in archive.groups[kind].items()}
            for kind in _NAMED
        }
        self._facts = {entry: self._facts_of(entry) for entry in archive.entries}
        self._fines = {entry: _fines_of(entry) for entry in archive.entries}
        self._texts = {entry: self._text_of(entry) for entry in archive.entries}
        self._quoted = {entry: self._quoted_of(entry) for entry in archive.entries}

    def shown(self, entries: Iterable[Entry]) -> list[str]:
        """Return those of all that can be shown of entries but their texts: their facts, and their groups."""
        facts = self._facts
        return [facts[entry] for entry in entries]

    def quoted(self, entries: Iterable[Entry]) -> list[str]:
        """Return those of all that can be shown of entries, and of their passages, and of where links in them lead."""
        quoted = self._quoted
        return [quoted[entry] for entry in entries]

    def text(self, entry: Entry) -> str:
        """Return that of an entry's text: its file's, and where its links to other notes lead."""
        return self._texts[entry]

    def sums(self, entries: Iterable[Entry]) -> str:
        """Return that of what sums of entries take from them: how many they are, their fines, and how these stand."""
        fines = self._fines
        return digest_of([fines[entry] for entry in entries])

    def group(self, group: Group) -> str:
        """Return that of a group's line in an index: what it is called, and how many entries it has."""
        authority = _authority_of(group.entries[0]) if group.kind == "authority" else ""
        return f"{group.key}\0{group.label}\0{len(group.entries)}\0{group.address}\0{authority}"

    def index(self, *kinds: Kind) -> str:
        """Return that of the indexes of these kinds."""
        return digest_of([self.group(group) for kind in kinds for group in self._archive.of_kind(kind)])

    @cached_property
    def all_shown(self) -> str:
        """That of all that can be shown of all entries but their texts."""
        return digest_of(self._facts.values())

    @cached_property
    def all_quoted(self) -> str:
        """That of all that can be shown of all entries, and of their passages."""
        return digest_of(self._quoted.values())

    @cached_property
    def everything(self) -> str:
        """That of all entries with their texts."""
        return digest_of([self.all_shown, *self._texts.values()])

    def _facts_of(self, entry: Entry) -> str:
        keys, path = self._archive.keys, entry.note.path
        named = [groups[key] for kind, groups in self._named.items() for key in keys[kind].get(path, ())]
        return digest_of([entry.note.shown, _authority_of(entry), entry.country or "", *named])

    def _text_of(self, entry: Entry) -> str:
        return f"{entry.note.path} {entry.note.digest} {' '.join(entry.targets)}"

    def _quoted_of(self, entry: Entry) -> str:
        return f"{self._facts[entry]} {entry.note.quoted} {' '.join(entry.targets)}"


def _authority_of(entry: Entry) -> str:
    return entry.authority.described if entry.authority else ""


def _fines_of(entry: Entry) -> str:
    note = entry.note
    return f"{note.fines} {note.outcome} {note.status}" if note.fines else ""


def digest_of(parts: Iterable[str]) -> str:
    """Return the SHA-256 of texts, in hexadecimal digits."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
