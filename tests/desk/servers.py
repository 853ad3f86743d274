"""A web server of this machine's own that answers as a test wants it to, well or badly."""

from __future__ import annotations

import threading
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Behaviour = Callable[["Request"], None]


class Request(BaseHTTPRequestHandler):
    """One request, and what can be done with it."""

    server: _Server
    protocol_version = "HTTP/1.1"

    def reply(self, status: int = 200, body: bytes = b"", **headers: str) -> None:
        """Answer with this status, body and these headers (`_` stands for `-`)."""
        self.send_response(status)
        for name, value in {"content_length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def do_GET(self) -> None:
        self._answer()

    def do_HEAD(self) -> None:
        self._answer()

    def _answer(self) -> None:
        with self.server.lock:
            self.server.asked.append(f"{self.command} {self.path}")
            self.server.agents.append(self.headers.get("user-agent", ""))
            self.server.cookies.append(self.headers.get("cookie", ""))
            self.server.open += 1
            self.server.most_open = max(self.server.most_open, self.server.open)
        try:
            with suppress(BrokenPipeError, ConnectionResetError):
                behaviour = self.server.behaviours.get(self.path)
                if behaviour:
                    behaviour(self)
                else:
                    self.reply(404)
        finally:
            with self.server.lock:
                self.server.open -= 1

    def handle(self) -> None:
        with suppress(ConnectionResetError):
            super().handle()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, behaviours: Mapping[str, Behaviour], address: str) -> None:
        super().__init__((address, 0), Request)
        self.behaviours = behaviours
        self.lock = threading.Lock()
        self.asked: list[str] = []
        self.agents: list[str] = []
        self.cookies: list[str] = []
        self.open = self.most_open = 0


@dataclass
class Web:
    """A server, what it does at each path, and what it was asked."""

    behaviours: dict[str, Behaviour] = field(default_factory=dict)
    address: str = "127.0.0.1"

    def __enter__(self) -> Self:
        self.server = _Server(self.behaviours, self.address)
        self._thread = threading.Thread(target=self.server.serve_forever, args=(0.01,))
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()
        self._thread.join()

    def __call__(self, path: str) -> str:
        """Return the address of a path."""
        return f"http://{self.address}:{self.server.server_port}{path}"

    @property
    def asked(self) -> list[str]:
        return self.server.asked

    def at(self, path: str, behaviour: Behaviour) -> str:
        """Let a path behave like this; return its address."""
        self.behaviours[path] = behaviour
        return self(path)

    def page(self, path: str, body: bytes | str = b"", status: int = 200, **headers: str) -> str:
        """Let a path answer always the same; return its address."""
        content = body.encode() if isinstance(body, str) else body
        return self.at(path, lambda request: request.reply(status, content, **headers))
