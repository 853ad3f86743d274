"""The program itself, as one of the things that what it makes depends on."""

from __future__ import annotations

import hashlib
import os
import re
import sys
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(__file__).parent

_REQUIRED = re.compile(rb"^Requires-Dist: ([\w.-]+)", re.MULTILINE)
_SOURCES = (".py", ".toml")


@lru_cache(maxsize=1)
def program_fingerprint() -> str:
    """Return the SHA-256 of all that is the program: its own files, and the versions of what it is built on."""
    digest = hashlib.sha256()
    for file in _sources(str(PACKAGE)):
        digest.update(os.path.relpath(file, PACKAGE).encode() + b"\0" + Path(file).read_bytes() + b"\0")
    whole = (digest.hexdigest(), sys.version_info[:3], unicodedata.unidata_version, *library_versions())
    return hashlib.sha256(repr(whole).encode()).hexdigest()


def built_in_templates() -> Path:
    """Return the folder of the default theme: inside the installed package, or at the root of a checkout."""
    installed = PACKAGE / "templates"
    return installed if installed.is_dir() else PACKAGE.parents[1] / "templates"


def _sources(folder: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda each: each.name):
            if entry.is_dir() and entry.name != "__pycache__":
                yield from _sources(entry.path)
            elif entry.name.endswith(_SOURCES):
                yield entry.path


def library_versions() -> list[str]:
    """Return the names and versions of the libraries that the program requires, where it is installed.

    They are the names of the folders that installers keep their records in (Recording installed projects, PyPA): to
    read the records themselves takes several times as long as all else that a build with nothing to do does.
    """
    versions: dict[str, str] = {}
    own: Path | None = None
    for place in reversed(sys.path):
        for name in _records(place):
            project, _, version = name.removesuffix(".dist-info").partition("-")
            versions[_normal(project)] = version
            if _normal(project) == "compliance-digest":
                own = Path(place, name, "METADATA")
    if own is None or not own.is_file():
        return []
    required = {_normal(name.decode()) for name in _REQUIRED.findall(own.read_bytes())}
    return [f"{name} {versions.get(name, 'unknown')}" for name in sorted(required)]


def _records(folder: str) -> list[str]:
    try:
        return [name for name in os.listdir(folder or ".") if name.endswith(".dist-info")]  # noqa: PTH208 (names)
    except OSError:
        return []


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
