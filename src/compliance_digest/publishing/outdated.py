"""Whether an artifact has to be made, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from compliance_digest.outputs.artifact import Artifact
    from compliance_digest.publishing.manifest import Entry


def reason(artifact: Artifact, entry: Entry | None, found: str | None, *, fresh: bool) -> str:
    """Return in words why `artifact` has to be made; an empty string where it is published already.

    `entry` is what the manifest has at its path, `found` the SHA-256 of what is on disk there (None: no
    file).
    """
    if entry is None:
        return "new"
    if entry.fingerprint != artifact.fingerprint:
        return "its inputs changed"
    if entry.sha256 != found:
        return "the file was altered or deleted since"
    return "asked for by --fresh" if fresh else ""
