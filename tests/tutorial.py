"""Does what docs/tutorial.md says, and writes what is printed into it: `python -m tests.tutorial`."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Self

from tests.projects import installed

if TYPE_CHECKING:
    from collections.abc import Iterator

FILE = Path(__file__).parents[1] / "docs" / "tutorial.md"
HOME = "/home/you"
PORT = 8000

_BLOCK = re.compile(r"^```(console|markdown|diff)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_STARTED = re.compile(r"Ctrl-C ends this")
_BUILT = re.compile(r"notes? read; |until that is mended")
_LONGEST_WAIT = 60


def written() -> str:
    """Return what docs/tutorial.md is to hold: its own words and commands, and what is printed."""
    with TemporaryDirectory() as folder, Session(Path(folder).resolve()) as session:
        return _BLOCK.sub(lambda block: session.block(*block.groups()), FILE.read_text("utf-8"))


class Session:
    """What a user does in a folder, with a terminal for the preview and another one for the rest."""

    _preview: subprocess.Popen[str]

    def __init__(self, home: Path) -> None:
        self._home = self._cwd = home
        self._environment = {**installed(home / "bin"), "SOURCE_DATE_EPOCH": "1727740800"}
        self._port = _free_port()
        self._end = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._end.close()

    def block(self, kind: str, path: str | None, text: str) -> str:
        """Do what a block says, and return it with what is printed."""
        if path is None:
            return f"```{kind}\n{''.join(self._lines(text))}```"
        self._save(path, text if kind == "markdown" else self._changed(path, text))
        return f"```{kind} {path}\n{text}```"

    def _lines(self, text: str) -> Iterator[str]:
        commands = [line for line in text.splitlines() if line.startswith(("$ ", "^C"))]
        if not commands:
            yield self._canonical(self._served(_BUILT))
        for line in commands:
            yield f"{line}\n"
            yield self._canonical(self._done(line.removeprefix("$ ")))

    def _done(self, command: str) -> str:
        """Return what a command prints."""
        if command == "^C":
            self._preview.send_signal(signal.SIGINT)
            rest, _ = self._preview.communicate(timeout=_LONGEST_WAIT)
            return rest
        if command == "digest serve":
            self._preview = self._end.enter_context(self._started(f"{command} --port {self._port}"))
            self._end.callback(self._preview.kill)
            return self._served(_STARTED)
        if command.startswith("cd "):
            self._cwd /= command.removeprefix("cd ")
            return ""
        with self._started(command) as process:
            out, _ = process.communicate(timeout=_LONGEST_WAIT)
        return out

    def _started(self, command: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            ["bash", "-c", f"exec {command}" if command.startswith("digest serve") else command],
            cwd=self._cwd,
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        )

    def _served(self, last: re.Pattern[str]) -> str:
        """Return what the preview prints, up to a line that says that it is done."""
        assert self._preview.stdout
        lines = []
        for line in self._preview.stdout:
            lines.append(line)
            if last.search(line):
                break
        return "".join(lines)

    def _changed(self, path: str, diff: str) -> str:
        before, after = (re.findall(rf"^\{sign}(.*\n)", diff, re.MULTILINE) for sign in "-+")
        text = (self._cwd / path).read_text("utf-8")
        assert text.count("".join(before)) == 1
        return text.replace("".join(before), "".join(after))

    def _save(self, path: str, text: str) -> None:
        """Save a file in one step, as editors do."""
        new = self._home / "saved"
        new.write_text(text, encoding="utf-8", newline="\n")
        new.replace(self._cwd / path)

    def _canonical(self, text: str) -> str:
        """Return what is printed without what is another each time: the folder, the port, and how long things take."""
        text = text.replace(str(self._home), HOME).replace(f":{self._port}/", f":{PORT}/")
        return re.sub(r"\d+\.\d\d s\b", "0.50 s", text)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


if __name__ == "__main__":
    FILE.write_text(written(), encoding="utf-8", newline="\n")
