"""RSS 2.0 (RSS Best Practices Profile) and Atom 1.0 (RFC 4287), through feedgen; the hub by WebSub."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import partial
from html import escape
from typing import TYPE_CHECKING, TypeVar

from feedgen.entry import FeedEntry
from feedgen.ext.base import BaseExtension
from feedgen.ext.dc import DcEntryExtension, DcExtension
from feedgen.feed import FeedGenerator
from lxml import etree

from compliance_digest import __version__
from compliance_digest.outputs.assets import ASSETS, way_to_root
from compliance_digest.outputs.feeds.channel import author_of
from compliance_digest.outputs.keeping import Kept

if TYPE_CHECKING:
    from compliance_digest.outputs.feeds.channel import Channel, Item

MINUTES_TO_LIVE = 60
ICON_SIZE = 144
ITEMS_KEPT = 4_000
"""Items that are kept as XML: a note is in the feeds of its authority, its country and its tags."""

NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""When an Atom feed without entries was changed: it has to say a time, and there is none."""

T = TypeVar("T", bound=FeedEntry)

_NAMESPACES = {
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
}
"""Those that an item uses, as feedgen declares them at a feed's root."""

_ATOM = "http://www.w3.org/2005/Atom"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_BUILT = re.compile(rb"<lastBuildDate>.*?</lastBuildDate>")


class RssWriter:
    """Writes channels as RSS. An item is turned into XML once for many channels, which it is put into as it is."""

    def __init__(self) -> None:
        self._items: Kept[bytes] = Kept(ITEMS_KEPT)

    def write(self, channel: Channel) -> bytes:
        """Return a channel as RSS."""
        feed = _feed(channel, "application/rss+xml")
        feed.register_extension("dc", DcExtension)
        feed.ttl(MINUTES_TO_LIVE)
        feed.image(channel.icon, channel.title, channel.home, width=str(ICON_SIZE), height=str(ICON_SIZE))
        if channel.hub:
            feed.register_extension("websub", _Hub)
            feed.websub.address = channel.hub
        start, end, rest = feed.rss_str().rpartition(b"</channel>")
        if not channel.items:  # feedgen then says that the feed was built now
            start = _BUILT.sub(b"", start)
        items = (self._items.get(item.guid, partial(_rss_item, item)) for item in channel.items)
        return _styled(b"".join([start, *items, end, rest]), channel)


def atom(channel: Channel) -> bytes:
    """Return a channel as Atom."""
    feed = _feed(channel, "application/atom+xml")
    feed.id(channel.site.id.urn)
    feed.author(name=author_of(channel.site))
    feed.icon(channel.icon)
    if not channel.items:
        feed.updated(NEVER)
    for item in channel.items:
        feed.add_entry(_atom_entry(item), order="append")
    return _styled(feed.atom_str(), channel)


def _feed(channel: Channel, media_type: str) -> FeedGenerator:
    """Return what RSS and Atom say alike of a channel."""
    site = channel.site
    feed = FeedGenerator()
    feed.title(channel.title)
    feed.description(channel.description)
    feed.link(href=channel.url, rel="self", type=media_type)
    if channel.hub:
        feed.link(href=channel.hub, rel="hub")
    feed.link(href=channel.home, rel="alternate", type="text/html")  # the last is that of RSS
    feed.language(site.language)
    feed.generator(f"compliance-digest {__version__}")
    if site.licence:
        feed.rights(site.licence)
    if channel.updated:
        feed.updated(channel.updated)
    return feed


def _rss_item(item: Item) -> bytes:
    """Return an item's element as bytes, to stand in a channel that declares the namespaces of its parts."""
    made = FeedEntry()
    made.register_extension("dc", DcEntryExtension)
    made.description(escape(item.summary, quote=False))
    made.dc.dc_creator(item.author)
    around = etree.Element("rss", nsmap=_NAMESPACES)
    around.append(_filled(made, item).rss_entry())
    whole: bytes = etree.tostring(around, encoding="UTF-8", xml_declaration=False)
    return whole[whole.index(b">") + 1 : -len(b"</rss>")]


def _atom_entry(item: Item) -> _AtomEntry:
    made = _AtomEntry(item.language)
    made.summary(item.summary)
    made.author(name=item.author)
    made.updated(item.updated)
    return _filled(made, item)


def _filled(made: T, item: Item) -> T:
    """Return an entry with what RSS and Atom say alike of an item."""
    made.title(item.title)
    made.link(href=item.link, rel="alternate")
    made.guid(item.guid, permalink=False)
    if html := item.html:
        made.content(html, type="html")
    for tag in item.tags:
        made.category(term=tag)
    made.published(item.published)
    return made


def _styled(xml: bytes, channel: Channel) -> bytes:
    """Return a feed with the instruction by which browsers show it as a page (Associating Style Sheets with XML)."""
    style = f'<?xml-stylesheet type="text/css" href="{way_to_root(channel.address)}{ASSETS}/feed.css"?>\n'
    declaration, newline, rest = xml.partition(b"\n")
    return declaration + newline + style.encode() + rest + b"\n"


class _AtomEntry(FeedEntry):  # type: ignore[misc]
    """An entry that may have a language of its own."""

    def __init__(self, language: str | None) -> None:
        super().__init__()
        self._language = language

    def atom_entry(self, extensions: bool = True) -> etree._Element:  # noqa: FBT001, FBT002 (feedgen's signature)
        """Return the entry's element."""
        element: etree._Element = super().atom_entry(extensions)
        if self._language:
            element.set(_LANGUAGE, self._language)
        return element


class _Hub(BaseExtension):  # type: ignore[misc]
    """The WebSub hub of an RSS feed, where feedgen writes no link but that to the feed itself."""

    address = ""

    def extend_rss(self, feed: etree._Element) -> etree._Element:
        """Add the link to the channel."""
        etree.SubElement(feed[0], f"{{{_ATOM}}}link", href=self.address, rel="hub")
        return feed
