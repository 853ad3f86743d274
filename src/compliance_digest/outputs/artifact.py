"""An artifact: one file of the site, before it is made."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Artifact:
    """A file to be published.

    `path` is where, inside the output folder, with forward slashes. `cause` says in words what it is made for ("the tag
    'fine'"), and `origin` which file, and which line of it, asked for it; both are for messages. `listed` is given for
    pages that stand in the sitemap: the ISO date of their last change. `inputs` is all that its bytes depend on: same
    inputs, same bytes. `render` makes the bytes, and is not called where they are there already.
    """

    path: str
    cause: str
    inputs: tuple[str, ...]
    render: Callable[[], bytes]
    origin: tuple[str, int] = ("digest.toml", 1)
    listed: str | None = None

    @property
    def fingerprint(self) -> str:
        """The SHA-256 of the inputs, in hexadecimal digits."""
        digest = hashlib.sha256()
        for each in self.inputs:
            digest.update(each.encode("utf-8", "surrogatepass"))
            digest.update(b"\0")
        return digest.hexdigest()
