"""How files that were made are kept in the cache: so a fresh checkout with the cache restored renders nothing."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

import msgspec

from compliance_digest.notes.cache import CacheDamaged
from compliance_digest.publishing.layout import check_path

if TYPE_CHECKING:
    from collections.abc import Mapping


def packed(files: Mapping[str, bytes]) -> bytes:
    """Return files, by their paths, as bytes to be kept."""
    return zlib.compress(msgspec.msgpack.encode(files), 2)


def unpacked(data: bytes, path: str) -> Mapping[str, bytes]:
    """Return the files that `packed` was given.

    Raises CacheDamaged, also where one of them is neither at `path` nor in a folder there.
    """
    try:
        files = msgspec.msgpack.decode(zlib.decompress(data), type=dict[str, bytes])
        for each in files:
            check_path(each)
    except (zlib.error, msgspec.MsgspecError, ValueError) as error:
        raise CacheDamaged(str(error)) from error
    if not all(each == path or each.startswith(f"{path}/") for each in files):
        raise CacheDamaged("a file has another place")
    return files
