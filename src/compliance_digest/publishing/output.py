"""Artifacts become files: all of them, or the published site stays as it was."""

from __future__ import annotations

import hashlib
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from compliance_digest.publishing import transaction
from compliance_digest.publishing.layout import Layout, check_paths
from compliance_digest.publishing.lock import held
from compliance_digest.publishing.manifest import Entry, Manifest
from compliance_digest.publishing.obstacles import refuse_obstacles
from compliance_digest.publishing.outdated import reason
from compliance_digest.publishing.place import resolved
from compliance_digest.publishing.refusal import refusing
from compliance_digest.publishing.tree import sha256_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from compliance_digest.outputs.artifact import Artifact

    Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Published:
    """What a publication did: how many files it wrote, found as they should be, and removed.

    `reasons` has the path of every artifact that was made, in the order given, and in words why. One that was
    made and turned out to be on disk already counts as unchanged.
    """

    written: int
    unchanged: int
    removed: int
    reasons: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Due:
    """An artifact that has to be made, why, and the SHA-256 of the file that is there now."""

    artifact: Artifact
    reason: str
    found: str | None


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
        self, artifacts: Iterable[Artifact], *, fresh: bool = False, progress: Progress | None = None
    ) -> Published:
        """Make the site consist of `artifacts`, and return what that took.

        Only what is outdated is rendered, one artifact at a time, unless `fresh`; `progress` is told after
        each how many are rendered, and of how many. The outcome is the same, byte for byte, whatever was
        published before.

        Either all is published or, with whatever exception, the site stays as it was and nothing is left
        behind; only the file system, or a kill, can stop it in between, and then the next `locked` does the
        rest. Only files that an earlier publication wrote are overwritten or removed: OutputRefused lists
        what is in the way. Raises OutputRefused as well where the file system fails, ValueError for paths
        that can't be in one site (a mistake in the program), and whatever `render` raises; its OSErrors
        become OutputRefused.
        """
        artifacts = tuple(artifacts)
        check_paths([artifact.path for artifact in artifacts])
        with refusing("can't publish"):
            old = transaction.published(self.layout)
            # Before rendering, so that it is told at once; `commit` looks again, since rendering takes its
            # time.
            refuse_obstacles(self.layout.folder, old.files, (artifact.path for artifact in artifacts))
            due = list(self._due(artifacts, old, fresh=fresh))
            try:
                return self._publish(artifacts, old, due, progress)
            except BaseException:
                with suppress(OSError):  # the exception that brought us here says more
                    transaction.roll_back(self.layout)
                raise

    def _due(self, artifacts: Iterable[Artifact], old: Manifest, *, fresh: bool) -> Iterator[_Due]:
        for artifact in artifacts:
            entry = old.files.get(artifact.path)
            found = None if entry is None else sha256_of(self.layout.folder / artifact.path)
            if why := reason(artifact, entry, found, fresh=fresh):
                yield _Due(artifact, why, found)

    def _publish(
        self, artifacts: tuple[Artifact, ...], old: Manifest, due: list[_Due], progress: Progress | None
    ) -> Published:
        made: dict[str, Entry] = {}
        staged: list[str] = []
        for count, each in enumerate(due, start=1):
            entry = self._make(each)
            made[each.artifact.path] = entry
            if entry.sha256 != each.found:
                staged.append(each.artifact.path)
            if progress:
                progress(count, len(due))
        new = Manifest({each.path: made.get(each.path) or old.files[each.path] for each in artifacts})
        removed = 0
        if staged or not self._is_recorded(new):
            removed = transaction.commit(self.layout, old, new, staged)
        reasons = tuple((each.artifact.path, each.reason) for each in due)
        return Published(len(staged), len(artifacts) - len(staged), removed, reasons)

    def _make(self, due: _Due) -> Entry:
        """Render an artifact, and stage it unless it is on disk; keep nothing of it but its entry."""
        artifact = due.artifact
        with refusing(f"can't make {artifact.path} ({artifact.cause})"):
            data = artifact.render()
        entry = Entry(artifact.fingerprint, hashlib.sha256(data).hexdigest())
        if entry.sha256 != due.found:
            transaction.stage(self.layout, artifact.path, data)
        return entry

    def _is_recorded(self, new: Manifest) -> bool:
        manifest = self.layout.manifest
        return manifest.exists() and manifest.read_bytes() == new.to_bytes()
