from __future__ import annotations

import gzip
import socket
import ssl
import subprocess
import threading
import time
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from compliance_digest import __version__
from compliance_digest.desk.answer import Answer, Limits, WebError
from compliance_digest.desk.web import ask, fetch
from compliance_digest.problems import DigestError
from tests.desk.servers import Web
from tests.projects import command, finished

if TYPE_CHECKING:
    from pathlib import Path

    from tests.desk.servers import Request

QUICK = Limits(connect=10, read=10, total=10, size=1000, redirects=3, pauses=(0.01, 0.02))
SHORT = replace(QUICK, read=0.3, total=0.6)
"""For servers that are slow on purpose: others may be so on a busy machine."""


def failure(url: str, limits: Limits = QUICK) -> str:
    """Return why an address can't be read."""
    with pytest.raises(WebError) as caught:
        fetch(url, limits)
    assert str(caught.value).endswith(f" can't be read: {caught.value.reason}")
    return caught.value.reason


def answers(*urls: str, body: bool = True) -> list[Answer]:
    found = ask(urls, body=body, limits=QUICK)
    assert list(found) == list(dict.fromkeys(urls))
    return [answer for answer in found.values() if isinstance(answer, Answer)]


def test_a_page(web: Web) -> None:
    url = web.page("/page", "Grüße", content_type="text/html; charset=UTF-8")
    answer = fetch(url, QUICK)
    assert answer == Answer(url, 200, None, "text/html; charset=UTF-8", "Grüße".encode())
    assert answer.charset == "utf-8"
    assert web.server.agents == [f"compliance-digest/{__version__}"]


def test_a_page_that_names_no_encoding(web: Web) -> None:
    assert fetch(web.page("/page", "x"), QUICK).charset is None


def test_a_packed_page_is_unpacked(web: Web) -> None:
    assert fetch(web.page("/", gzip.compress(b"text"), content_encoding="gzip"), QUICK).body == b"text"


@pytest.mark.parametrize(("status", "said"), [(404, "404 Not Found"), (503, "503 Service Unavailable"), (499, "499")])
def test_a_page_that_the_server_refuses(web: Web, status: int, said: str) -> None:
    assert failure(web.page("/", status=status)) == f"the server answers {said}"


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "ftp://example.org/",
        "javascript:alert(1)",
        "example.org",
        "http://",
        "",
        "http://[",
        "http://a:b/",
    ],
)
def test_what_is_not_a_web_address_is_not_read(address: str) -> None:
    assert "not a web address" in failure(address)


def test_redirects_are_followed_and_permanent_ones_told(web: Web) -> None:
    web.page("/old", status=301, location="/newer")
    web.page("/newer", status=308, location=web("/newest"))
    web.page("/newest", status=302, location="/now")
    web.page("/now", "text")
    answer = fetch(web("/old#part"), QUICK)
    assert (answer.url, answer.permanent, answer.body) == (web("/now"), web("/newest#part"), b"text")


def test_what_comes_after_a_temporary_redirect_is_not_permanent(web: Web) -> None:
    web.page("/old", status=302, location="/newer")
    web.page("/newer", status=301, location="/now")
    web.page("/now")
    assert fetch(web("/old"), QUICK).permanent is None


def test_redirects_in_a_circle(web: Web) -> None:
    web.page("/a", status=301, location="/b")
    web.page("/b", status=301, location="/a")
    assert failure(web("/a")) == "it redirects more than 3 times"
    assert len(web.asked) == 4


@pytest.mark.parametrize("target", ["file:///etc/passwd", "javascript:alert(1)", "data:text/plain,x", "http://["])
def test_redirects_that_leave_the_web(web: Web, target: str) -> None:
    assert (
        failure(web.page("/", status=301, location=target)) == f"it redirects to '{target}', which is not a web address"
    )


def test_no_cookie_is_kept(web: Web) -> None:
    web.page("/", status=302, location="/there", set_cookie="a=b")
    web.page("/there", set_cookie="c=d")
    answers(web("/"), web("/there"))
    assert set(web.server.cookies) == {""}


def test_too_large_a_page(web: Web) -> None:
    limits = Limits(size=1024 * 1024)
    assert failure(web.page("/", b"x" * (1024 * 1024 + 1)), limits) == "it is larger than 1 MiB"
    assert fetch(web.page("/less", b"x" * 1024 * 1024), limits).body


def test_a_bomb_is_not_unpacked(web: Web) -> None:
    bomb = gzip.compress(b"\0" * 50_000_000)
    assert len(bomb) < 100_000
    assert failure(web.page("/", bomb, content_encoding="gzip")).startswith("it is larger than")


@pytest.mark.parametrize(
    "body", [b"not gzip", gzip.compress(b"text")[:-5], gzip.compress(b"text") + b"more"], ids=["other", "cut", "more"]
)
def test_what_is_badly_packed(web: Web, body: bytes) -> None:
    assert failure(web.page("/", body, content_encoding="gzip")) == "what was sent is damaged"


def test_packing_that_was_not_asked_for(web: Web) -> None:
    assert failure(web.page("/", b"x", content_encoding="gzip, gzip")).startswith("it is encoded as 'gzip, gzip'")


def test_a_server_that_says_nothing(web: Web) -> None:
    assert failure(web.at("/", lambda _: time.sleep(0.5)), SHORT) == "nothing came for 0.3 seconds"


def drip(request: Request) -> None:
    request.send_response(200)
    request.send_header("content-length", "100")
    request.end_headers()
    for _ in range(10):
        request.wfile.write(b"x")
        request.wfile.flush()
        time.sleep(0.1)


