"""The server: HTTP/1.1 (RFC 9112) for browsers on this machine, and server-sent events for open pages."""

from __future__ import annotations

import os
import socketserver
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from compliance_digest.desk.serve.answers import Answer, answer, told
from compliance_digest.desk.serve.dressing import EVENTS

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from compliance_digest.desk.serve.news import News

HEARTBEAT = 10.0
"""Seconds without news after which an open page is sent a sign of life, by which one that is gone is noticed."""

RETRY = 300
"""Milliseconds after which a page asks again when the server is gone."""

_HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
}


class Server(ThreadingHTTPServer):
    """Serves the files of a folder, and what `news` tell.

    `names` are the hosts that may be asked for, with `any_ip` all IP addresses too: a page of another site could
    otherwise, by a name that it lets lead here (DNS rebinding), read what only those who may reach this server may.
    """

    allow_reuse_address = os.name == "posix"  # elsewhere, that would let two servers have one port
    daemon_threads = True
    request_queue_size = 64

    def __init__(
        self,
        address: tuple[str, int],
        family: int,
        names: Collection[str],
        root: Path,
        news: News,
        *,
        any_ip: bool = False,
    ) -> None:
        self.address_family = family
        self.names = names
        self.any_ip = any_ip
        self.root = root
        self.news = news
        super().__init__(address, _Handler)

    def server_bind(self) -> None:
        """Take the address, without asking any name server what it is called."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = str(self.server_address[0]), self.server_address[1]

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: a browser that hangs up is no error."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 30.0
    server: Server

    def do_GET(self) -> None:
        """Answer with a file, or with the news."""
        if refusal := self._refusal():
            self._send(refusal)
        elif self.path.partition("?")[0] == EVENTS and self.command == "GET":
            self._send_news()
        elif state := self.server.news.latest():
            self._send(answer(self.server.root, state, self.path))
        else:
            self.close_connection = True

    def do_HEAD(self) -> None:
        """Answer as to GET, without the body."""
        self.do_GET()

    def _refusal(self) -> Answer | None:
        """Return the answer for a host that isn't ours."""
        names, any_ip = self.server.names, self.server.any_ip
        host = self.headers.get("Host", "")
        try:
            name = urlsplit(f"//{host}").hostname
        except ValueError:
            name = None
        if name in names or (any_ip and _is_ip(name)):
            return None
        known = ", ".join([*sorted(names), *(["IP addresses"] if any_ip else [])])
        return told(403, f"This server answers to {known} only, not to '{host}'; open it by one of these names.")

    def _send(self, answer_: Answer) -> None:
        self.send_response(answer_.status)
        for name, value in {**_HEADERS, **answer_.headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Type", answer_.kind)
        self.send_header("Content-Length", str(len(answer_.body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer_.body)

    def _send_news(self) -> None:
        """Send every state, as it comes, until the page goes."""
        self.close_connection = True
        self.send_response(200)
        for name, value in {**_HEADERS, "Content-Type": "text/event-stream", "Connection": "close"}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(f"retry: {RETRY}\n\n".encode())
        state = None
        while not self.server.news.closed:
            if news := self.server.news.other_than(state, HEARTBEAT):
                state = news
                self.wfile.write(f"data: {state.as_event()}\n\n".encode())
            else:
                self.wfile.write(b":\n\n")

    def log_message(self, *_: object) -> None:
        """Say nothing: the terminal is for what is wrong with notes."""


def _is_ip(name: str | None) -> bool:
    try:
        ip_address(name or "")
    except ValueError:
        return False
    return True
