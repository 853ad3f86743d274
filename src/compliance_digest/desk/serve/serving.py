"""From a change of a file to pages that show it."""

from __future__ import annotations

import secrets
import signal
import threading
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from compliance_digest.desk.serve.building import Builder
from compliance_digest.desk.serve.news import State
from compliance_digest.desk.serve.watching import Watcher
from compliance_digest.problems import DigestError
from compliance_digest.publishing import snapshot
from compliance_digest.unchanged import STATE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from types import FrameType

    from compliance_digest.desk.serve.building import Outcome, Progress
    from compliance_digest.desk.serve.server import Server
    from compliance_digest.report import BuildOptions, Part, Report

IDLE = 0.5
"""Seconds without a change after which the late part of the site is made."""

LOOK = 0.05
"""Seconds after which it is asked again whether the late part is made, and whether the server is to end."""


@contextmanager
def scratch(project: Path) -> Iterator[Path]:
    """Yield a folder for the site, and remove it at the end, with all that is known of it."""
    with TemporaryDirectory(prefix="digest-serve-") as folder:
        site = Path(folder).resolve() / "site"
        try:
            yield site
        finally:
            snapshot.drop(project / STATE, site)


@contextmanager
def until_stopped() -> Iterator[None]:
    """End the block quietly at Ctrl-C, or when the system asks for it, and let what then clears up do so."""
    handlers = {each: signal.getsignal(each) for each in _signals()}

    def stop(_: int, __: FrameType | None) -> None:
        for each in handlers:
            signal.signal(each, signal.SIG_IGN)
        raise KeyboardInterrupt

    for each in handlers:
        signal.signal(each, stop)
    try:
        yield
    except KeyboardInterrupt:
        pass
    finally:
        for each, handler in handlers.items():
            signal.signal(each, handler)


def _signals() -> list[signal.Signals]:
    asked = [signal.SIGINT, signal.SIGTERM]
    hung_up = getattr(signal, "SIGHUP", None)  # the terminal is closed; nohup has it passed over
    return [*asked, hung_up] if hung_up and signal.getsignal(hung_up) is not signal.SIG_IGN else asked


class Serving:
    """Builds a project's site into a folder whenever something changes, and tells the pages and the terminal.

    `tell` gets the part of the site that was to be built, and what came of it; `progress` gives a context that is told
    how far a build has got.
    """

    def __init__(
        self,
        project: Path,
        site: Path,
        server: Server,
        options: BuildOptions,
        tell: Callable[[Part, Outcome], None],
        progress: Callable[[], AbstractContextManager[Progress]],
    ) -> None:
        self._server = server
        self._tell = tell
        self._progress = progress
        self._builder = partial(Builder, project, replace(options, output=site), site.parent / "temporary")
        self._watcher = Watcher(project)
        self._session = secrets.token_hex(4)
        self._builds = 0
        self._state = State()
        (site.parent / "temporary").mkdir()

    def run(self) -> None:
        """Serve until an exception, such as KeyboardInterrupt, ends it."""
        thread = threading.Thread(target=self._server.serve_forever, args=(LOOK,), name="serving", daemon=True)
        thread.start()
        try:
            with self._watcher as watcher, self._builder() as builder:
                while True:
                    watcher.changed.wait()
                    watcher.changed.clear()
                    with self._progress() as progress:
                        outcome = builder.build("pages", progress)
                    if self._show("pages", outcome):
                        self._build_late()
        finally:
            self._server.news.close()
            self._server.shutdown()

    def _build_late(self) -> None:
        """Make the late part of the site, unless something changes before it is made."""
        changed = self._watcher.changed
        if changed.wait(IDLE):
            return
        with self._builder() as builder:  # another one, which can be killed without delay for the next build
            builder.begin("late")
            while not changed.wait(LOOK):
                if outcome := builder.outcome(lambda *_: None):
                    self._show("late", outcome)
                    return

    def _show(self, part: Part, outcome: Outcome) -> bool:
        """Tell pages and terminal what came of a build, an error only once; return whether it was a site."""
        last, failed = self._state, isinstance(outcome, DigestError)
        if isinstance(outcome, DigestError):
            self._state = replace(last, message=str(outcome), problems=tuple(outcome.problems))
        else:
            self._state = self._next_state(part, outcome)
        self._server.news.tell(self._state)
        if not failed or self._state != last:
            self._tell(part, outcome)
        return not failed

    def _next_state(self, part: Part, report: Report) -> State:
        if part == "pages" and (report.reasons or report.removed):
            self._builds += 1
        return State(
            build=f"{self._session}-{self._builds}",
            late=self._state.late + (part == "late"),
            early={each.address: each.draft for each in report.early},
        )
