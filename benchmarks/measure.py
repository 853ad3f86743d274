"""Run programs, and tell how long they took and how much memory all their processes held together."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

INTERVAL = 0.05
"""Seconds between two looks at the memory."""

PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class Command:
    """A program with its arguments, and the folder it is run in."""

    arguments: tuple[str, ...]
    folder: Path


@dataclass(frozen=True, slots=True)
class Time:
    """Seconds by the clock, and seconds of all processors together, the system's included."""

    seconds: float
    cpu: float


@dataclass(frozen=True, slots=True)
class Memory:
    """The most that all processes held at one time, in MiB.

    `pss` counts a page that several of them share once, `rss` in each of them.
    """

    pss: float
    rss: float


class Failed(Exception):
    """A program did not end well; the message is what it said."""


def timed(commands: Sequence[Command]) -> Time:
    """Run programs one after another, and return how long they took, from the start of the first to the last's end.

    Nothing else is done meanwhile, and what was written before is on the disk already.
    """
    os.sync()
    start = time.perf_counter()
    cpu = sum(_run(command) for command in commands)
    return Time(time.perf_counter() - start, cpu)


def weighed(commands: Sequence[Command]) -> Memory:
    """Run programs one after another, and return how much memory they took.

    Looking costs them time: reading the memory map of a process with 1 GiB takes over 10 ms, in which it can't change
    it. So this is not done while time is taken.
    """
    os.sync()
    scale = Scale()
    for command in commands:
        _run(command, scale)
    return Memory(scale.pss / 1024, scale.rss / 1024)


class Scale:
    """Looks at the memory of a session's processes again and again, and keeps the highest sums, in KiB."""

    def __init__(self) -> None:
        self.pss = 0
        self.rss = 0
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self, session: int) -> None:
        """Begin to look."""
        self._stopped.clear()
        self._thread = threading.Thread(target=self._look, args=(session,), daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Look no more."""
        self._stopped.set()
        if self._thread is not None:
            self._thread.join()

    def _look(self, session: int) -> None:
        while not self._stopped.is_set():
            sums = [_memory(process) for process in _processes(session)]
            self.pss = max(self.pss, sum(pss for pss, _ in sums))
            self.rss = max(self.rss, sum(rss for _, rss in sums))
            self._stopped.wait(INTERVAL)


def _run(command: Command, scale: Scale | None = None) -> float:
    """Run a program in a session of its own, and return its CPU time with that of all it waited for."""
    with tempfile.TemporaryFile() as said:
        program = subprocess.Popen(
            command.arguments,
            cwd=command.folder,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        if scale is not None:
            scale.start(program.pid)
        try:
            _, status, usage = os.wait4(program.pid, 0)
        except BaseException:  # an interrupt does not reach what runs in a session of its own
            os.killpg(program.pid, signal.SIGKILL)
            raise
        finally:
            if scale is not None:
                scale.stop()
        program.returncode = os.waitstatus_to_exitcode(status)
        if program.returncode:
            said.seek(0)
            message = f"{' '.join(command.arguments)}: status {program.returncode}\n{said.read().decode()[-5000:]}"
            raise Failed(message)
    return usage.ru_utime + usage.ru_stime


def _processes(session: int) -> Iterator[Path]:
    for process in PROC.iterdir():
        if process.name.isdigit():
            try:
                stat = (process / "stat").read_text("utf-8", "replace")
            except OSError:  # it has ended
                continue
            if int(stat.rpartition(")")[2].split()[3]) == session:
                yield process


def _memory(process: Path) -> tuple[int, int]:
    """Return the PSS and the RSS of a process, in KiB; nothing of one that has ended."""
    try:
        lines = (process / "smaps_rollup").read_text("ascii").splitlines()[1:]
    except OSError:
        return 0, 0
    figures = {name: figure for name, _, figure in (line.partition(":") for line in lines)}
    return int(figures["Pss"].split()[0]), int(figures["Rss"].split()[0])
