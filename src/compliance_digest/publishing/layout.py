"""Where things are in an output folder, and which paths may be in one."""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

STATE = ".digest"

_PLAIN = re.compile(r"(?:[\w-][\w.-]*/)*[\w-][\w.-]*", re.ASCII)
"""Paths that are evidently right: nearly all."""


@dataclass(frozen=True, slots=True)
class Layout:
    """An output folder, links resolved, and where a build keeps its own things in it."""

    folder: Path

    @property
    def state(self) -> Path:
        """All that is not the site: nothing else of a build's lies in the output folder."""
        return self.folder / STATE

    @property
    def lock(self) -> Path:
        """The file whose holder may write."""
        return self.state / "lock"

    @property
    def manifest(self) -> Path:
        """What is published."""
        return self.state / "manifest.json"

    @property
    def journal(self) -> Path:
        """The manifest that is to be: it is there from the moment of no return until all is in place."""
        return self.state / "journal.json"

    @property
    def draft(self) -> Path:
        """The journal while it is written."""
        return self.state / "journal.json.tmp"

    @property
    def staging(self) -> Path:
        """What is rendered and not yet in place. It is flat: making folders twice would cost more than the files."""
        return self.state / "staging"


def staged_name(path: str) -> str:
    """Return what the file for `path` is called in staging, until it is in place."""
    return hashlib.sha256(os.fsencode(path)).hexdigest()


def check_path(path: str) -> None:
    """Refuse `path` with a ValueError unless it is one an artifact may have.

    It names a place inside an output folder and outside its `.digest/`: it is relative, has forward slashes,
    and has no part that is empty, `.` or `..`.
    """
    if _PLAIN.fullmatch(path):
        return
    parts = path.split("/")
    if "\\" in path or "\0" in path or not {"", ".", ".."}.isdisjoint(parts):
        message = f"not a path inside an output folder: {path!r}"
        raise ValueError(message)
    if parts[0].casefold() == STATE:  # some file systems take .DIGEST for the same folder
        message = f"a path inside {STATE}/, which is the build's own: {path!r}"
        raise ValueError(message)
    os.fsencode(path)  # a UnicodeEncodeError is a ValueError


def check_paths(paths: Collection[str]) -> None:
    """Refuse `paths` with a ValueError unless all of them can be files of one site at the same time.

    Each must pass `check_path`; none may be there twice, and none may be the folder another one lies in.
    """
    names: set[str] = set()
    folders: dict[str, str] = {}
    for path in paths:
        check_path(path)
        if path in names:
            message = f"two artifacts for one path: {path!r}"
            raise ValueError(message)
        names.add(path)
        folder = path.rpartition("/")[0]
        while folder and folder not in folders:
            folders[folder] = path
            folder = folder.rpartition("/")[0]
    for folder in sorted(folders.keys() & names):
        message = f"{folder!r} can't be a file and the folder of {folders[folder]!r}"
        raise ValueError(message)


def folders_above(path: str) -> Iterator[str]:
    """Return the folders that `path` lies in, the outermost first: `a` and `a/b` for `a/b/c`."""
    return accumulate(path.split("/")[:-1], "{}/{}".format)
