"""How a failing file system is told."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from compliance_digest.problems import OutputRefused

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def refusing(what: str) -> Iterator[None]:
    """Turn an OSError of the block into OutputRefused: what failed, why, and at which path."""
    try:
        yield
    except OSError as error:
        # Of two paths, the second is where something was to go.
        path = error.filename if error.filename2 is None else error.filename2
        message = f"{what}: {error.strerror or error}{'' if path is None else f': {path}'}"
        raise OutputRefused(message) from error
