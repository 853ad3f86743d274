"""Links from note to note: their targets are known once all notes are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from msgspec.structs import replace

from compliance_digest.notes.note import Text
from compliance_digest.problems import Problem, did_you_mean
from compliance_digest.text import ROOT, WIKILINK, folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

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

    def __init__(self, notes: Sequence[Note], withheld: Iterable[Withheld]) -> None:
        self._notes = notes
        self._withheld = withheld

    @cached_property
    def _by_path(self) -> dict[str, Note]:
        return {path: note for note in self._notes for path in (note.path, note.path.rpartition(".")[0])}

    @cached_property
    def _named(self) -> dict[str, dict[str, Note]]:
        named: dict[str, dict[str, Note]] = {}
        for note in self._notes:
            for name in (*_names(note.path), folded(note.title)):
                named.setdefault(name, {})[note.path] = note
        return named

    @cached_property
    def _reasons(self) -> dict[str, str]:
        return {name: each.reason for each in self._withheld for name in (*_names(each.path), folded(each.title or ""))}

    def resolve(self, note: Note, problems: list[Problem]) -> tuple[str, ...]:
        """Return the addresses of a note's links to other notes; add a problem for each link that leads to none."""
        return tuple([self._address(note, link, problems) for link in note.wikilinks])

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
            near = did_you_mean(link.target, self._by_path if link.is_path else self._named)
            message, hint = f"{written} leads to no note", near or "write the other note's file name, or its title"
        problems.append(Problem(note.file, link.line, 0, "error", "broken-wikilink", message, hint))
        return ""


def linked(text: Text, targets: Sequence[str]) -> Text:
    """Return a text with these addresses in the place of its links to other notes."""

    def made(html: str) -> str:
        return _PLACEHOLDER.sub(lambda match: ROOT + targets[int(match[1])], html)

    return Text(made(text.html), tuple(replace(passage, html=made(passage.html)) for passage in text.passages))


def _names(path: str) -> set[str]:
    pure = PurePosixPath(path)
    return {folded(name) for name in (path, str(pure.with_suffix("")), pure.name, pure.stem)}
