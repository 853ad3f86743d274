"""How web addresses are asked: one thing at a time of each host, again later where it is busy, and within limits."""

from __future__ import annotations

import asyncio
import socket
import ssl
import zlib
from collections import defaultdict
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import TYPE_CHECKING, Literal
from urllib.parse import urldefrag, urljoin, urlsplit

from compliance_digest import __version__
from compliance_digest.desk.answer import Answer, WebError
from compliance_digest.problems import DigestError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from compliance_digest.desk.answer import Limits

    Method = Literal["GET", "HEAD"]

try:
    import httpx
except ImportError:
    message = "this needs the package httpx, which isn't there; install it with: pip install httpx"
    raise DigestError(message) from None

AGENT = f"compliance-digest/{__version__}"
HOSTS = 8
"""How many hosts are asked at a time; each is asked one thing at a time."""

_BUSY = (429, 503)
_PERMANENT = (301, 308)
_GZIP = 31
"""What tells zlib that it is given gzip, and nothing else."""


@asynccontextmanager
async def session(limits: Limits) -> AsyncIterator[Session]:
    """Yield a session that keeps to limits, and its connections until it ends. Raises DigestError for a bad proxy."""
    async with _client(limits) as client:
        yield Session(client, limits)


def _client(limits: Limits) -> httpx.AsyncClient:
    try:
        return httpx.AsyncClient(
            headers={"User-Agent": AGENT, "Accept-Encoding": "gzip"},
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            event_hooks={"response": [_refuse_to_leave]},
            timeout=httpx.Timeout(limits.read, connect=limits.connect, pool=None),
        )
    except (ImportError, ValueError, httpx.InvalidURL) as error:  # of proxies that the environment names
        message = f"no address can be asked through the proxy that HTTP_PROXY, HTTPS_PROXY or ALL_PROXY names: {error}"
        raise DigestError(message) from None


