"""Whether an artifact or a bundle has to be made, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compliance_digest.outputs.artifact import Planned
    from compliance_digest.publishing.manifest import Entry


def reason(planned: Planned, entries: Mapping[str, Entry], found: Mapping[str, str | None], *, fresh: bool) -> str:
    """Return in words why `planned` has to be made; an empty string where it is published already.

    `entries` are its files in the manifest, `found` the SHA-256 of what is on disk at their paths (None: no
    file).
    """
    if not entries:
        return "new"
    fingerprint = planned.fingerprint
    if any(entry.fingerprint != fingerprint for entry in entries.values()):
        return "its inputs changed"
    if any(entry.sha256 != found[path] for path, entry in entries.items()):
        file = "the file" if planned.path in entries else "one of its files"
        return f"{file} was altered or deleted since"
    return "asked for by --fresh" if fresh else ""
