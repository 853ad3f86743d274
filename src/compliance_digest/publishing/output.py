"""Artifacts and bundles become files: all of them, or the published site stays as it was."""

from __future__ import annotations

import hashlib
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from compliance_digest.outputs.artifact import Artifact, Bundle
from compliance_digest.parallel import SHARES_MEMORY, mapped
from compliance_digest.publishing import transaction
from compliance_digest.publishing.layout import Layout, check_paths
from compliance_digest.publishing.lock import held
from compliance_digest.publishing.manifest import Entry, Manifest
from compliance_digest.publishing.obstacles import refuse_obstacles
from compliance_digest.publishing.outdated import reason
from compliance_digest.publishing.place import resolved
from compliance_digest.publishing.refusal import refusing
from compliance_digest.publishing.store import packed, unpacked
from compliance_digest.signature import is_marked, mark_of, sha256_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from compliance_digest.notes.cache import Cache
    from compliance_digest.outputs.artifact import Planned
    from compliance_digest.report import Part

    Progress = Callable[[int, int], None]

CHUNK = 40
"""How many artifacts a process makes at a time."""

FEW = 10
"""How many artifacts are made by this process alone: it takes longer to start another one."""

BATCH = 100
"""How many artifacts that share work are made by one process at least; with two processes, one makes all of them."""


@dataclass(frozen=True, slots=True)
class Published:
    """What a publication did: how many files it wrote, found as they should be, and removed.

    `reasons` has the path of every artifact and bundle that was made, in the order given, and in words why. A file
    that was made and turned out to be on disk already counts as unchanged. `marks` tell all files of the site from
    files that were changed since (see `signature`).
    """

    written: int
    unchanged: int
    removed: int
    reasons: tuple[tuple[str, str], ...]
    marks: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Due:
    """What has to be made, why, and the SHA-256 of the files that are there now, by their paths."""

    planned: Planned
    reason: str
    found: Mapping[str, str | None]


@contextmanager
def locked(folder: Path, *, wait: float = 60) -> Iterator[Output]:
    """Hold the output folder during the block: no other build writes to it, and its site is a whole one.

    Makes the folder where it lacks, waits up to `wait` seconds for another build to end, then completes or
    rolls back what a killed build left. Raises OutputRefused if the other build doesn't end, if the file
    system fails, or if what a killed build left can't be trusted. It is for the caller to `check_place`
    first.
    """
    with refusing("can't write to the output folder"):
        layout = Layout(resolved(folder))
    with held(layout, wait):
        with refusing("can't clear up after a killed build"):
            transaction.recover(layout)
        yield Output(layout)


