"""Whether a file is as it was, without reading it: by what the file system says of it."""

from __future__ import annotations

import hashlib
import os
import stat
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

TICK, LONG_TICK = 50_000_000, 2_000_000_000
"""Nanoseconds, with some left over, after which a file system's clock has moved on."""


def signature(found: os.stat_result) -> str:
    """Return what changes whenever a file is written: times of change of content and of entry (ns), size, and inode.

    The second time can't be set back, unlike the first, which some programs keep as it was.
    """
    return f"{found.st_mtime_ns} {found.st_ctime_ns} {found.st_size} {found.st_ino}"


def is_settled(found: os.stat_result) -> bool:
    """Return whether a file's signature can be relied on.

    One that was changed just now may be changed again before the file system's clock has moved on: by a few
    milliseconds, or by up to two seconds where it keeps whole seconds only.
    """
    changed = max(found.st_mtime_ns, found.st_ctime_ns)
    return time.time_ns() - changed > (TICK if changed % 1_000_000_000 else LONG_TICK)


def mark_of(file: str, sha256: str) -> str:
    """Return what `is_marked` knows a file by that has this SHA-256: its signature, or the SHA-256 itself.

    Returns an empty string, which marks no file, where there is none.
    """
    try:
        found = os.lstat(file)
    except OSError:
        return ""
    return signature(found) if is_settled(found) else sha256


def is_marked(file: str, mark: str) -> bool:
    """Return whether there is a file, not a link, that is as it was when it got this mark."""
    try:
        found = os.lstat(file)
        if not stat.S_ISREG(found.st_mode):
            return False
        return mark == (signature(found) if " " in mark else sha256_of(file))
    except OSError:
        return False


def sha256_of(file: Path | str) -> str | None:
    """Return the SHA-256 of a file in hexadecimal digits; None where there is no file. Raises OSError."""
    try:
        with open(file, "rb", buffering=0) as stream:  # noqa: PTH123 (thousands of files)
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None
