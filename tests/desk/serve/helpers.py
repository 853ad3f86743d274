"""What the tests of the preview share."""

from __future__ import annotations

import http.client
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from compliance_digest.desk.serve.listening import listening
from compliance_digest.desk.serve.news import News, State

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from compliance_digest.desk.serve.listening import Listening

STATE = State(build="b1")
FREE = 18000
"""A port that is likely free, and others after it."""


@contextmanager
def running(root: Path, news: News, host: str = "127.0.0.1") -> Iterator[Listening]:
    """Serve a folder during the block."""
    found = listening(host, FREE, root, news)
    thread = threading.Thread(target=found.server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield found
    finally:
        news.close()
        found.server.shutdown()
        found.server.server_close()
        thread.join()


@contextmanager
def asked(found: Listening, target: str, method: str = "GET", **headers: str) -> Iterator[http.client.HTTPResponse]:
    """Ask a server, and yield its answer."""
    connection = http.client.HTTPConnection("127.0.0.1", found.server.server_port, timeout=10)
    try:
        connection.request(method, target, headers=headers)
        yield connection.getresponse()
    finally:
        connection.close()


def eventually(condition: Callable[[], object], seconds: float = 10) -> None:
    """Wait until a condition holds."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.005)
