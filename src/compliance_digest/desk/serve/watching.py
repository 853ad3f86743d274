"""Whether anything has changed that a site is made from."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

from watchfiles import watch

from compliance_digest.notes.finding import FOLDER
from compliance_digest.signature import signature
from compliance_digest.unchanged import SETTINGS

if TYPE_CHECKING:
    from watchfiles import Change

FOLDERS = (FOLDER, "templates", "static")

STEP, LONGEST = 20, 500
"""Milliseconds that must pass without a change before a group of changes is over, and how long a group may last."""

LOOK = 100
"""Milliseconds after which the settings' file, and whether folders have come or gone, is looked at again."""


@dataclass(frozen=True, slots=True)
class _Places:
    """The folders that are there, links resolved, each with what tells it from another one of that name."""

    folders: tuple[tuple[str, int, int], ...]

    @classmethod
    def of(cls, project: Path) -> _Places:
        found = []
        for name in FOLDERS:
            try:
                folder = (project / name).resolve(strict=True)
                stat = folder.stat()
            except (OSError, RuntimeError):  # RuntimeError: a loop of links, until Python 3.12
                continue
            if folder.is_dir():
                found.append((str(folder), stat.st_dev, stat.st_ino))
        return cls(tuple(found))


class Watcher:
    """Watches a project in a thread of its own, and sets `changed` whenever something has changed.

    It is set for the first time once nothing can be missed any more. The project, and its folders, may go and come
    back.
    """

    def __init__(self, project: Path) -> None:
        self.changed = threading.Event()
        self._project = project
        self._stop = threading.Event()
        self._polling: bool | None = None
        self._thread = threading.Thread(target=self._run, name="watching", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                self._watch(_Places.of(self._project))
            except FileNotFoundError:  # it went just now
                self._stop.wait(LOOK / 1000)
            except (OSError, RuntimeError):  # the system watches no more, and has to be asked
                self._stop.wait(LOOK / 1000)
                self._polling = True

    def _watch(self, places: _Places) -> None:
        """Watch these folders, as long as they are the ones that are there."""
        mark = None
        for changes in watch(
            *(folder for folder, _, _ in places.folders),
            watch_filter=self._matters,
            debounce=LONGEST,
            step=STEP,
            rust_timeout=LOOK,
            yield_on_timeout=True,
            stop_event=self._stop,
            force_polling=self._polling,
        ):
            now = _mark(self._project / SETTINGS)
            if changes or now != mark:
                mark = now
                self.changed.set()
            if _Places.of(self._project) != places:
                return

    def _matters(self, _: Change, path: str) -> bool:
        """Return whether a change can matter: builds pass over hidden files among notes, which editors make."""
        content = (self._project / FOLDER).resolve()
        file = Path(path)
        return not file.is_relative_to(content) or not any(
            part.startswith(".") for part in file.relative_to(content).parts
        )


def _mark(file: Path) -> str:
    try:
        return signature(file.stat())
    except OSError:
        return ""
