"""What is known of the last build into an output folder, so that one with nothing to do is over at once.

Everything here is a short cut that can be left out: where it lacks, is damaged, or isn't of the site that is there, a
build does all its work.
"""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from compliance_digest.publishing.layout import Layout
from compliance_digest.publishing.place import resolved
from compliance_digest.signature import is_marked

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The last build: what it was made from, what it reported, and what marks the site's files.

    `inputs` is the SHA-256 of everything that the build depended on; it is empty where that isn't certain. `day` is the
    date that was today in the site's time zone. `manifest` is the SHA-256 of the manifest of the same site.
    """

    inputs: str
    day: str
    timezone: str
    report: dict[str, Any]
    marks: dict[str, str]
    manifest: str = ""

    def is_intact(self, folder: Path) -> bool:
        """Return whether all files of the site are as this build left them, and no other build was killed since."""
        layout = Layout(resolved(folder))
        if layout.journal.exists() or layout.staging.exists():
            return False
        return all(is_marked(f"{layout.folder}/{path}", mark) for path, mark in self.marks.items())


SNAPSHOTS = "site-*"
"""The names of snapshots, one for each output folder."""

NONE = Snapshot("", "", "UTC", {}, {})


def load(state: Path, folder: Path) -> Snapshot:
    """Return the snapshot of the site in an output folder; `NONE` where there is none of that site.

    `state` is the folder in which a project keeps what it knows of its builds.
    """
    try:
        layout = Layout(resolved(folder))
        checksum, _, whole = _file(state, layout).read_bytes().partition(b"\n")
        if checksum != _checksum(whole):
            return NONE
        snapshot = Snapshot(**json.loads(whole))
        return snapshot if snapshot.manifest == _manifest(layout) else NONE
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return NONE


def save(state: Path, folder: Path, snapshot: Snapshot) -> None:
    """Keep the snapshot of the site in an output folder. Where that fails, none is kept."""
    layout = Layout(resolved(folder))
    with suppress(OSError):
        file = _file(state, layout)
        file.unlink(missing_ok=True)
        fields = {each: getattr(snapshot, each) for each in Snapshot.__slots__}  # `asdict` copies, which takes long
        whole = {**fields, "manifest": _manifest(layout)}
        draft = file.with_suffix(".tmp")
        data = json.dumps(whole, separators=(",", ":")).encode()
        draft.write_bytes(_checksum(data) + b"\n" + data)
        draft.replace(file)


def drop(state: Path, folder: Path) -> None:
    """Forget the site in an output folder, which is going to be removed."""
    with suppress(OSError):
        file = _file(state, Layout(resolved(folder)))
        file.unlink(missing_ok=True)
        file.with_suffix(".tmp").unlink(missing_ok=True)


def _file(state: Path, layout: Layout) -> Path:
    return state / f"site-{hashlib.sha256(os.fsencode(layout.folder)).hexdigest()[:12]}.json"


def _checksum(data: bytes) -> bytes:
    return hashlib.sha256(data).hexdigest().encode()


def _manifest(layout: Layout) -> str:
    return hashlib.sha256(layout.manifest.read_bytes()).hexdigest()
