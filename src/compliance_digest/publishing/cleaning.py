"""Taking a published site away."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from compliance_digest.notes.cache import BESIDE, CACHE, IGNORED
from compliance_digest.publishing import transaction
from compliance_digest.publishing.layout import Layout
from compliance_digest.publishing.lock import held
from compliance_digest.publishing.manifest import Manifest
from compliance_digest.publishing.place import resolved
from compliance_digest.publishing.refusal import refusing
from compliance_digest.publishing.removal import remove_empty
from compliance_digest.publishing.snapshot import SNAPSHOTS

if TYPE_CHECKING:
    from pathlib import Path

LINKS = "links.json"
"""The file of a project's state in which is kept what the addresses in notes answer."""


def clean(folder: Path, *, wait: float = 60) -> int:
    """Remove what builds published to `folder`, folders that are empty then, and `.digest/`; never `folder`.

    Returns how many files of the site were removed. Whatever no build wrote stays. Where no build has been,
    nothing is made or changed, and 0 returned. Waits and raises as `locked` does; killed, it goes on when
    called again.
    """
    with refusing("can't clean the output folder"):
        layout = Layout(resolved(folder))
        if not layout.state.is_dir():
            return 0
    with held(layout, wait), refusing("can't clean the output folder"):
        transaction.recover(layout)
        removed = transaction.commit(layout, transaction.published(layout), Manifest({}), ())
        layout.manifest.unlink()
        # Removed while it is held, and at the very end: who waits for it sees that it is gone, and makes a
        # new one. Windows won't remove an open file, but there filelock does when it lets go.
        with suppress(PermissionError):
            layout.lock.unlink()
    with refusing("can't clean the output folder"):
        remove_empty(layout.state)
    return removed


def forget(state: Path) -> None:
    """Remove what is known of a project's notes and builds in its folder `state`, and that folder if it is empty."""
    with refusing("can't clear the cache"):
        if state.is_symlink() or not state.is_dir():
            return
        names = (*(CACHE + end for end in BESIDE), IGNORED, LINKS)
        for file in (*(state / name for name in names), *state.glob(SNAPSHOTS)):
            if file.is_file() or file.is_symlink():
                file.unlink()
        remove_empty(state)