def test_a_server_that_goes_on_for_ever(web: Web) -> None:
    assert failure(web.at("/", drip), SHORT) == "it takes longer than 0.6 seconds"


def test_the_time_over_all_redirects_is_limited(web: Web) -> None:
    def slow(request: Request) -> None:
        time.sleep(0.25)
        request.reply(302, location="/")

    assert failure(web.at("/", slow), SHORT) == "it takes longer than 0.6 seconds"


def test_a_host_that_does_not_exist() -> None:
    reason = failure("http://no-such-host.invalid/")
    assert reason == "no host called 'no-such-host.invalid' is found (a wrong spelling, or no network)"


def test_nothing_at_a_port() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
    assert failure(f"http://127.0.0.1:{port}/") == f"nothing answers at 127.0.0.1:{port}"


def test_a_connection_that_breaks_off(web: Web) -> None:
    def breaks(request: Request) -> None:
        request.send_response(200)
        request.send_header("content-length", "100")
        request.end_headers()
        request.close_connection = True

    assert failure(web.at("/", breaks)) == "the connection broke off, or what was sent is not HTTP"


def test_a_certificate_that_nobody_vouches_for(tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    arguments = ["-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost", "-days", "2"]
    subprocess.run(["openssl", "req", *arguments, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def shake_hands() -> None:
            connection, _ = listening.accept()
            with closing(connection), pytest.raises(ssl.SSLError):
                context.wrap_socket(connection, server_side=True)

        thread = threading.Thread(target=shake_hands)
        thread.start()
        reason = failure(f"https://127.0.0.1:{listening.getsockname()[1]}/", Limits())
        thread.join()
    assert reason.startswith("no secure connection can be made: self")


def test_a_busy_host_is_asked_again(web: Web) -> None:
    times: list[float] = []

    def busy(request: Request) -> None:
        times.append(time.monotonic())
        request.reply(429 if len(times) < 3 else 200, b"text")

    assert fetch(web.at("/", busy), QUICK).body == b"text"
    assert times[2] - times[1] >= 0.02


def test_a_host_is_left_alone_for_as_long_as_it_asks(web: Web) -> None:
    times: list[float] = []

    def busy(request: Request) -> None:
        times.append(time.monotonic())
        if len(times) == 1:
            request.reply(503, retry_after="1")
        else:
            request.reply(200, b"text")

    assert fetch(web.at("/", busy), Limits(pauses=(0.01, 1))).body == b"text"
    assert times[1] - times[0] >= 1


@pytest.mark.parametrize("after", ["3600", "Fri, 31 Dec 2100 23:59:59 GMT"])
def test_a_page_that_wants_to_be_left_alone_for_long_is_not_asked_again(web: Web, after: str) -> None:
    urls = [web.page("/a", status=429, retry_after=after), web.page("/b")]
    assert [answer.status for answer in answers(*urls)] == [429, 200]
    assert web.asked == ["GET /a", "GET /b"]


def test_a_host_that_keeps_failing_is_not_asked_any_more_where_patience_ends(web: Web) -> None:
    urls = [web.at(f"/{number}", lambda _: time.sleep(0.4)) for number in range(3)]
    urls += [web.page("/busy", status=503), web.page("/good")]
    results = [str(result) for result in ask(urls, limits=replace(SHORT, patience=3)).values()]
    assert ["nothing came" in result for result in results] == [True] * 3 + [False] * 2
    assert "127.0.0.1 was not asked any more, since it failed or was busy 3 times in a row" in results[-1]
    assert isinstance(ask(urls, limits=SHORT)[web("/good")], Answer)


def test_a_host_is_asked_one_thing_at_a_time_and_hosts_side_by_side(web: Web) -> None:
    def slow(request: Request) -> None:
        time.sleep(0.1)
        request.reply()

    with Web(address="127.0.0.2") as other:
        urls = [server.at(f"/{number}", slow) for server in (web, other) for number in range(4)]
        start = time.monotonic()
        assert [answer.status for answer in answers(*urls)] == [200] * 8
        assert time.monotonic() - start < 0.75
        assert web.server.most_open == other.server.most_open == 1


def test_headers_alone_are_asked_for_with_head_and_with_get_where_that_is_refused(web: Web) -> None:
    def no_head(request: Request) -> None:
        request.reply(405 if request.command == "HEAD" else 200, b"text")

    found = answers(web.page("/a", "text"), web.at("/b", no_head), web("/none"), body=False)
    assert [(answer.status, answer.body) for answer in found] == [(200, b""), (200, b""), (404, b"")]
    assert web.asked == ["HEAD /a", "HEAD /b", "HEAD /none", "GET /b", "GET /none"]


def test_progress_is_told(web: Web) -> None:
    told: list[tuple[int, int]] = []
    ask([web.page("/a"), web.page("/b"), web("/a")], limits=QUICK, progress=lambda *figures: told.append(figures))
    assert told == [(1, 2), (2, 2)]


def test_without_its_package_it_says_what_to_install() -> None:
    script = (
        "import sys; sys.modules['httpx'] = None\n"
        "from compliance_digest.problems import DigestError\n"
        "try: import compliance_digest.desk.web\n"
        "except DigestError as error: print(error)"
    )
    assert finished(command(script=script)) == (
        0,
        "this needs the package httpx, which isn't there; install it with: pip install httpx\n",
        "",
    )


def test_a_proxy_that_can_not_be_used(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", "nonsense://proxy")
    with pytest.raises(DigestError, match=r"through the proxy that HTTP_PROXY, HTTPS_PROXY or ALL_PROXY names: "):
        fetch(web("/"), QUICK)


def test_nothing_to_ask() -> None:
    assert ask([]) == {}
