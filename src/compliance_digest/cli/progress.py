"""How far work has got, shown on a terminal."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Callable

    from compliance_digest.cli.console import Console

_PATIENCE = 0.5
"""Seconds of work after which progress is shown."""


class Progress:
    """A progress bar on standard error, where that is a terminal and the work takes over half a second."""

    def __init__(self, console: Console) -> None:
        self._shown = sys.stderr.isatty() and not console.quiet and console.form == "text"
        self._start = time.perf_counter()
        self._stage = ""
        self._bar: Any = None

    def __enter__(self) -> Callable[[str, int, int], None]:
        return self.update

    def __exit__(self, *_: object) -> None:
        self._close()

    def update(self, stage: str, done: int, total: int) -> None:
        """Show that `done` of `total` parts of a stage are done."""
        if not self._shown or time.perf_counter() - self._start < _PATIENCE:
            return
        if stage != self._stage:
            self._close()
            self._stage = stage
            self._bar = click.progressbar(length=total, label=f"{stage:<10}", file=sys.stderr)
            self._bar.render_progress()
        self._bar.update(done - self._bar.pos)

    def _close(self) -> None:
        if self._bar is not None:
            self._bar.render_finish()
            self._bar = None
