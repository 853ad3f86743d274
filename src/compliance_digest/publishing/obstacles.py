"""What keeps a site from going where it is to go, found before anything is changed."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

from compliance_digest.problems import OutputRefused, one_line
from compliance_digest.publishing.layout import folders_above
from compliance_digest.publishing.tree import Tree

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path

SHOWN = 20


def refuse_obstacles(folder: Path, ours: Collection[str], paths: Iterable[str]) -> None:
    """Raise OutputRefused, listing all that is in the way, unless `paths` can be put into `folder`.

    `ours` are the files an earlier build put there. Changes nothing. Raises OSError where it can't look.
    """
    if found := obstacles(folder, ours, paths):
        listed = "".join(f"\n  {one_line(each)}" for each in found[:SHOWN])
        more = f"\n  and {len(found) - SHOWN} more" if len(found) > SHOWN else ""
        message = (
            f"in {folder} there are things in the way that no build put there; move them, "
            f"or choose another output folder:{listed}{more}"
        )
        raise OutputRefused(message)


def refuse_unwritable(folder: Path, paths: Collection[str]) -> None:
    """Raise PermissionError unless files at `paths` in `folder` can be put there, replaced and removed.

    It asks for the folders they lie in that exist; other reasons for a failure it can't foresee.
    """
    tree = Tree(folder)
    for each in sorted({above for path in paths for above in ("", *folders_above(path))}):
        is_folder = tree.barrier(each) is None and tree.kind(each) == "folder"
        if is_folder and not os.access(folder / each, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(folder / each))


def obstacles(folder: Path, ours: Collection[str], paths: Iterable[str]) -> list[str]:
    """Return what in `folder` is in the way of files at `paths` and not among `ours`, sorted.

    In the way are: a file, a link or a device at a path or at a folder above it; a folder at a path, where
    anything in it would stay. A link is in the way even where the manifest has its path, since builds make
    none.
    """
    tree = Tree(folder)
    found: set[str] = set()
    for path in paths:
        place, kind = tree.barrier(path) or (path, tree.kind(path))
        if kind == "other" or (kind == "file" and place not in ours):
            found.add(place)
        elif kind == "folder":
            our_folders = {above for each in ours for above in folders_above(each)}
            found.update(_foreign(tree, path, ours, our_folders))
    return sorted(found)


def _foreign(tree: Tree, path: str, ours: Collection[str], our_folders: Collection[str]) -> Iterator[str]:
    """Yield what keeps the folder at `path` from vanishing together with our files in it."""
    if path not in our_folders:
        yield path
        return
    for each in (tree.root / path).iterdir():
        name = f"{path}/{each.name}"
        kind = tree.kind(name)
        if kind == "folder":
            yield from _foreign(tree, name, ours, our_folders)
        elif kind != "file" or name not in ours:
            yield name
