"""Which files are notes."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from compliance_digest.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = "content"
"""The folder of a project that its notes stand in."""

NOTE_SUFFIXES = (".md", ".markdown")


def find_notes(content: Path) -> tuple[dict[str, os.stat_result | None], list[Problem]]:
    """Return what the file system says of each note below `content`, by its path, and what is wrong with other files.

    Paths have forward slashes, and are in order; of a link that leads nowhere nothing is said. Hidden files and folders
    are passed over. A link to a file outside is a problem: what it leads to isn't ours to publish. Raises OSError where
    a folder can't be read.
    """
    root = content.resolve(strict=True)
    found: dict[str, os.stat_result | None] = {}
    problems: list[Problem] = []
    for path, entry in _files(root, "", problems):
        if problem := _unfit(entry, path, root):
            problems.append(problem)
        else:
            found[path] = _stat(entry)
    return dict(sorted(found.items())), problems


def _files(folder: Path | str, above: str, problems: list[Problem]) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Yield the path and the entry of everything below a folder that has a note's name."""
    with os.scandir(folder) as entries:
        for entry in entries:
            path = above + entry.name
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                yield from _files(entry.path, f"{path}/", problems)
            elif entry.is_symlink() and os.path.isdir(entry.path):  # noqa: PTH112 (no link is resolved twice)
                problems.append(_link(path))
            elif entry.name.lower().endswith(NOTE_SUFFIXES):
                yield path, entry


def _stat(entry: os.DirEntry[str]) -> os.stat_result | None:
    try:
        return entry.stat()
    except OSError:
        return None


def _link(path: str) -> Problem:
    message = "this is a link to a folder, and notes in it are not read"
    return Problem(f"{FOLDER}/{path}", 0, 0, "error", "outside-content", message, "put the folder itself here")


def _unfit(entry: os.DirEntry[str], path: str, root: Path) -> Problem | None:
    try:
        path.encode()
    except UnicodeEncodeError:
        shown = os.fsencode(path).decode(errors="backslashreplace")
        return Problem(f"{FOLDER}/{shown}", 0, 0, "error", "not-utf-8", "the file's name is not UTF-8", "rename it")
    if entry.is_file(follow_symlinks=False):
        return None
    if os.path.exists(entry.path) and not os.path.isfile(entry.path):  # noqa: PTH110, PTH113
        message = "this is neither a file nor a folder"
        return Problem(f"{FOLDER}/{path}", 0, 0, "error", "unreadable", message, "take it away")
    if not Path(os.path.realpath(entry.path)).is_relative_to(root):
        message = "this is a link to a file outside the folder of notes"
        return Problem(f"{FOLDER}/{path}", 0, 0, "error", "outside-content", message, "copy it here")
    return None
