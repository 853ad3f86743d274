from __future__ import annotations

import errno
import socket
from typing import TYPE_CHECKING

import pytest

from compliance_digest.desk.serve.listening import listening
from compliance_digest.desk.serve.news import News
from compliance_digest.desk.serve.server import Server
from compliance_digest.problems import DigestError, SettingsInvalid

from .helpers import FREE

if TYPE_CHECKING:
    from pathlib import Path


def test_a_taken_port_gives_way_to_the_next(tmp_path: Path) -> None:
    first = listening("127.0.0.1", FREE, tmp_path, News())
    with first.server:
        port = first.server.server_port
        second = listening("127.0.0.1", port, tmp_path, News())
        with second.server:
            assert second.server.server_port > port
            assert second.url == f"http://127.0.0.1:{second.server.server_port}/"


@pytest.mark.parametrize(
    ("host", "address", "is_private"),
    [
        ("127.0.0.1", "127.0.0.1", True),
        ("localhost", "127.0.0.1", True),
        ("::1", "[::1]", True),
        ("127.0.0.2", "127.0.0.2", True),
        ("0.0.0.0", "127.0.0.1", False),
        ("::", "[::1]", False),
    ],
)
def test_the_sites_address(tmp_path: Path, host: str, address: str, *, is_private: bool) -> None:
    if ":" in host and not has_ipv6():
        pytest.skip("this machine has no IPv6")
    found = listening(host, FREE, tmp_path, News())
    with found.server:
        assert found.url in (
            f"http://{address}:{found.server.server_port}/",
            f"http://[::1]:{found.server.server_port}/",
        )
        assert found.is_private == is_private
        assert found.server.any_ip != is_private


def has_ipv6() -> bool:
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return False
    return True


@pytest.mark.parametrize("host", ["nowhere.invalid", "192.0.2.1", "a b", "", "x" * 300])
def test_what_is_no_address_of_this_machine(tmp_path: Path, host: str) -> None:
    with pytest.raises(
        SettingsInvalid, match=r"--bind: expected an address of this machine, such as 127\.0\.0\.1, found"
    ):
        listening(host, FREE, tmp_path, News())


@pytest.mark.parametrize(
    ("failure", "error", "words"),
    [
        (errno.EACCES, SettingsInvalid, "--port: 80 is for the system's own services; choose one from 1024 on"),
        (errno.EADDRINUSE, DigestError, "none of 100 ports from 80 on is free; name another one with --port"),
        (errno.ENOBUFS, SettingsInvalid, "can't listen at 127.0.0.1, port 80: "),
    ],
)
def test_a_port_that_can_not_be_had(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failure: int, error: type[DigestError], words: str
) -> None:
    def fail(server: Server) -> None:
        raise OSError(failure, "no")

    monkeypatch.setattr(Server, "server_bind", fail)
    with pytest.raises(error, match=words):
        listening("127.0.0.1", 80, tmp_path, News())
