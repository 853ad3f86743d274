"""Work that is shared out over processes."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections import deque
from typing import TYPE_CHECKING, Any, TypeVar

from compliance_digest.problems import DigestError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, MutableSequence, Sequence
    from concurrent.futures import Future

T = TypeVar("T")
R = TypeVar("R")

_adopted: Callable[[Any], Any]
_taken: MutableSequence[int]
"""In a worker: the function that it was started for, and which items somebody works on, for all processes to see."""

SHARES_MEMORY = hasattr(os, "fork") and sys.platform != "darwin"
"""Whether a worker begins with all that this process has in memory (not on macOS, whose own libraries forbid it)."""


def cores() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def mapped(function: Callable[[T], R], items: Sequence[T], jobs: int) -> Iterator[R]:
    """Yield what `function` returns for each item, in the order of the items.

    The work is shared out over up to `jobs` processes, of which this is one. Where memory is not shared, function and
    items must be picklable. Raises what the function raises, and DigestError where the system kills a worker.
    """
    workers = min(jobs, len(items)) - 1
    if workers < 1:
        yield from map(function, items)
        return
    from concurrent.futures import BrokenExecutor, ProcessPoolExecutor  # noqa: PLC0415 (late: many builds need none)
    from multiprocessing import active_children, get_context  # noqa: PLC0415

    context = get_context("fork" if SHARES_MEMORY else "spawn")
    taken: MutableSequence[int] = context.RawArray("b", len(items))
    executor = ProcessPoolExecutor(workers, context, initializer=_start, initargs=(function, taken))
    try:
        futures = deque([executor.submit(_call, number, item) for number, item in enumerate(items)])
        yield from _in_order(function, items, futures, taken)
    except BrokenExecutor as error:
        message = "a worker process was killed, for want of memory perhaps; try again, with --jobs 1"
        raise DigestError(message) from error
    except BaseException:
        for worker in active_children():  # they may have long work before them
            worker.terminate()
        raise
    finally:
        executor.shutdown(cancel_futures=True)


def _in_order(
    function: Callable[[T], R], items: Sequence[T], futures: deque[Future[R]], taken: MutableSequence[int]
) -> Iterator[R]:
    """Yield the results; instead of waiting for one, do the next of the items that no worker has taken yet.

    Should both take one at the same moment, it is done twice. Nothing is held for longer than the caller does.
    """
    own: dict[int, R] = {}
    rest = iter(range(len(items)))
    for number in range(len(items)):
        future = futures.popleft()
        while number not in own and not future.done():
            free = next((each for each in rest if not taken[each]), None)
            if free is None:
                break
            taken[free] = True
            own[free] = function(items[free])
        result = future.result()  # in any case, for the worker may be at it
        yield own.pop(number) if number in own else result


def _start(function: Callable[[Any], Any], taken: MutableSequence[int]) -> None:
    """Begin a worker, which ends together with the process that began it, and leaves Ctrl-C to that."""
    global _adopted, _taken
    _adopted, _taken = function, taken
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    from multiprocessing import parent_process  # noqa: PLC0415

    if parent := parent_process():
        parent.join()
        os._exit(1)


def _call(number: int, item: Any) -> Any:
    if _taken[number]:
        return None
    _taken[number] = True
    return _adopted(item)
