"""What a browser gets for an address: a file of the site, or something of the preview's own."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from mimetypes import MimeTypes
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote_to_bytes, urlsplit

from compliance_digest.desk.serve.dressing import MARKS, OVERLAY, PLACE, SCRIPT, dressed, marks
from compliance_digest.publishing.layout import check_path
from compliance_digest.publishing.tree import Tree

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from compliance_digest.desk.serve.news import State

HTML = "text/html; charset=utf-8"
PLAIN = "text/plain; charset=utf-8"

_FEEDS = {"feed.xml": "application/rss+xml", "atom.xml": "application/atom+xml", "feed.json": "application/feed+json"}
_TYPES = {
    ".csv": "text/csv",
    ".js": "text/javascript",
    ".json": "application/json",
    ".md": "text/markdown",
    ".opml": "text/x-opml",
    ".wasm": "application/wasm",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}
"""Media types that Python's own table lacks, or has not in all versions."""

_NO_SITE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>The site can’t be built yet</title>
</head>
<body>
<main>
<h1>The site can’t be built yet</h1>
<p>This page says why, and becomes the site as soon as that is mended.</p>
</main>
</body>
</html>
"""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer's status, body, media type, and what other headers it has."""

    status: int
    body: bytes
    kind: str
    headers: Mapping[str, str] = field(default_factory=dict)


def answer(root: Path, state: State, target: str) -> Answer:
    """Return what is at a request's target: of the folder `root` its files alone, and none that a link leads to."""
    try:
        parts = urlsplit(target)
        address = unquote_to_bytes(parts.path.encode("latin-1")).decode()
    except ValueError:
        return told(400, "This is not an address.")
    if address.startswith(PLACE):
        return _own(address, state)
    if not state.build:
        return Answer(503, dressed(_NO_SITE.encode(), state, ""), HTML)
    path = address.removeprefix("/")
    if data := _file(root, f"{path}index.html" if path.endswith("/") or not path else path):
        return data.answer(state)
    if _file(root, f"{path}/index.html"):
        query = f"?{parts.query}" if parts.query else ""
        return Answer(302, b"", PLAIN, {"Location": f"/{quote(path)}/{query}"})
    missing = _file(root, "404.html")
    return missing.answer(state, status=404) if missing else told(404, "There is no such page.")


def told(status: int, message: str) -> Answer:
    """Return an answer that is a sentence."""
    return Answer(status, f"{message}\n".encode(), PLAIN)


def media_type(path: str) -> str:
    """Return the media type of a file of the site, with the encoding of text."""
    name = path.rpartition("/")[2]
    suffix = name[name.rfind(".") :].lower() if "." in name else ""
    kind = _FEEDS.get(name) or _TYPES.get(suffix) or _known(name) or "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith("text/") or kind.endswith(("+xml", "/xml", "json")) else kind


def _own(address: str, state: State) -> Answer:
    if address == MARKS:
        return Answer(200, marks(state).encode(), media_type(address))
    if address in (SCRIPT, OVERLAY):
        return Answer(200, _shipped(address.removeprefix(PLACE)), media_type(address))
    return told(404, "There is no such file.")


@dataclass(frozen=True, slots=True)
class _File:
    path: str
    data: bytes

    def answer(self, state: State, status: int = 200) -> Answer:
        kind = media_type(self.path)
        page = kind.startswith("text/html")
        data = dressed(self.data, state, self.path.removesuffix("index.html")) if page else self.data
        return Answer(status, data, kind)


def _file(root: Path, path: str) -> _File | None:
    """Return a file of the site; None where there is none, or it isn't one that a build made."""
    try:
        check_path(path)
        if Tree(root).is_file(path):
            return _File(path, (root / path).read_bytes())
    except (OSError, ValueError):
        pass
    return None


@cache
def _shipped(name: str) -> bytes:
    return resources.files("compliance_digest.desk.serve").joinpath(name).read_bytes()


@cache
def _known(name: str) -> str | None:
    return MimeTypes().guess_type(name)[0]
