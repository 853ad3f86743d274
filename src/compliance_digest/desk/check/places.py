"""Where things stand in the files of notes: looked up only once there is something to tell of them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from compliance_digest.notes import front_matter
from compliance_digest.notes.checking import place_of
from compliance_digest.text import decoded

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from compliance_digest.notes.front_matter import FrontMatter, Place, Value
    from compliance_digest.notes.note import Note, Tag


class Places:
    """The files of a project's notes. One that changed since it was read, or is gone, has places without columns."""

    def __init__(self, project: Path) -> None:
        self._project = project
        self._file = lru_cache(maxsize=64)(self._read)

    def of(self, note: Note, *way: str | int) -> Place:
        """Return line and column of the value in the front matter that a way such as `("links", 0)` leads to."""
        _, matter = self._file(note.file)
        return place_of(way, matter) if matter else (note.lines.get(str(way[0]), 1), 0)

    def values(self, note: Note) -> Mapping[str, Value]:
        """Return the values of a note's front matter as its file has them; none where it can't be read any more."""
        _, matter = self._file(note.file)
        return matter.values if matter else {}

    def of_tag(self, note: Note, tag: Tag) -> Place:
        """Return line and column of a tag, in the front matter or in the text."""
        lines, _ = self._file(note.file)
        line = lines[tag.line - 1] if tag.line <= len(lines) else ""
        match = re.search(rf"(?<!\w)#?{re.escape(tag.written)}(?!\w)", line)
        return tag.line, match.start() + 1 if match else 0

    def in_text(self, note: Note, written: str) -> Place:
        """Return line and column of the first place in a note's text where something is written; (0, 0) for none."""
        lines, matter = self._file(note.file)
        for number, line in enumerate(lines, 1):
            if matter and number >= matter.body_line and written in line:
                return number, line.index(written) + 1
        return 0, 0

    def _read(self, file: str) -> tuple[list[str], FrontMatter | None]:
        """Return the lines of a note's file, and its front matter."""
        try:
            text = decoded((self._project / file).read_bytes())
            return text.split("\n"), front_matter.split(text)
        except (OSError, UnicodeDecodeError, front_matter.Unreadable):
            return [], None
