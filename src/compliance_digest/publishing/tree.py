"""What is on disk in an output folder, no link followed."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING, Literal

from compliance_digest.publishing.layout import folders_above

if TYPE_CHECKING:
    from pathlib import Path

Kind = Literal["nothing", "file", "folder", "other"]


class Tree:
    """Answers what is where below `root`; "other" is a link, a device and the like: never a build's own.

    It remembers the folders it has seen, so that thousands of files cost few system calls. Make a new one
    when folders may have become something else.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._above: dict[str, Kind] = {}

    def kind(self, path: str) -> Kind:
        """Return what is at `path`. Raises OSError where the system won't say."""
        try:
            mode = (self.root / path).lstat().st_mode
        except (FileNotFoundError, NotADirectoryError):
            return "nothing"
        if stat.S_ISREG(mode):
            return "file"
        return "folder" if stat.S_ISDIR(mode) else "other"

    def barrier(self, path: str) -> tuple[str, Kind] | None:
        """Return the first of the folders above `path` that isn't one, and what it is; None where all are."""
        for folder in folders_above(path):
            if folder not in self._above:
                self._above[folder] = self.kind(folder)
            if self._above[folder] != "folder":
                return folder, self._above[folder]
        return None

    def is_file(self, path: str) -> bool:
        """Return whether `path` is a file and leads there without a link."""
        return self.barrier(path) is None and self.kind(path) == "file"
