"""How files that were made are kept in the cache: so a fresh checkout with the cache restored renders nothing."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

import msgspec

from compliance_digest.notes.cache import CacheDamaged
from compliance_digest.outputs.artifact import Artifact
from compliance_digest.publishing.layout import check_path

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compliance_digest.outputs.artifact import Planned

LEVEL = 2
"""How hard zlib tries, of 9: pages and feeds come to an eighth of their size."""


def packed(planned: Planned, files: Mapping[str, bytes]) -> bytes:
    """Return the files of an artifact or a bundle as bytes to be kept."""
    whole = files[planned.path] if isinstance(planned, Artifact) else msgspec.msgpack.encode(files)
    return zlib.compress(whole, LEVEL)


def unpacked(planned: Planned, data: bytes) -> Mapping[str, bytes]:
    """Return the files that `packed` was given. Raises CacheDamaged, also where a bundle's lie outside its folder."""
    try:
        whole = zlib.decompress(data)
        if isinstance(planned, Artifact):
            return {planned.path: whole}
        files = msgspec.msgpack.decode(whole, type=dict[str, bytes])
        for path in files:
            check_path(path)
    except (zlib.error, msgspec.MsgspecError, ValueError) as error:
        raise CacheDamaged(str(error)) from error
    if not all(path.startswith(f"{planned.path}/") for path in files):
        raise CacheDamaged("a file is outside its folder")
    return files
