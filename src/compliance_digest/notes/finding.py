"""Which files are notes."""

from __future__ import annotations

import os
from pathlib import Path

from compliance_digest.notes.note import FOLDER
from compliance_digest.notes.references import NOTE_SUFFIXES
from compliance_digest.problems import Problem


def find_notes(content: Path) -> tuple[list[str], list[Problem]]:
    """Return the paths of all notes below `content`, in order, with forward slashes, and what is wrong with others.

    Hidden files and folders are passed over. A link to a file outside is a problem: what it leads to isn't ours to
    publish. Raises OSError where a folder can't be read.
    """
    root = content.resolve(strict=True)
    found: list[str] = []
    problems: list[Problem] = []
    for folder, folders, files in os.walk(root, onerror=_raise):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        links = [Path(folder, name) for name in folders if Path(folder, name).is_symlink()]
        problems += [_link(link.relative_to(root).as_posix()) for link in links]
        for name in files:
            if name.startswith(".") or not name.lower().endswith(NOTE_SUFFIXES):
                continue
            file = os.path.join(folder, name)  # noqa: PTH118 (twice as fast, for ten thousand notes)
            path = os.path.relpath(file, root).replace(os.sep, "/")
            if problem := _unfit(file, path, root):
                problems.append(problem)
            else:
                found.append(path)
    return sorted(found), problems


def _raise(error: OSError) -> None:
    raise error


def _link(path: str) -> Problem:
    message = "this is a link to a folder, and notes in it are not read"
    return Problem(f"{FOLDER}/{path}", 0, 0, "error", "outside-content", message, "put the folder itself here")


def _unfit(file: str, path: str, root: Path) -> Problem | None:
    try:
        path.encode()
    except UnicodeEncodeError:
        shown = os.fsencode(path).decode(errors="backslashreplace")
        return Problem(f"{FOLDER}/{shown}", 0, 0, "error", "not-utf-8", "the file's name is not UTF-8", "rename it")
    if os.path.exists(file) and not os.path.isfile(file):  # noqa: PTH110, PTH113
        message = "this is neither a file nor a folder"
        return Problem(f"{FOLDER}/{path}", 0, 0, "error", "unreadable", message, "take it away")
    if os.path.islink(file) and not Path(os.path.realpath(file)).is_relative_to(root):  # noqa: PTH114
        message = "this is a link to a file outside the folder of notes"
        return Problem(f"{FOLDER}/{path}", 0, 0, "error", "outside-content", message, "copy it here")
    return None
