"""What open pages are told: which build they can see, and what keeps the next one from being made."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from threading import Condition
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compliance_digest.problems import Problem


@dataclass(frozen=True, slots=True)
class State:
    """What there is to see.

    `build` names the build that is served, and is empty before there is one; `late` counts how often its late part was
    made. `early` holds, by their addresses, the notes that a published site would lack, and whether each is a draft.
    `message` says why the next build can't be made, and is empty where nothing is wrong; `problems` are what is wrong.
    """

    build: str = ""
    late: int = 0
    early: Mapping[str, bool] = field(default_factory=dict)
    message: str = ""
    problems: tuple[Problem, ...] = ()

    def as_event(self) -> str:
        """Return what the script in the pages is sent, as JSON on one line."""
        problems = [asdict(problem) for problem in self.problems]
        told = {"build": self.build, "late": self.late, "message": self.message, "problems": problems}
        return json.dumps(told)


class News:
    """Hands the latest state from the thread that builds to those that answer browsers."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._state: State | None = None
        self._closed = False

    def tell(self, state: State) -> None:
        """Tell all who wait of a new state."""
        with self._changed:
            self._state = state
            self._changed.notify_all()

    def close(self) -> None:
        """Let all who wait go."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def latest(self) -> State | None:
        """Return the state, once there is one; None where the news are closed before."""
        return self.other_than(None, None)

    def other_than(self, known: State | None, seconds: float | None) -> State | None:
        """Return the state as soon as it is another one than `known`; None after so many seconds, or when closed."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._state is not known, seconds)
            return None if self._closed or self._state is known else self._state

    @property
    def closed(self) -> bool:
        """Whether no more is told."""
        return self._closed
