"""Builds in a process of its own, which keeps loaded what a build needs, and can be stopped at any moment.

The server has threads, and a process with threads must not fork, as builds do.
"""

from __future__ import annotations

import gc
import os
import signal
import tempfile
import time
from contextlib import contextmanager, suppress
from dataclasses import replace
from importlib import import_module
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any, Self

from compliance_digest.problems import DigestError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from multiprocessing.connection import Connection
    from pathlib import Path

    from compliance_digest.report import BuildOptions, Part, Report

    Outcome = Report | DigestError
    Progress = Callable[[str, int, int], None]

LOADED = (
    "compliance_digest.build",
    "compliance_digest.notes.reading",
    "compliance_digest.outputs.theme",
    "compliance_digest.outputs.feeds.syndication",
)
"""What takes long to load, and would be loaded anew by each process that a build shares its work with."""

PATIENCE = 0.25
"""Seconds that killed processes have to end."""


class Builder:
    """Builds the site of a project, as often as it is asked to, until its `with` block ends."""

    def __init__(self, project: Path, options: BuildOptions, temporary: Path) -> None:
        self._arguments = (project, options, temporary)
        self._process: Any = None
        self._connection: Any = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def build(self, part: Part, progress: Progress) -> Outcome:
        """Build a part of the site, and return what came of it."""
        self.begin(part)
        while True:
            if outcome := self.outcome(progress, seconds=None):
                return outcome

    def begin(self, part: Part) -> None:
        """Begin a build, in a new process where there is none any more."""
        if self._process is not None and not self._process.is_alive():
            self.stop()
        if self._process is None:
            context = get_context("spawn")
            self._connection, other = context.Pipe()
            self._process = context.Process(target=_work, args=(other, *self._arguments))
            with _holding_signals():
                self._process.start()
            other.close()
        with suppress(OSError):  # it was killed: `outcome` says so
            self._connection.send(part)

    def outcome(self, progress: Progress, *, seconds: float | None = 0) -> Outcome | None:
        """Return what came of the build, None where it isn't over after so many seconds; tell how far it has got."""
        try:
            while self._connection.poll(seconds):
                message = self._connection.recv()
                if not isinstance(message, tuple):
                    return message  # type: ignore[no-any-return]
                progress(*message)
        except (EOFError, OSError):
            self.stop()
            return DigestError(
                "the process that builds the site was killed, for want of memory perhaps; save a file to try again"
            )
        return None

    def stop(self) -> None:
        """End the process, at once, and all that it has started."""
        if self._process is None:
            return
        process, self._process = self._process, None
        self._connection.close()
        with suppress(ProcessLookupError):
            _kill_group(process.pid)
        process.kill()
        process.join()
        _await_end_of_group(process.pid)
        process.close()


@contextmanager
def _holding_signals() -> Iterator[None]:
    """Hold back what would end a process that is begun in the block before it can pass that over."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    from multiprocessing.resource_tracker import ensure_running  # noqa: PLC0415 (there is none on Windows)

    ensure_running()  # or it would be begun in the block, and let the signals through
    held = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, held)


def _work(connection: Connection, project: Path, options: BuildOptions, temporary: Path) -> None:
    """Build whenever the other side asks for it, until that is gone; it removes the folder of temporary files."""
    if hasattr(os, "setsid"):
        os.setsid()  # a group of its own, which can be ended as a whole, and which Ctrl-C leaves alone
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    tempfile.tempdir = str(temporary)
    for module in LOADED:
        import_module(module)
    with suppress(EOFError, OSError):
        while True:
            asked = replace(options, part=connection.recv())
            connection.send(_built(project, asked, lambda *progress: connection.send(progress)))
            gc.unfreeze()  # what builds keep from being collected is garbage once they are over
            gc.collect()


def _built(project: Path, options: BuildOptions, progress: Progress) -> Outcome:
    from compliance_digest.build import build  # noqa: PLC0415 (late: this module is loaded by the server as well)

    try:
        return build(project, options, progress, inputs="")  # nobody asks whether there is anything to do
    except DigestError as error:
        return error
    except OSError as error:
        return DigestError(f"the file system failed: {error}")
    except Exception as error:  # the server outlives whatever happens here
        return DigestError(f"the program failed: {type(error).__name__}: {error}; 'digest build' may tell more")


def _kill_group(leader: int) -> None:
    if hasattr(os, "killpg"):
        os.killpg(leader, signal.SIGKILL)


def _await_end_of_group(leader: int) -> None:
    """Wait until nothing of a killed group runs any more, so that nothing of it can still write."""
    deadline = time.monotonic() + PATIENCE
    with suppress(OSError):
        while hasattr(os, "killpg") and time.monotonic() < deadline:
            os.killpg(leader, 0)
            time.sleep(0.005)
