"""The manifest: what a build published."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from msgspec import Struct, ValidationError, convert, to_builtins

from compliance_digest.problems import OutputRefused
from compliance_digest.publishing.layout import check_path

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

VERSION = 1


class Entry(Struct, frozen=True):
    """What is known of a published file: its artifact's fingerprint and the SHA-256 of its bytes."""

    fingerprint: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """The files of a site, by their paths in the output folder."""

    files: Mapping[str, Entry]

    def to_bytes(self) -> bytes:
        """Return the manifest as JSON in ASCII: the same bytes for the same files, in whatever order."""
        state = {"version": VERSION, "files": to_builtins(self.files)}
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
                return cls(_checked(files))
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


def _checked(files: Mapping[Any, Any]) -> Mapping[str, Entry]:
    try:
        entries = convert(files, dict[str, Entry])
    except ValidationError as error:
        raise ValueError("is damaged: a file has no fingerprint or no SHA-256") from error
    try:
        for path in entries:
            check_path(path)
    except ValueError as error:
        message = f"is damaged: {error}"
        raise ValueError(message) from error
    return entries
