"""What came of asking a web address."""

from __future__ import annotations

from dataclasses import dataclass
from email.message import Message
from http import HTTPStatus

from compliance_digest.problems import DigestError


@dataclass(frozen=True, slots=True)
class Limits:
    """How long an answer may take, and how large it may be.

    Seconds for the connection, for each part of the answer, and for the whole way over all redirects; bytes of the
    decoded body; how many redirects are followed. A busy host (429, 503) is asked again as often as there are `pauses`,
    in seconds, or after as long as it asks for, if that isn't over the longest of them. One that fails `patience` times
    in a row is not asked any more; with 0, it is.
    """

    connect: float = 10
    read: float = 15
    total: float = 30
    size: int = 10 * 1024 * 1024
    redirects: int = 5
    pauses: tuple[float, ...] = (2, 10)
    patience: int = 0


DEFAULT = Limits()


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back.

    `url` is where the redirects led, `permanent` where the leading ones that are permanent (301, 308) did, with the
    fragment of the address asked for; None where there are none. The body is decoded from gzip, and empty unless the
    status is 2xx and it was asked for.
    """

    url: str
    status: int
    permanent: str | None
    content_type: str
    body: bytes

    @property
    def found(self) -> bool:
        """Whether the page is there: a 2xx status."""
        return 200 <= self.status < 300

    @property
    def charset(self) -> str | None:
        """The encoding that the server names, in lower case."""
        header = Message()
        header["content-type"] = self.content_type
        return header.get_content_charset()


class WebError(DigestError):
    """An address that can't be read; `reason` is the sentence's end, which says why."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(f"{url} can't be read: {reason}")
        self.reason = reason


def status_text(status: int) -> str:
    """Return a status with its name, such as `404 Not Found`."""
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)
