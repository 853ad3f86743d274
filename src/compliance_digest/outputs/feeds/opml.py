"""A list of feeds that feed readers import: OPML 2.0 (opml.org)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as etree

from compliance_digest.outputs.feeds.channel import author_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from compliance_digest.outputs.views import Feed
    from compliance_digest.settings import Site


def opml(site: Site, feeds: Iterable[Feed], folders: Iterable[tuple[str, Sequence[Feed]]]) -> bytes:
    """Return a list of RSS feeds, and of others in folders of this name."""
    document = etree.Element("opml", version="2.0")
    head, body = etree.SubElement(document, "head"), etree.SubElement(document, "body")
    etree.SubElement(head, "title").text = f"Feeds of {site.title}"
    etree.SubElement(head, "ownerName").text = author_of(site)
    etree.SubElement(head, "docs").text = "https://opml.org/spec2.opml"
    for feed in feeds:
        _outline(body, feed, site)
    for name, inside in folders:
        folder = etree.SubElement(body, "outline", text=name, title=name)
        for feed in inside:
            _outline(folder, feed, site)
    etree.indent(document, "")
    return bytes(etree.tostring(document, encoding="UTF-8", xml_declaration=True)) + b"\n"


def _outline(parent: etree.Element, feed: Feed, site: Site) -> None:
    attributes = {
        "type": "rss",
        "version": "RSS2",
        "text": feed.title,
        "title": feed.title,
        "xmlUrl": site.base_url + feed.address,
        "htmlUrl": site.base_url + feed.page,
        "language": site.language,
    }
    etree.SubElement(parent, "outline", attributes)
