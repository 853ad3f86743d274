"""All notes of a project: those that have changed are read, the others come out of the cache."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from compliance_digest.notes.attachments import attachment_problems
from compliance_digest.notes.finding import FOLDER
from compliance_digest.notes.note import Note, Reading, Text
from compliance_digest.parallel import mapped
from compliance_digest.problems import Problem
from compliance_digest.signature import is_settled, sha256_of, signature

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from compliance_digest.notes.cache import Cache
    from compliance_digest.settings import Site

    Progress = Callable[[int, int], None]

CHUNK = 20
"""How many notes a process reads at a time."""


@dataclass(frozen=True, slots=True)
class _Read:
    """A reading and its text, encoded for the cache where there are no errors, and the SHA-256 of what was read."""

    reading: Reading
    sha256: str
    encoded: tuple[bytes, bytes] | None


@dataclass(frozen=True, slots=True)
class Library:
    """The notes below a folder; `site` holds the settings that reading depends on."""

    content: Path
    site: Site
    cache: Cache

    def read(
        self, found: Mapping[str, os.stat_result | None], jobs: int, progress: Progress | None = None
    ) -> list[Reading]:
        """Return the readings of the notes that were found, in their order.

        Those that the cache lacks are read in up to `jobs` processes and put there; `progress` is told how many of
        how many of them are read. Raises CacheDamaged.
        """
        shas = self._digests(found)
        kept = self.cache.readings(Reading)
        keys = {path: self._key(path, sha256) for path, sha256 in shas.items()}
        readings = {path: kept[key] for path, key in keys.items() if key in kept}
        lacking = [path for path in found if path not in readings]
        for read in self._read(lacking, jobs, progress):
            path = read.reading.path
            readings[path] = read.reading
            keys[path] = self._key(path, read.sha256)
        self.cache.prune_readings({keys[path] for path in found if path in keys})
        return [self._with_attachments(readings[path]) for path in found]

    def text(self, note: Note) -> Text:
        """Return a note's text. Raises CacheDamaged."""
        return self.cache.text(self._key(note.path, note.digest), Text)

    def _key(self, path: str, sha256: str) -> str:
        whole = f"{sha256} {self.site.timezone.key} {self.site.id} {path}"
        return hashlib.sha256(whole.encode()).hexdigest()

    def _digests(self, found: Mapping[str, os.stat_result | None]) -> dict[str, str]:
        """Return the SHA-256 of each file, read again only where it may have changed; none of those that can't be."""
        known = self.cache.files()
        digests: dict[str, str] = {}
        seen: dict[str, tuple[str, str]] = {}
        for path, stat in found.items():
            if stat is None:  # told when the note is read, as is what can't be
                continue
            mark = signature(stat)
            was, sha256 = known.get(path, ("", ""))
            if mark != was:
                try:
                    sha256 = sha256_of(self.content / path) or ""
                except OSError:
                    continue
                if is_settled(stat):
                    seen[path] = mark, sha256
            digests[path] = sha256
        self.cache.keep_files(seen, known.keys() - found.keys())
        return digests

    def _read(self, paths: list[str], jobs: int, progress: Progress | None) -> Iterator[_Read]:
        chunks = [paths[start : start + CHUNK] for start in range(0, len(paths), CHUNK)]
        done = 0
        for reads in mapped(partial(_read_chunk, self.content, self.site), chunks, jobs):
            rows = [(self._key(read.reading.path, read.sha256), *read.encoded) for read in reads if read.encoded]
            self.cache.keep_readings(rows)
            yield from reads
            done += len(reads)
            if progress:
                progress(done, len(paths))

    def _with_attachments(self, reading: Reading) -> Reading:
        """Return a reading with what is wrong with the files that its note refers to: they may come and go."""
        if not reading.attachments:
            return reading
        problems = [
            Problem(f"{FOLDER}/{reading.path}", line, 0, "error", code, message, hint)
            for line, code, message, hint in attachment_problems(reading.attachments, self.content)
        ]
        note = None if problems else reading.note
        return replace(reading, note=note, problems=(*reading.problems, *problems))


def _read_chunk(content: Path, site: Site, paths: list[str]) -> list[_Read]:
    return [_read_file(content, site, path) for path in paths]


def _read_file(content: Path, site: Site, path: str) -> _Read:
    from compliance_digest.notes.reading import Context, read_note  # noqa: PLC0415 (late: often, nothing is read)

    try:
        data = (content / path).read_bytes()
    except OSError as error:
        message = f"the file can't be read: {error.strerror}"
        hint = "see that it is there, and that you may read it"
        problem = Problem(f"{FOLDER}/{path}", 0, 0, "error", "unreadable", message, hint)
        return _Read(Reading(path, None, None, (), (problem,)), "", None)
    reading, text = read_note(path, data, Context(site.timezone, site.id))
    encode = msgspec.msgpack.encode
    return _Read(reading, hashlib.sha256(data).hexdigest(), (encode(reading), encode(text)) if text else None)