@dataclass(slots=True)
class _Host:
    """A host, and how often in a row it failed."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    failures: int = 0


@dataclass(frozen=True, slots=True)
class _Response:
    """One answer on the way, and the seconds it took; `target` is where it redirects to."""

    status: int
    target: httpx.URL | None
    content_type: str
    retry_after: str
    body: bytes
    seconds: float


class Session:
    """Asks many addresses, each host one thing at a time."""

    def __init__(self, client: httpx.AsyncClient, limits: Limits) -> None:
        self._client = client
        self._limits = limits
        self._hosts: defaultdict[str, _Host] = defaultdict(_Host)
        self._places = asyncio.Semaphore(HOSTS)

    async def get(self, address: str) -> Answer:
        """Return what an address answers, with its body. Raises WebError."""
        return await self._follow(address, "GET", body=True)

    async def probe(self, address: str) -> Answer:
        """Return what an address answers, asked for its headers alone. Raises WebError."""
        answer = await self._follow(address, "HEAD", body=False)
        if answer.status < 400 or answer.status in _BUSY:
            return answer
        return await self._follow(address, "GET", body=False)

    async def _follow(self, address: str, method: Method, *, body: bool) -> Answer:
        url, fragment = _url(address), urldefrag(address).fragment
        if url is None:
            raise WebError(address, "it is not a web address; expected one such as https://example.org/page")
        permanent, settled, left = "", True, self._limits.total
        for _ in range(self._limits.redirects + 1):
            response = await self._turn(url, method, left, body=body)
            if response.target is None:
                return Answer(str(url), response.status, permanent or None, response.content_type, response.body)
            left = max(0.0, left - response.seconds)
            url = response.target
            settled = settled and response.status in _PERMANENT
            if settled:
                permanent = str(url.copy_with(fragment=fragment) if fragment and not url.fragment else url)
        raise WebError(address, f"it redirects more than {self._limits.redirects} times")

    async def _turn(self, url: httpx.URL, method: Method, seconds: float, *, body: bool) -> _Response:
        """Ask a host when it is free, and again later where it is busy. Raises WebError."""
        host = self._hosts[url.host]
        async with host.lock:
            if self._limits.patience and host.failures >= self._limits.patience:
                reason = (
                    f"{url.host} was not asked any more, since it failed or was busy {host.failures} times in a row"
                )
                raise WebError(str(url), reason)
            host.failures += 1
            for pause in (*self._limits.pauses, None):
                async with self._places:
                    response = await self._request(url, method, seconds, body=body)
                if response.status not in _BUSY:
                    host.failures = 0
                    break
                wait = _wait(response, pause)
                if pause is None or wait > max(self._limits.pauses):
                    break
                await asyncio.sleep(wait)
            return response

    async def _request(self, url: httpx.URL, method: Method, seconds: float, *, body: bool) -> _Response:
        clock = asyncio.get_running_loop().time
        start = clock()
        try:
            async with asyncio.timeout(seconds), self._client.stream(method, url) as response:
                headers = response.headers
                content = await self._body(response) if body and response.is_success else b""
                return _Response(
                    response.status_code,
                    _redirected(response) if response.has_redirect_location else None,
                    headers.get("content-type", ""),
                    headers.get("retry-after", ""),
                    content,
                    clock() - start,
                )
        except (httpx.HTTPError, httpx.InvalidURL, ValueError, zlib.error, TimeoutError) as error:
            raise WebError(str(url), _reason(error, url, self._limits)) from None

    async def _body(self, response: httpx.Response) -> bytes:
        """Return the decoded body. Never holds more than what may be: a bomb of gzip is not unpacked."""
        limit, body = self._limits.size, bytearray()
        encoding = response.headers.get("content-encoding", "identity").strip().lower()
        if encoding not in ("identity", "gzip", "x-gzip", ""):
            raise WebError(str(response.url), f"it is encoded as '{encoding}', which was not asked for")
        unpacking = zlib.decompressobj(_GZIP) if "gzip" in encoding else None
        async for chunk in response.aiter_raw():
            body += unpacking.decompress(chunk, limit + 1 - len(body)) if unpacking else chunk
            if len(body) > limit:
                raise WebError(str(response.url), f"it is larger than {limit / 1024 / 1024:g} MiB")
        if unpacking and (not unpacking.eof or unpacking.unused_data):
            raise zlib.error
        return bytes(body)


def _url(address: str) -> httpx.URL | None:
    """Return an address of the web, None where it is another or none at all."""
    try:
        parts = urlsplit(address)
        return httpx.URL(address) if parts.scheme in ("http", "https") and parts.hostname and parts.port != 0 else None
    except (httpx.InvalidURL, ValueError):
        return None


def _redirected(response: httpx.Response) -> httpx.URL:
    """Return where a response leads. Raises WebError where that is out of the web."""
    location = response.headers["location"]
    try:
        url = _url(urljoin(str(response.url), location))
    except ValueError:
        url = None
    if url is None:
        raise WebError(str(response.url), f"it redirects to '{location[:200]}', which is not a web address")
    return url


async def _refuse_to_leave(response: httpx.Response) -> None:
    """Look at a redirect before httpx does, which takes it for bad HTTP where it leads out of the web."""
    if response.has_redirect_location:
        _redirected(response)


def _wait(response: _Response, pause: float | None) -> float:
    """Return how many seconds a host asks to be left alone (RFC 9110, section 10.2.3), or else the pause."""
    asked = response.retry_after.strip()
    if asked.isascii() and asked.isdigit():
        return float(asked)
    try:
        return max(0.0, (parsedate_to_datetime(asked) - datetime.now(UTC)).total_seconds())
    except (TypeError, ValueError):
        return pause or 0.0


def _reason(error: Exception, url: httpx.URL, limits: Limits) -> str:
    """Return why a request failed, in words."""
    causes: list[BaseException] = []
    cause: BaseException | None = error
    while cause is not None and cause not in causes:
        causes.append(cause)
        cause = cause.__cause__ or cause.__context__
    for cause in causes:
        if isinstance(cause, socket.gaierror):
            return f"no host called '{url.host}' is found (a wrong spelling, or no network)"
        if isinstance(cause, ssl.SSLError):
            return f"no secure connection can be made: {getattr(cause, 'verify_message', '') or cause.reason}"
        if isinstance(cause, zlib.error):
            return "what was sent is damaged"
    if isinstance(error, httpx.ConnectTimeout):
        return f"{url.host} does not answer within {limits.connect:g} seconds"
    if isinstance(error, httpx.TimeoutException):
        return f"nothing came for {limits.read:g} seconds"
    if isinstance(error, TimeoutError):
        return f"it takes longer than {limits.total:g} seconds"
    if isinstance(error, httpx.ConnectError):
        return f"nothing answers at {url.netloc.decode('ascii')}"
    return "the connection broke off, or what was sent is not HTTP"
