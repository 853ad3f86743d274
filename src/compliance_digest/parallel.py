"""Work that is shared out over processes."""

from __future__ import annotations

import os
import signal
import sys
import threading
from typing import TYPE_CHECKING, Any, TypeVar

from compliance_digest.problems import DigestError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

T = TypeVar("T")
R = TypeVar("R")

_adopted: Callable[[Any], Any]
"""In a worker: the function that it was started for."""

SHARES_MEMORY = hasattr(os, "fork") and sys.platform != "darwin"
"""Whether a worker begins with all that this process has in memory (not on macOS, whose own libraries forbid it)."""


def cores() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def mapped(function: Callable[[T], R], items: Sequence[T], jobs: int) -> Iterator[R]:
    """Yield what `function` returns for each item, in the order of the items.

    The work is shared out over up to `jobs` processes; with one, it is done in this process. Where memory is not
    shared, function and items must be picklable. Raises what the function raises, and DigestError where the system
    kills a worker.
    """
    if min(jobs, len(items)) < 2:
        yield from map(function, items)
        return
    from concurrent.futures import BrokenExecutor, ProcessPoolExecutor  # noqa: PLC0415 (late: many builds need none)
    from multiprocessing import get_context  # noqa: PLC0415

    context = get_context("fork" if SHARES_MEMORY else "spawn")
    executor = ProcessPoolExecutor(min(jobs, len(items)), context, initializer=_start, initargs=(function,))
    try:
        yield from executor.map(_call, items)
    except BrokenExecutor as error:
        message = "a worker process was killed, for want of memory perhaps; try again, with --jobs 1"
        raise DigestError(message) from error
    finally:
        executor.shutdown(cancel_futures=True)


def _start(function: Callable[[Any], Any]) -> None:
    """Begin a worker, which ends together with the process that began it, and leaves Ctrl-C to that."""
    global _adopted  # noqa: PLW0603 (a worker has one function all its life)
    _adopted = function
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    from multiprocessing import parent_process  # noqa: PLC0415

    if parent := parent_process():
        parent.join()
        os._exit(1)


def _call(item: Any) -> Any:
    return _adopted(item)
