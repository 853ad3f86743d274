"""What is to be published, before it is made: an artifact is one file of the site, a bundle a folder of files."""

from __future__ import annotations

from dataclasses import InitVar, dataclass, field
from typing import TYPE_CHECKING, Self, TypeAlias

from msgspec import Struct

from compliance_digest.outputs.fingerprints import digest_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class Artifact(Struct, frozen=True):
    """A file to be published, made by `of`.

    `path` is where, inside the output folder, with forward slashes. `cause` says in words what it is made for ("the
    tag 'fine'"), and `origin` which file, and which line of it, asked for it; both are for messages. `listed` is
    given for pages that stand in the sitemap: the ISO date of their last change. `inputs` is all that its bytes
    depend on: same inputs, same bytes; `fingerprint`, the SHA-256 of path and inputs, is all that is held of them.
    `render` makes the bytes, and is not called where they are there already. Artifacts of one `batch`, where it is
    given, share work, and are made one after the other in one process. What is made is `kept` for other builds,
    unless it is a file of the project's as it is. What is `late` takes long, stands on no page, and can follow the
    others.
    """

    path: str
    cause: str
    fingerprint: str
    render: Callable[[], bytes]
    origin: tuple[str, int]
    listed: str | None
    batch: str
    kept: bool
    late: bool

    @classmethod
    def of(
        cls,
        path: str,
        cause: str,
        inputs: tuple[str, ...],
        render: Callable[[], bytes],
        origin: tuple[str, int] = ("digest.toml", 1),
        *,
        listed: str | None = None,
        batch: str = "",
        kept: bool = True,
        late: bool = False,
    ) -> Self:
        """Return the artifact that depends on these inputs."""
        return cls(path, cause, digest_of((path, *inputs)), render, origin, listed, batch, kept, late)

    def files(self) -> Mapping[str, bytes]:
        """Make the file; return its bytes by its path."""
        return {self.path: self.render()}


@dataclass(frozen=True, slots=True)
class Bundle:
    """Files to be published that another program makes together, and names.

    `path` is the folder that all of them lie in, and nothing else of the site does. `inputs` is all that matters to
    them; unlike an artifact's bytes, theirs may be others when they are made anew. `render` makes all of them, by their
    paths in that folder. The rest is as for an artifact.
    """

    path: str
    cause: str
    inputs: InitVar[tuple[str, ...]]
    render: Callable[[], Mapping[str, bytes]]
    origin: tuple[str, int] = ("digest.toml", 1)
    batch: str = "search"
    kept: bool = True
    late: bool = True
    fingerprint: str = field(init=False)

    def __post_init__(self, inputs: tuple[str, ...]) -> None:
        object.__setattr__(self, "fingerprint", digest_of((self.path, *inputs)))

    def files(self) -> Mapping[str, bytes]:
        """Make the files; return their bytes by their paths in the output folder."""
        return {f"{self.path}/{name}": data for name, data in self.render().items()}


Planned: TypeAlias = Artifact | Bundle
