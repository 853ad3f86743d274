from __future__ import annotations

import json
import socket
import struct
import threading
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from compliance_digest.desk.serve import server
from compliance_digest.desk.serve.news import News
from compliance_digest.problems import Problem

from .helpers import STATE, asked, eventually, running

if TYPE_CHECKING:
    import http.client
    from collections.abc import Iterator
    from pathlib import Path

    from compliance_digest.desk.serve.listening import Listening

EVENTS = "/.digest/serve/events"


@pytest.fixture
def news() -> News:
    return News()


@pytest.fixture
def found(tmp_path: Path, news: News) -> Iterator[Listening]:
    """A server of a small site."""
    (tmp_path / "index.html").write_text("<main>front</main>", encoding="utf-8")
    (tmp_path / "feed.xml").write_text("<rss/>", encoding="utf-8")
    with running(tmp_path, news) as listening:
        yield listening


def event(response: http.client.HTTPResponse) -> Any:
    """Return the next event of a stream."""
    while not (line := response.readline()).startswith(b"data: "):
        assert line, "the stream ended"
    return json.loads(line.removeprefix(b"data: "))


def test_headers(found: Listening, news: News) -> None:
    news.tell(STATE)
    with asked(found, "/feed.xml") as response:
        assert response.status == 200
        assert response.headers["Content-Type"] == "application/rss+xml; charset=utf-8"
        assert response.headers["Cache-Control"] == "no-store"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.read() == b"<rss/>"


def test_several_requests_over_one_connection(found: Listening, news: News) -> None:
    news.tell(STATE)
    with socket.create_connection(("127.0.0.1", found.server.server_port), timeout=10) as connection:
        for method in ("HEAD", "GET"):
            connection.sendall(f"{method} /feed.xml HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            answer = b""
            while not answer.endswith(b"\r\n\r\n" if method == "HEAD" else b"<rss/>"):
                answer += connection.recv(4096)
            assert b"Content-Length: 6\r\n" in answer


def test_other_methods_are_refused(found: Listening, news: News) -> None:
    news.tell(STATE)
    for method in ("POST", "PUT", "DELETE", "OPTIONS"):
        with asked(found, "/", method) as response:
            assert response.status == 501


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost", "LOCALHOST:80", "[::1]:8000"])
def test_it_is_asked_for_by_the_names_of_this_machine(found: Listening, news: News, host: str) -> None:
    news.tell(STATE)
    with asked(found, "/", Host=host) as response:
        assert response.status == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost@evil.example", "", "[", "10.0.0.1"]
)
@pytest.mark.parametrize("target", ["/", EVENTS])
def test_a_page_elsewhere_can_not_read_it_by_a_name_of_its_own(
    found: Listening, news: News, host: str, target: str
) -> None:
    news.tell(STATE)
    with asked(found, target, Host=host) as response:
        assert response.status == 403
        assert b"front" not in (body := response.read())
        assert b"This server answers to 127.0.0.1, ::1, localhost only" in body


def test_a_server_of_a_network_is_asked_for_by_addresses_and_not_by_names_of_others(tmp_path: Path, news: News) -> None:
    (tmp_path / "index.html").write_text("front", encoding="utf-8")
    news.tell(STATE)
    with running(tmp_path, news, "0.0.0.0") as found:
        for host, status in (
            ("192.0.2.1:8000", 200),
            ("[2001:db8::1]", 200),
            ("localhost", 200),
            (socket.gethostname(), 200),
            ("evil.example", 403),
            ("192.0.2.1.evil.example", 403),
        ):
            with asked(found, "/", Host=host) as response:
                assert (host, response.status) == (host, status)


def test_a_page_waits_for_the_first_build(found: Listening, news: News) -> None:
    bodies = []

    def ask() -> None:
        with asked(found, "/") as response:
            bodies.append(response.read())

    thread = threading.Thread(target=ask)
    thread.start()
    assert not bodies
    news.tell(STATE)
    thread.join(10)
    assert b"front" in bodies[0]


def test_a_page_is_told_of_every_state(found: Listening, news: News) -> None:
    problem = Problem("content/a.md", 3, 7, "error", "bad-date", "no date", "write one")
    news.tell(STATE)
    with asked(found, EVENTS) as response:
        assert response.headers["Content-Type"] == "text/event-stream"
        assert event(response) == {"build": "b1", "late": 0, "message": "", "problems": []}
        news.tell(replace(STATE, message="nothing was published", problems=(problem,)))
        told = event(response)
        assert (told["build"], told["message"]) == ("b1", "nothing was published")
        assert told["problems"] == [
            {"file": "content/a.md", "line": 3, "column": 7, "severity": "error"}
            | {"code": "bad-date", "message": "no date", "hint": "write one"}
        ]
        news.tell(replace(STATE, build="b2"))
        assert event(response)["build"] == "b2"
        news.close()
        assert response.read().strip(b"\n:") == b""


def test_a_browser_that_hangs_up_is_no_error(
    found: Listening, news: News, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(server, "HEARTBEAT", 0.01)
    before = threading.active_count()
    for target in (EVENTS, "/", "/feed.xml"):
        with socket.create_connection(("127.0.0.1", found.server.server_port)) as connection:
            connection.sendall(f"GET {target} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # ends with a reset
    news.tell(STATE)
    eventually(lambda: threading.active_count() == before)
    assert capfd.readouterr() == ("", "")
