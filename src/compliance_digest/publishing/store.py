"""What was made is kept by the fingerprint of its inputs: a fresh checkout with the cache restored renders nothing."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Protocol

import msgspec

from compliance_digest.notes.cache import CacheDamaged

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping


class Store(Protocol):
    """Keeps bytes by keys."""

    def made(self, key: str) -> bytes | None:
        """Return what is kept under a key."""
        ...

    def keep_made(self, rows: Collection[tuple[str, bytes]]) -> None:
        """Keep bytes under keys."""
        ...

    def prune_made(self, used: Collection[str]) -> None:
        """Forget what has not been used for long; `used` are the keys of what is."""
        ...


class _Nothing:
    """Keeps nothing."""

    def made(self, key: str) -> bytes | None:  # noqa: ARG002
        return None

    def keep_made(self, rows: Collection[tuple[str, bytes]]) -> None:
        pass

    def prune_made(self, used: Collection[str]) -> None:
        pass


NOTHING: Store = _Nothing()


def packed(files: Mapping[str, bytes]) -> bytes:
    """Return files, by their paths, as bytes to be kept."""
    return zlib.compress(msgspec.msgpack.encode(files), 2)


def unpacked(data: bytes) -> Mapping[str, bytes]:
    """Return the files that `packed` was given. Raises CacheDamaged."""
    try:
        return msgspec.msgpack.decode(zlib.decompress(data), type=dict[str, bytes])
    except (zlib.error, msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise CacheDamaged(str(error)) from error
