"""`digest serve` as tests see it: its terminal, and the site that it serves."""

from __future__ import annotations

import re
import threading
from contextlib import contextmanager
from queue import Empty, Queue
from typing import IO, TYPE_CHECKING

from tests.projects import DIGEST, command

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator
    from pathlib import Path

    from tests.projects import Project

PORT = 18200
"""A port that is likely free, and others after it."""

SITE = re.compile(r"^The site is at (http://\S+/) \(Ctrl-C ends this\)$")


HEARING = f"import signal; signal.signal(signal.SIGHUP, signal.SIG_DFL); {DIGEST}"
"""`digest` as it is where nothing that began it passes over that the terminal is closed, as nohup does."""


class Terminal:
    """What a command that goes on writes, line by line."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.out, self.err = self._lines(process.stdout), self._lines(process.stderr)

    @staticmethod
    def _lines(stream: IO[str] | None) -> Queue[str]:
        queue: Queue[str] = Queue()

        def read() -> None:
            for line in stream or ():
                queue.put(line.rstrip("\n"))

        threading.Thread(target=read, daemon=True).start()
        return queue

    @property
    def url(self) -> str:
        """The site's address, once it is told."""
        while not (match := SITE.match(self.out.get(timeout=20))):
            pass
        return match[1]

    def ends(self, number: int) -> None:
        """End the command by a signal; it must take that well."""
        self.process.send_signal(number)
        assert self.process.wait(10) == 0

    def rest(self, queue: Queue[str]) -> list[str]:
        """Return the lines that nobody has asked for yet, once the command has ended."""
        lines = []
        try:
            while True:
                lines.append(queue.get(timeout=0.1))
        except Empty:
            return lines


@contextmanager
def serving(project: Project, *options: object, temporary: Path) -> Iterator[Terminal]:
    """Serve a project during the block."""
    temporary.mkdir(exist_ok=True)
    arguments = ("serve", "--port", PORT, *options)
    with command(*arguments, cwd=project.folder, script=HEARING, TMPDIR=str(temporary)) as process:
        try:
            yield Terminal(process)
        finally:
            process.kill()
