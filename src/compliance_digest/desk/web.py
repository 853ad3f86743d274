"""The network: what web addresses answer, asked politely and within limits."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from compliance_digest.desk.answer import DEFAULT, Answer, Limits, WebError, status_text
from compliance_digest.desk.asking import session

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from compliance_digest.desk.asking import Session

    Progress = Callable[[int, int], None]


def fetch(url: str, limits: Limits = DEFAULT) -> Answer:
    """Return what the address answers with, a 2xx status and the body. Raises WebError."""
    answer = ask([url], limits=limits)[url]
    if isinstance(answer, WebError):
        raise answer
    if not answer.found:
        raise WebError(url, f"the server answers {status_text(answer.status)}")
    return answer


def ask(
    urls: Iterable[str], *, body: bool = True, limits: Limits = DEFAULT, progress: Progress | None = None
) -> dict[str, Answer | WebError]:
    """Return what each address answers, or why it doesn't, in the order of the addresses.

    Without `body`, an address is asked for its headers alone (HEAD, and GET where that is refused). `progress` is told
    how many of how many have answered.
    """
    wanted = list(dict.fromkeys(urls))
    return asyncio.run(_ask(wanted, limits, progress, body=body)) if wanted else {}


async def _ask(
    urls: list[str], limits: Limits, progress: Progress | None, *, body: bool
) -> dict[str, Answer | WebError]:
    done = 0

    async def one(session: Session, url: str) -> Answer | WebError:
        nonlocal done
        try:
            return await (session.get(url) if body else session.probe(url))
        except WebError as error:
            return error
        finally:
            done += 1
            if progress:
                progress(done, len(urls))

    async with session(limits) as asking:
        return dict(zip(urls, await asyncio.gather(*(one(asking, url) for url in urls)), strict=True))
