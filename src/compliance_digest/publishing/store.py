"""How files that were made are kept in the cache: so a fresh checkout with the cache restored renders nothing."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

import msgspec

from compliance_digest.notes.cache import CacheDamaged

if TYPE_CHECKING:
    from collections.abc import Mapping


def packed(files: Mapping[str, bytes]) -> bytes:
    """Return files, by their paths, as bytes to be kept."""
    return zlib.compress(msgspec.msgpack.encode(files), 2)


def unpacked(data: bytes) -> Mapping[str, bytes]:
    """Return the files that `packed` was given. Raises CacheDamaged."""
    try:
        return msgspec.msgpack.decode(zlib.decompress(data), type=dict[str, bytes])
    except (zlib.error, msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise CacheDamaged(str(error)) from error