@dataclass(frozen=True, slots=True)
class Output:
    """An output folder that this process holds: got from `locked`, and good until its block ends."""

    layout: Layout

    def publish(
        self,
        artifacts: Iterable[Artifact],
        bundles: Iterable[Bundle] = (),
        *,
        jobs: int = 1,
        fresh: bool = False,
        part: Part = "all",
        marks: Mapping[str, str] | None = None,
        cache: Cache | None = None,
        progress: Progress | None = None,
    ) -> Published:
        """Make the site consist of `artifacts` and `bundles`, and return what that took.

        Only what is outdated is rendered, in up to `jobs` processes, unless `fresh`; `progress` is told now and then
        how many are rendered, and of how many. Of what isn't in the `part` that is asked for, nothing is made. `marks`
        are those that an earlier publication returned: a file that still has its own isn't read. What `cache` has is
        not rendered, and what is rendered is kept there. The outcome is the same, byte for byte, whatever was published
        before; but a bundle's files stay as they are as long as its inputs are the same.

        Either all is published or, with whatever exception, the site stays as it was and nothing is left
        behind; only the file system, or a kill, can stop it in between, and then the next `locked` does the
        rest. Only files that an earlier publication wrote are overwritten or removed: OutputRefused lists
        what is in the way. Raises OutputRefused as well where the file system fails, ValueError for paths
        that can't be in one site (a mistake in the program), and whatever `render` raises; its OSErrors
        become OutputRefused.
        """
        planned: tuple[Planned, ...] = (*artifacts, *bundles)
        check_paths([each.path for each in planned])
        with refusing("can't publish"):
            old = transaction.published(self.layout)
            sound = self._sound(old, marks or {})
            # Before rendering, so that it is told at once; `commit` looks again, since rendering takes its
            # time, and since only then a bundle's files are known.
            files = (each.path for each in planned if isinstance(each, Artifact) and each.path not in sound)
            refuse_obstacles(self.layout.folder, old.files, files)
            asked = [each for each in planned if part in ("all", "late" if each.late else "pages")]
            due = list(self._due(asked, old, sound, fresh=fresh))
            try:
                return self._publish(planned, old, due, sound, jobs, cache, progress)
            except BaseException:
                with suppress(OSError):  # the exception that brought us here says more
                    transaction.roll_back(self.layout)
                raise

    def _sound(self, old: Manifest, marks: Mapping[str, str]) -> dict[str, str]:
        """Return the marks of the files that are evidently as the manifest has them."""
        folder = str(self.layout.folder)
        known = ((path, marks[path]) for path in old.files if path in marks)
        return {path: mark for path, mark in known if is_marked(f"{folder}/{path}", mark)}

    def _due(
        self, planned: Iterable[Planned], old: Manifest, sound: Mapping[str, str], *, fresh: bool
    ) -> Iterator[_Due]:
        for each in planned:
            entries = _entries(each, old)
            found = {
                path: entry.sha256 if path in sound else sha256_of(self.layout.folder / path)
                for path, entry in entries.items()
            }
            if why := reason(each, entries, found, fresh=fresh):
                yield _Due(each, why, found)

    def _publish(
        self,
        planned: tuple[Planned, ...],
        old: Manifest,
        due: list[_Due],
        sound: dict[str, str],
        jobs: int,
        cache: Cache | None,
        progress: Progress | None,
    ) -> Published:
        made: dict[str, Mapping[str, Entry]] = {}
        chunks = list(_chunks(due, jobs))
        # By number, for what is planned can't be sent to another process, but is there from its beginning.
        numbers = range(len(chunks))
        processes = jobs if SHARES_MEMORY and len(due) > FEW else 1
        results = mapped(lambda number: self._make_all(chunks[number], cache), numbers, processes)
        for chunk, result in zip(chunks, results, strict=True):
            made.update(zip((each.planned.path for each in chunk), result, strict=True))
            if progress:
                progress(len(made), len(due))
        files: dict[str, Entry] = {}
        for one in planned:
            files.update(made[one.path] if one.path in made else _entries(one, old))
        staged = [
            path
            for each in due
            for path, entry in made[each.planned.path].items()
            if entry.sha256 != each.found.get(path)
        ]
        new = Manifest(files)
        removed = 0
        if staged or not self._is_recorded(new):
            removed = transaction.commit(self.layout, old, new, staged)
        for path in staged:
            sound.pop(path, None)
        folder = str(self.layout.folder)
        marks = {path: sound.get(path) or mark_of(f"{folder}/{path}", entry.sha256) for path, entry in files.items()}
        if cache:
            cache.prune_made({entry.fingerprint for entry in files.values()})
        reasons = tuple((each.planned.path, each.reason) for each in due)
        return Published(len(staged), len(files) - len(staged), removed, reasons, marks)

    def _make_all(self, due: Sequence[_Due], cache: Cache | None) -> list[Mapping[str, Entry]]:
        """Make artifacts and bundles, keep what is new in the cache, stage what isn't on disk; return their entries."""
        new: list[tuple[str, bytes]] = []
        entries = []
        for number, each in enumerate(due, start=1):
            entries.append(self._make(each, cache if each.planned.kept else None, new))
            if cache and new and (number == len(due) or number % CHUNK == 0):
                cache.keep_made(new)
                new = []
        return entries

    def _make(self, due: _Due, cache: Cache | None, new: list[tuple[str, bytes]]) -> Mapping[str, Entry]:
        planned = due.planned
        fingerprint = planned.fingerprint
        known = cache.made(fingerprint) if cache else None
        with refusing(f"can't make {planned.path} ({planned.cause})"):
            files = planned.files() if known is None else unpacked(planned, known)
        if isinstance(planned, Bundle):
            check_paths(files)
        if cache and known is None:
            new.append((fingerprint, packed(planned, files)))
        entries = {path: Entry(fingerprint, hashlib.sha256(data).hexdigest()) for path, data in files.items()}
        for path, data in files.items():
            if entries[path].sha256 != due.found.get(path):
                transaction.stage(self.layout, path, data)
        return entries

    def _is_recorded(self, new: Manifest) -> bool:
        manifest = self.layout.manifest
        return manifest.exists() and manifest.read_bytes() == new.to_bytes()


def _chunks(due: Sequence[_Due], jobs: int) -> Iterator[Sequence[_Due]]:
    """Part what is due for the processes; what shares work stays together, and what takes longest comes first."""
    size = max(1, min(CHUNK, len(due) // (4 * jobs)))
    ordered = sorted(due, key=lambda each: each.planned.batch, reverse=True)
    for batch, some in groupby(ordered, key=lambda each: each.planned.batch):
        together = list(some)
        step = max(BATCH, 2 * len(together) // jobs) if batch else size
        yield from (together[start : start + step] for start in range(0, len(together), step))


def _entries(planned: Planned, old: Manifest) -> Mapping[str, Entry]:
    """Return the files that an earlier publication has at the path of an artifact, or in the folder of a bundle."""
    if isinstance(planned, Artifact):
        return {planned.path: old.files[planned.path]} if planned.path in old.files else {}
    return {path: entry for path, entry in old.files.items() if path.startswith(f"{planned.path}/")}
