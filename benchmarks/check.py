"""Whether peers really make the pages and feeds that are compared: `check` tells what they lack."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_COMPARED = re.compile(
    r"(\d{4}|tags)/.*(index\.html|feed\.xml)|archive/index\.html|(index\.html|feed\.xml|sitemap\.xml)"
)
_NOTE = re.compile(r"\d{4}/\d\d/\d\d/[^/]*/index\.html")
_FURTHER_INDEX = re.compile(r"tags/page/.*")
_WHOLE = 0.8
"""How much of an item's words a peer's must have: generators order the notes of one day in their own ways."""

_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_LOCATION = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


@dataclass(frozen=True, slots=True)
class Item:
    """What of a feed's item must be the same: its day, and how many bullets and words at least its text has."""

    day: str
    bullets: int
    words: int


def check(digest: Path, peer: Path) -> Iterator[str]:
    """Yield what of this project's pages a peer's output lacks or has beyond them, and feeds that are not the same.

    Pages that peers are not asked for (statistics, editions, open data) are not looked at, nor is what a note's page
    has besides its text, which is looked at in the feeds.
    """
    own, other = _addresses(digest), _addresses(peer)
    for address in sorted(own.keys() - other.keys()):
        yield f"lacks {address}"
    for address in sorted(other.keys() - own.keys()):
        yield f"has {address} beyond"
    for address in sorted(own.keys() & other.keys()):
        if address.endswith("feed.xml"):
            yield from _differences(address, _items(own[address]), _items(other[address]))
        elif address == "sitemap.xml":
            missing = {page for page in _locations(own[address]) if _is_list(page)} - _locations(other[address])
            yield from (f"sitemap.xml lacks {page}" for page in sorted(missing))
        elif not _NOTE.fullmatch(address) and _entries(own[address]) > _entries(other[address]):
            yield f"{address} links to fewer notes"


def _differences(address: str, own: list[Item], other: list[Item]) -> Iterator[str]:
    if [item.day for item in own] != [item.day for item in other]:
        yield f"{address} has other items"
    elif any(
        peer.bullets < item.bullets or peer.words < _WHOLE * item.words for item, peer in zip(own, other, strict=True)
    ):
        yield f"{address} has items that are not whole"


def _addresses(site: Path) -> dict[str, Path]:
    """Return the files that are compared, by their addresses; the peers write tags as they stand in notes."""
    files = {file.relative_to(site).as_posix().replace("_", "-"): file for file in site.rglob("*.*ml")}
    return {
        address: file
        for address, file in files.items()
        if _COMPARED.fullmatch(address) and not _FURTHER_INDEX.fullmatch(address)
    }


def _items(feed: Path) -> list[Item]:
    found = []
    for item in ET.parse(feed).getroot().iter("item"):
        text = item.findtext(_CONTENT) or item.findtext("description") or ""
        day = parsedate_to_datetime(item.findtext("pubDate") or "").date().isoformat()
        words = len(re.sub(r"<[^>]*>", " ", text).split())
        found.append(Item(day, text.count("<li"), words))
    return found


def _locations(sitemap: Path) -> set[str]:
    return {(place.text or "").replace("_", "-") for place in ET.parse(sitemap).getroot().iter(_LOCATION)}


def _is_list(page: str) -> bool:
    """Whether a page is a note or a list's first page: not all generators put the others into the sitemap."""
    return bool(re.search(r"/(\d{4}|tags|archive)/", page)) and "/page/" not in page


def _entries(page: Path) -> int:
    """Return how many notes a page links to."""
    return len(set(re.findall(r'href="[^"]*?(\d{4}/\d\d/\d\d/[^/"]+)/"', page.read_text("utf-8"))))
