"""Which folder may be an output folder."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from compliance_digest.problems import SettingsInvalid

OUTPUT = "site"
SOURCES = ("content", "templates", "static", "src")
INSTEAD = "choose a folder that holds nothing but the site, such as 'site' in the project folder"


def check_place(output: Path, project: Path) -> None:
    """Refuse an output folder where a build could do harm.

    Raises SettingsInvalid, saying why and what to choose instead. Refused are the project folder, the home
    folder, all folders above these, folders that are, hold or lie in one the site is made from, and what
    exists and is no folder. Links are resolved first. Changes nothing.
    """
    try:
        why = _objection(resolved(output), resolved(project))
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        why = str(error)
    if why:
        message = f"{str(output)!r} can't be the output folder: {why}; {INSTEAD}"
        raise SettingsInvalid(message)


def resolved(path: Path) -> Path:
    """Return `path` absolute and without links. Raises OSError, and ValueError for a NUL in it."""
    try:
        return path.resolve()
    except RuntimeError as error:  # a loop of links, until Python 3.12
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path)) from error


def _objection(output: Path, project: Path) -> str:
    """Return why the site can't go to `output`; an empty string where it can."""
    if output == Path(output.anchor):
        return "it is the root of the file system"
    if _holds(output, project):
        return "it is the project folder, or above it"
    home = _home()
    if home and _holds(output, home):
        return "it is your home folder, or above it"
    for name in SOURCES:
        source = resolved(project / name)
        if _holds(source, output) or _holds(output, source):
            return f"it is, holds or lies in the project's {name}/, which the site is made from"
    nearest = next(each for each in (output, *output.parents) if each.exists())
    return "" if nearest.is_dir() else f"{nearest} is not a folder"


def _home() -> Path | None:
    try:
        return resolved(Path.home())
    except RuntimeError:  # there are accounts without one
        return None


def _holds(outer: Path, inner: Path) -> bool:
    """Return whether `inner` is `outer` or lies below it."""
    return any(_is_same(outer, each) for each in (inner, *inner.parents))


def _is_same(one: Path, other: Path) -> bool:
    # By what they are and not by name alone, for names differ in case where the file system doesn't care.
    return one == other or (one.exists() and other.exists() and one.samefile(other))
