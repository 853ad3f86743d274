"""A feed (RSS or Atom) becomes items."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any, cast

from lxml import etree, html

from compliance_digest.desk.item import Item, Unfit, Unused, day_of
from compliance_digest.desk.quoting import paragraphs
from compliance_digest.problems import DigestError
from compliance_digest.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterable
    from zoneinfo import ZoneInfo

    from compliance_digest.desk.answer import Answer

try:
    import feedparser
except ImportError:
    message = "this needs the package feedparser, which isn't there; install it with: pip install feedparser"
    raise DigestError(message) from None

_HTML = re.compile(rb"\s*+(?:(?><!--.*?-->)\s*+)*+<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL)
_FEED_TYPES = ("application/rss+xml", "application/atom+xml")
_PLACE = re.compile(r", line \d+, column \d+$")


class BadFeed(DigestError):
    """What an address answers with is not a feed that can be read."""


def read_feed(answer: Answer, timezone: ZoneInfo) -> tuple[list[Item], list[Unused]]:
    """Return the items of a feed, newest first, and those that no note can be made of, in the feed's order.

    A day is that in `timezone`, where the feed names a moment. Raises BadFeed where it isn't well-formed XML, brings
    entities of its own, or is no feed.
    """
    # feedparser is given bytes that are well-formed for certain: else it falls back on guessing, and takes long for it.
    data = etree.tostring(_root(answer), encoding="utf-8")
    headers = {"content-type": "application/xml; charset=utf-8", "content-location": answer.url}
    try:
        feed = feedparser.parse(
            io.BytesIO(data), response_headers=headers, resolve_relative_uris=False, sanitize_html=False
        )
    except Exception as error:  # it raises whatever its parts do on values that none of them foresaw
        message = f"feedparser fails on it: {error}"
        raise BadFeed(message) from None
    if not feed.get("version"):
        message = "this is XML, but neither RSS nor Atom"
        raise BadFeed(message)
    return _items(feed.entries, timezone)


def _root(answer: Answer) -> etree._Element:
    if not answer.body.strip():
        raise BadFeed("the server sent nothing: it is empty")
    if answer.body.lstrip().startswith(b"{"):
        raise BadFeed("this is JSON; RSS and Atom are read, so look for the address of one of these")
    if _HTML.match(answer.body):
        feeds = _named_feeds(answer)
        message = f"this is a web page and not a feed{'' if not feeds else f', and names {feeds[0]} as one'}"
        raise BadFeed(message)
    try:
        root = _parsed(answer.body, None)
    except etree.XMLSyntaxError as error:
        try:
            root = _parsed(answer.body, answer.charset)
        except (etree.XMLSyntaxError, LookupError):
            place = f"line {error.position[0]}, column {error.position[1]}"
            message = f"this is not well-formed XML: {_PLACE.sub('', error.msg or '') or 'nothing in it'} ({place})"
            raise BadFeed(message) from None
    return root


def _named_feeds(answer: Answer) -> list[str]:
    """Return the addresses of the feeds that a web page names (HTML, section 4.6.7.1)."""
    try:
        page = cast("html.HtmlElement", html.document_fromstring(answer.body, base_url=answer.url))
    except (etree.ParserError, ValueError):
        return []
    page.make_links_absolute(handle_failures="ignore")
    return [
        _line(link.get("href"))
        for link in page.iterfind(".//link[@href]")
        if "alternate" in link.get("rel", "").lower().split() and link.get("type", "").lower() in _FEED_TYPES
    ]


def _parsed(body: bytes, encoding: str | None) -> etree._Element:
    parser = etree.XMLParser(encoding=encoding, resolve_entities=False, no_network=True, load_dtd=False)
    root = etree.fromstring(body, parser)
    document_type: Any = root.getroottree().docinfo.internalDTD
    if document_type is not None and any(True for _ in document_type.iterentities()):
        message = "it defines XML entities of its own, which feeds have no use for and attacks have"
        raise BadFeed(message)
    return root


def _items(entries: Iterable[dict[str, Any]], timezone: ZoneInfo) -> tuple[list[Item], list[Unused]]:
    items: list[Item] = []
    unused: list[Unused] = []
    for entry in map(dict, entries):  # else feedparser warns of fields that it once had by other names
        try:
            items.append(_item(entry, timezone))
        except Unfit as error:
            unused.append(Unused(_title(entry) or _line(entry.get("link")) or "an item without a title", str(error)))
    return sorted(items, key=lambda item: item.date, reverse=True), unused


def _item(entry: dict[str, Any], timezone: ZoneInfo) -> Item:
    title, link = _title(entry), _line(entry.get("link"))
    if not title:
        raise Unfit("it has no title")
    if not link:
        raise Unfit("it has no link")
    stated = _line(entry.get("published") or entry.get("updated"))
    content = entry.get("content") or [{}]
    return Item(
        title=title,
        date=day_of(stated, timezone),
        stated=stated,
        link=link,
        summary=tuple(paragraphs(entry.get("summary") or content[0].get("value") or "")),
        guid=_line(entry.get("id")),
    )


def _title(entry: dict[str, Any]) -> str:
    return " ".join(paragraphs(entry.get("title") or ""))


def _line(text: object) -> str:
    return " ".join(clean(text).split()) if isinstance(text, str) else ""
