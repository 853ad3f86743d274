"""Links from note to note: their targets are known once all notes are."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from compliance_digest.problems import Problem, did_you_mean
from compliance_digest.text import ROOT, WIKILINK, folded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from compliance_digest.notes.note import Note, Wikilink

_PLACEHOLDER = re.compile(rf"{WIKILINK}(\d+);")


@dataclass(frozen=True, slots=True)
class Withheld:
    """A note that is not published: why, in words; empty where that is told elsewhere."""

    path: str
    title: str | None
    reason: str


class Wikilinks:
    """Finds notes by path, by file name and by title; `withheld` are those that a link can't lead to."""

    def __init__(self, notes: Iterable[Note], withheld: Iterable[Withheld]) -> None:
        self._named: dict[str, dict[str, Note]] = {}
        self._by_path: dict[str, Note] = {}
        for note in notes:
            self._by_path[note.path] = self._by_path[str(PurePosixPath(note.path).with_suffix(""))] = note
            for name in (*_names(note.path), folded(note.title)):
                self._named.setdefault(name, {})[note.path] = note
        self._reasons = {
            name: each.reason for each in withheld for name in (*_names(each.path), folded(each.title or ""))
        }

    def resolve(self, note: Note, problems: list[Problem]) -> Note:
        """Return the note with its links to other notes made; add a problem for each that leads to none."""
        links = note.body.wikilinks
        if not links:
            return note
        addresses = [self._address(note, link, problems) for link in links]

        def made(html: str) -> str:
            return _PLACEHOLDER.sub(lambda match: ROOT + addresses[int(match[1])], html)

        passages = tuple(replace(passage, html=made(passage.html)) for passage in note.body.passages)
        return replace(note, body=replace(note.body, html=made(note.body.html), passages=passages))

    def _address(self, note: Note, link: Wikilink, problems: list[Problem]) -> str:
        if exact := self._by_path.get(link.target):
            return exact.address
        name = folded(link.target)
        written = f"'{link.target}'" if link.is_path else f"[[{link.target}]]"
        found = [] if link.is_path else list(self._named.get(name, {}).values())
        if len(found) == 1:
            return found[0].address
        reason = self._reasons.get(name)
        if reason == "":
            return ""
        if found:
            paths = ", ".join(sorted(other.path for other in found))
            message, hint = f"{written} could be any of {paths}", "write the path of the one that is meant"
        elif reason:
            message, hint = f"{written} leads to a note that is not published: {reason}", "take the link out"
        else:
            message, hint = (
                f"{written} leads to no note",
                did_you_mean(link.target, self._by_path if link.is_path else self._named),
            )
        problems.append(Problem(note.file, link.line, 0, "error", "broken-wikilink", message, hint))
        return ""


def _names(path: str) -> set[str]:
    pure = PurePosixPath(path)
    return {folded(name) for name in (path, str(pure.with_suffix("")), pure.name, pure.stem)}
