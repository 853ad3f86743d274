"""How files that are no longer of the site go."""

from __future__ import annotations

import errno
from contextlib import suppress
from typing import TYPE_CHECKING

from compliance_digest.publishing.layout import folders_above
from compliance_digest.publishing.tree import Tree

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path


def remove(root: Path, paths: Collection[str]) -> int:
    """Remove the files at `paths` below `root`, then the folders above them that are empty now, never `root`.

    Returns how many files were there. What isn't a file, or is reached over a link, is not what a build put
    there and stays. Doing it again, or going on after a kill, is the same as doing it once. Raises OSError.
    """
    tree = Tree(root)
    removed = 0
    for path in sorted(paths):
        if tree.is_file(path):
            (root / path).unlink()
            removed += 1
    folders = {folder for path in paths for folder in folders_above(path)}
    # In reverse order, whatever lies in a folder comes before it.
    for folder in sorted(folders, reverse=True):
        if tree.barrier(folder) is None:
            remove_empty(root / folder)
    return removed


def remove_empty(folder: Path) -> None:
    """Remove `folder` if it is an empty folder; leave anything else alone. Raises OSError."""
    with suppress(FileNotFoundError, NotADirectoryError):
        try:
            folder.rmdir()
        except OSError as error:
            if error.errno not in {errno.ENOTEMPTY, errno.EEXIST}:
                raise
