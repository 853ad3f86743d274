"""Where the server listens: an address of this machine, and a port that is free."""

from __future__ import annotations

import errno
import os
import socket
from dataclasses import dataclass
from ipaddress import ip_address
from typing import TYPE_CHECKING

from compliance_digest.desk.serve.server import Server
from compliance_digest.problems import DigestError, SettingsInvalid

if TYPE_CHECKING:
    from pathlib import Path

    from compliance_digest.desk.serve.news import News

HOST, PORT = "127.0.0.1", 8000
PORTS_TRIED = 100


@dataclass(frozen=True, slots=True)
class Listening:
    """A server that takes connections, the site's address there, and whether only this machine can reach it."""

    server: Server
    url: str
    is_private: bool


def listening(host: str, port: int, root: Path, news: News) -> Listening:
    """Return a server of the folder `root` at a host, on this port or the first free one after it.

    Raises SettingsInvalid where the host is no address of this machine, or the port may not be taken, and DigestError
    where none is free.
    """
    family, address = _resolved(host)
    ip = ip_address(address)
    own = {"127.0.0.1", "::1", str(ip)} if ip.is_loopback else {socket.gethostname().lower()}
    names = {"localhost", host.lower(), *own}
    for tried in range(port, min(port + PORTS_TRIED, 65536)):
        try:
            server = Server((address, tried), family, names, root, news, any_ip=not ip.is_loopback)
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                continue
            raise _refusal(host, tried, error) from error
        shown = ip_address("::1" if ip.version == 6 else "127.0.0.1") if ip.is_unspecified else ip
        name = f"[{shown}]" if shown.version == 6 else str(shown)
        return Listening(server, f"http://{name}:{server.server_port}/", ip.is_loopback)
    message = f"none of {PORTS_TRIED} ports from {port} on is free; name another one with --port"
    raise DigestError(message)


def _resolved(host: str) -> tuple[int, str]:
    """Return the family and the IP address of a host's name."""
    try:
        family, _, _, _, address = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    except (OSError, UnicodeError):
        raise _no_address(host) from None
    return family, str(address[0])


def _refusal(host: str, port: int, error: OSError) -> SettingsInvalid:
    if error.errno == errno.EADDRNOTAVAIL:
        return _no_address(host)
    if error.errno == errno.EACCES:
        return SettingsInvalid(
            f"--port: {port} is for the system's own services; choose one from 1024 on, such as {PORT}"
        )
    return SettingsInvalid(f"can't listen at {host}, port {port}: {error.strerror or os.strerror(error.errno or 0)}")


def _no_address(host: str) -> SettingsInvalid:
    return SettingsInvalid(f"--bind: expected an address of this machine, such as {HOST}, found '{host}'")
