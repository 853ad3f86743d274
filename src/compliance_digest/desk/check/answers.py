"""What the addresses in notes answer: asked once a day, where that gives a certain answer."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import TYPE_CHECKING

import msgspec

from compliance_digest.desk.answer import Answer, Limits
from compliance_digest.desk.web import ask
from compliance_digest.publishing.cleaning import LINKS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from compliance_digest.desk.answer import WebError

    Progress = Callable[[int, int], None]

DAY = 24 * 60 * 60
GONE = (404, 410)

_LIMITS = Limits(patience=5)


class _Kept(msgspec.Struct, frozen=True):
    """An answer, and when it was given, in seconds since 1970."""

    moment: float
    status: int
    url: str
    permanent: str | None

    def answer(self) -> Answer:
        return Answer(self.url, self.status, self.permanent, "", b"")


def answers(urls: Iterable[str], state: Path, progress: Progress | None = None) -> dict[str, Answer | WebError]:
    """Return what each address answers, or why it doesn't.

    Answers that are certain, that is that a page is there or gone, are kept for a day in the project's folder `state`.
    Where that can't be written, nothing is kept. `progress` is told how many of how many addresses have answered.
    """
    now = time.time()
    kept = _load(state / LINKS, now)
    wanted = list(dict.fromkeys(urls))
    fresh = ask([url for url in wanted if url not in kept], body=False, limits=_LIMITS, progress=progress)
    for url, answer in fresh.items():
        if isinstance(answer, Answer) and (answer.found or answer.status in GONE):
            kept[url] = _Kept(now, answer.status, answer.url, answer.permanent)
    _save(state / LINKS, kept)
    return {url: fresh[url] if url in fresh else kept[url].answer() for url in wanted}


def _load(file: Path, now: float) -> dict[str, _Kept]:
    """Return what was kept and is less than a day old; nothing of a file that says something else."""
    try:
        kept = msgspec.json.decode(file.read_bytes(), type=dict[str, _Kept])
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return {}
    return {url: answer for url, answer in kept.items() if 0 <= now - answer.moment < DAY}


def _save(file: Path, kept: dict[str, _Kept]) -> None:
    draft = file.with_suffix(".tmp")
    with suppress(OSError):
        draft.write_bytes(msgspec.json.format(msgspec.json.encode(dict(sorted(kept.items()))), indent=1))
        draft.replace(file)
