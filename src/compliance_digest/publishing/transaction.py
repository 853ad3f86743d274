"""From one whole site to the next: staging, the moment of no return, and what a killed build left.

A build writes every new file to staging. Then it writes the journal, which is the new manifest under another
name: that is the moment of no return. From there on it only moves staged files into place and removes stale
ones, each of which can be repeated, and at last renames the journal to the manifest. So whoever comes after a
killed build finds either no journal, and drops the staging, or a journal, and does the rest.

What holds for a kill holds for a power cut only as far as the file system goes, for only the journal is
flushed to the disk; what a power cut damages, the next build finds by its SHA-256 and makes anew.
"""

from __future__ import annotations

import os
import shutil
from collections import deque
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from compliance_digest.parallel import cores
from compliance_digest.publishing.layout import Layout, folders_above, staged_name
from compliance_digest.publishing.manifest import Manifest
from compliance_digest.publishing.obstacles import refuse_obstacles, refuse_unwritable
from compliance_digest.publishing.refusal import refusing
from compliance_digest.publishing.removal import remove
from compliance_digest.publishing.tree import Tree
from compliance_digest.signature import sha256_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator


MANY = 500
"""From how many files on they are moved into place by several threads."""

MOST_THREADS = 8


def published(layout: Layout) -> Manifest:
    """Return the manifest of what is published; an empty one where nothing is.

    Raises OutputRefused where it can't be trusted, and OSError.
    """
    return Manifest.read(
        layout.manifest,
        "it tells a build's own files from others, so put it back as it was, or delete it together with "
        f"everything in {layout.folder} that is of the site",
    )


def stage(layout: Layout, path: str, data: bytes) -> None:
    """Write `data` to the place in staging that belongs to `path`. Raises OSError."""
    target = layout.staging / staged_name(path)
    try:
        target.write_bytes(data)
    except FileNotFoundError:
        layout.staging.mkdir(exist_ok=True)
        target.write_bytes(data)


def commit(layout: Layout, old: Manifest, new: Manifest, staged: Collection[str]) -> int:
    """Turn the site of `old` into that of `new`, whose files at the paths `staged` are in staging.

    Returns how many stale files were removed. Raises OutputRefused with the published site untouched where
    something foreign is in the way. An OSError before the moment of no return leaves the site untouched too;
    after it, it becomes an OutputRefused, and `recover` does the rest.
    """
    refuse_obstacles(layout.folder, old.files, staged)
    refuse_unwritable(layout.folder, {*staged, *_stale(old, new)})
    with layout.draft.open("wb") as draft:
        draft.write(new.to_bytes())
        draft.flush()
        os.fsync(draft.fileno())
    layout.draft.replace(layout.journal)
    with refusing("publishing stopped half-way, and the next build will complete it"):
        return _complete(layout, old, new, staged)


def recover(layout: Layout) -> None:
    """Complete what a killed build had begun to publish, or drop what it had only prepared.

    Afterwards the site is a whole one, and there is neither journal nor staging. Foreign things that have
    come into the way since, and a journal that can't be trusted, are refused with OutputRefused. Raises
    OSError.
    """
    if _is_committed(layout):
        new = Manifest.read(layout.journal, "delete this file and build again")
        old = published(layout)
        staged = sorted(_intact(layout, new))
        refuse_obstacles(layout.folder, old.files, staged)
        _complete(layout, old, new, staged)
    else:
        roll_back(layout)


def roll_back(layout: Layout) -> None:
    """Drop what is staged, unless the moment of no return has passed: then do nothing. Raises OSError."""
    if _is_committed(layout):
        return
    with suppress(FileNotFoundError):
        shutil.rmtree(layout.staging)
    layout.draft.unlink(missing_ok=True)


def _is_committed(layout: Layout) -> bool:
    return layout.journal.exists()


def _complete(layout: Layout, old: Manifest, new: Manifest, staged: Collection[str]) -> int:
    # What is stale follows from the two manifests, and the old one stays until the very end: so nobody who
    # comes after a kill has to be told, and no journal can name a file that no build wrote.
    stale = _stale(old, new)
    blocking = _blocking(stale, staged)
    # Stale files go last, for the pages that link to them are there until then; but `a` must make room for
    # `a/b`.
    removed = remove(layout.folder, blocking)
    _place_all(layout, staged)
    removed += remove(layout.folder, stale - blocking)
    layout.journal.replace(layout.manifest)
    roll_back(layout)
    return removed


def _stale(old: Manifest, new: Manifest) -> set[str]:
    return old.files.keys() - new.files.keys()


def _blocking(stale: Collection[str], staged: Collection[str]) -> set[str]:
    """Return the stale files that are where a folder is to be, or lie in a folder where a file is to be."""
    files = frozenset(staged)
    folders = {folder for path in staged for folder in folders_above(path)}
    return {path for path in stale if path in folders or not files.isdisjoint(folders_above(path))}


def _place_all(layout: Layout, paths: Collection[str]) -> None:
    if len(paths) < MANY:
        _place(layout, paths)
        return
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 (late: most builds move few files)

    # The system makes folders in several at a time, and nothing else is done here.
    threads = min(cores(), MOST_THREADS)
    ordered = sorted(paths)
    size = -(-len(ordered) // threads)
    with ThreadPoolExecutor(threads) as executor:
        parts = [ordered[start : start + size] for start in range(0, len(ordered), size)]
        deque(executor.map(partial(_place, layout), parts), maxlen=0)


def _place(layout: Layout, paths: Iterable[str]) -> None:
    # Text, for a path object takes longer to make than a file to move.
    staging, folder = str(layout.staging), str(layout.folder)
    for path in paths:
        source, target = f"{staging}/{staged_name(path)}", f"{folder}/{path}"
        try:
            os.replace(source, target)  # noqa: PTH105
        except FileNotFoundError:  # tried first: most files have a neighbour that made the folder already
            os.makedirs(os.path.dirname(target), exist_ok=True)  # noqa: PTH103, PTH120
            os.replace(source, target)  # noqa: PTH105


def _intact(layout: Layout, new: Manifest) -> Iterator[str]:
    """Yield the paths that are still in staging, with the bytes that the new manifest states."""
    staging = Tree(layout.staging)
    for path, entry in new.files.items():
        staged = layout.staging / staged_name(path)
        if staging.is_file(staged.name) and sha256_of(staged) == entry.sha256:
            yield path
