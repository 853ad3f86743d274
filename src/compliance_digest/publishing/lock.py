"""The lock: one build at a time writes to an output folder."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from compliance_digest.problems import OutputRefused
from compliance_digest.publishing.refusal import refusing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from filelock import BaseFileLock

    from compliance_digest.publishing.layout import Layout


@contextmanager
def held(layout: Layout, wait: float) -> Iterator[None]:
    """Hold the lock of an output folder during the block.

    Makes the folder and its `.digest/` where they lack. Waits up to `wait` seconds for another build to end.
    Raises OutputRefused if it doesn't, or if the folder can't be written. The system frees the lock of a
    process that dies.
    """
    lock = _take(layout, time.monotonic() + wait)
    try:
        yield
    finally:
        lock.release()


def _take(layout: Layout, deadline: float) -> BaseFileLock:
    # Imported late, for it takes longer than all of this package and most commands lock nothing.
    from filelock import FileLock, Timeout  # noqa: PLC0415

    lock = FileLock(layout.lock)
    with refusing("can't write to the output folder"):
        while True:
            _make_state(layout)
            left = max(0.0, deadline - time.monotonic())
            try:
                lock.acquire(timeout=left)
            except Timeout as error:
                message = f"another build is writing to {layout.folder}; wait for it to end, then try again"
                raise OutputRefused(message) from error
            except FileNotFoundError:
                # The other one was `clean`, and took the folder with the lock away.
                if not left:
                    raise
            else:
                return lock


def _make_state(layout: Layout) -> None:
    layout.state.mkdir(parents=True, exist_ok=True)
    if layout.state.is_symlink():
        message = f"{layout.state} is a link, and no build made it; remove it"
        raise OutputRefused(message)
