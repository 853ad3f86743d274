"""The manifest: what a build published."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from compliance_digest.problems import OutputRefused
from compliance_digest.publishing.layout import check_path

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

VERSION = 1


@dataclass(frozen=True, slots=True)
class Entry:
    """What is known of a published file: its artifact's fingerprint and the SHA-256 of its bytes."""

    fingerprint: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """The files of a site, by their paths in the output folder."""

    files: Mapping[str, Entry]

    def to_bytes(self) -> bytes:
        """Return the manifest as JSON in ASCII: the same bytes for the same files, in whatever order."""
        files = {path: {"fingerprint": entry.fingerprint, "sha256": entry.sha256} for path, entry in self.files.items()}
        state = {"version": VERSION, "files": files}
        return json.dumps(state, sort_keys=True, separators=(",", ":")).encode("ascii") + b"\n"

    @classmethod
    def from_bytes(cls, data: bytes) -> Manifest:
        """Return what `to_bytes` wrote.

        Raises ValueError, with a sentence that says why, for anything else: other versions, and paths that
        lead out of an output folder or into its `.digest/`. What this returns can be trusted with files.
        """
        try:
            state = json.loads(data)
        except (ValueError, RecursionError) as error:
            raise ValueError("is damaged: it isn't JSON") from error
        match state:
            case {"version": int(version)} if version != VERSION:
                message = f"is of version {version}, and this program knows version {VERSION}"
                raise ValueError(message)
            case {"version": int(), "files": dict(files)}:
                return cls({_path(path): _entry(entry) for path, entry in files.items()})
        raise ValueError("is damaged: it has no version or no files")

    @classmethod
    def read(cls, path: Path, remedy: str) -> Manifest:
        """Return the manifest in the file at `path`, an empty one where there is no such file.

        Raises OutputRefused, with `remedy` as what to do about it, where the file can't be trusted, and
        OSError.
        """
        try:
            return cls.from_bytes(path.read_bytes())
        except FileNotFoundError:
            return cls({})
        except ValueError as error:
            message = f"{path} {error}; {remedy}"
            raise OutputRefused(message) from error


def _path(path: str) -> str:
    try:
        check_path(path)
    except ValueError as error:
        message = f"is damaged: {error}"
        raise ValueError(message) from error
    return path


def _entry(entry: Any) -> Entry:
    match entry:
        case {"fingerprint": str(fingerprint), "sha256": str(sha256)}:
            return Entry(fingerprint, sha256)
    raise ValueError("is damaged: a file has no fingerprint or no SHA-256")
