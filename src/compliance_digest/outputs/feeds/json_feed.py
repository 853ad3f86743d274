"""JSON Feed 1.1 (jsonfeed.org)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from compliance_digest.outputs.feeds.channel import author_of

if TYPE_CHECKING:
    from compliance_digest.outputs.feeds.channel import Channel, Item

VERSION = "https://jsonfeed.org/version/1.1"


def json_feed(channel: Channel) -> bytes:
    """Return a channel as JSON Feed. What is not known has no key."""
    site = channel.site
    feed = {
        "version": VERSION,
        "title": channel.title,
        "home_page_url": channel.home,
        "feed_url": channel.url,
        "description": channel.description,
        "icon": channel.icon,
        "authors": [{"name": author_of(site)}],
        "language": site.language,
        "hubs": [{"type": "WebSub", "url": channel.hub}] if channel.hub else None,
    }
    items = [_known(_item(item)) for item in channel.items]
    return json.dumps({**_known(feed), "items": items}, ensure_ascii=False, indent=1).encode() + b"\n"


def _item(item: Item) -> dict[str, Any]:
    html = item.html
    return {
        "id": item.guid,
        "url": item.link,
        "external_url": item.source,
        "title": item.title,
        "content_html": html,
        "content_text": None if html else item.summary,  # an item must have one of them
        "summary": item.summary,
        "date_published": item.published.isoformat(),
        "date_modified": item.updated.isoformat(),
        "authors": [{"name": item.author}],
        "tags": item.tags,
        "language": item.language,
    }


def _known(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}
