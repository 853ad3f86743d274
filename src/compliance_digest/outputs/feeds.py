"""RSS feeds: all actions, and those of a tag, an authority or a country (RSS 2.0, RSS Best Practices Profile)."""

from __future__ import annotations

import re
from copy import deepcopy
from datetime import datetime, time
from html import escape
from typing import TYPE_CHECKING

from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator

from compliance_digest import __version__
from compliance_digest.outputs.artifact import Artifact
from compliance_digest.outputs.rows import text_fingerprint
from compliance_digest.outputs.theme import ASSETS, way_to_root
from compliance_digest.text import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from zoneinfo import ZoneInfo

    from lxml import etree

    from compliance_digest.archive.archive import Archive, Entry, Group, Kind
    from compliance_digest.outputs.rows import Rows
    from compliance_digest.settings import Settings

KINDS: tuple[Kind, ...] = ("authority", "country", "tag")
"""The kinds of groups that have a feed."""

MINUTES_TO_LIVE = 60
ICON_SIZE = 144

_BUILT = re.compile(rb"<lastBuildDate>.*?</lastBuildDate>")
_DATA_TAGS = re.compile(r'(<(?:li|p) class="passage" id="[^"]*") data-tags="[^"]*"')


def feed_address(group: Group) -> str:
    """Return the address inside the site of a group's feed."""
    return f"{group.address}feed.xml"


def feed_label(heading: str) -> str:
    """Return what the feed of the group with this heading is called."""
    return f"RSS feed of {heading}"


class Feeds:
    """Plans the feeds of an archive."""

    def __init__(self, archive: Archive, settings: Settings, rows: Rows, fingerprint: str) -> None:
        self.archive = archive
        self.settings = settings
        self.rows = rows
        self.fingerprint = fingerprint
        self._items: dict[str, _Item] = {}

    def all(self) -> Iterator[Artifact]:
        """Yield the main feed and those of the groups."""
        site, sizes = self.settings.site, self.settings.feeds
        yield self._feed("feed.xml", site.title, "", self.archive.entries[: sizes.items], "the feed of all actions")
        for kind in KINDS:
            for group in self.archive.of_kind(kind):
                label = self.rows.label(group)
                yield self._feed(
                    feed_address(group),
                    f"{label} · {site.title}",
                    group.address,
                    group.entries[: sizes.tag_items],
                    f"the {kind} '{group.label}'",
                    origin=group.origin,
                )

    def _feed(
        self,
        address: str,
        title: str,
        page: str,
        entries: Sequence[Entry],
        cause: str,
        origin: tuple[str, int] = ("digest.toml", 1),
    ) -> Artifact:
        def render() -> bytes:
            return self._rss(address, title, page, entries)

        digests = [f"{text_fingerprint(entry.note)} {self.rows.fingerprint(entry)}" for entry in entries]
        return Artifact(address, cause, (self.fingerprint, title, *digests), render, origin)

    def _rss(self, address: str, title: str, page: str, entries: Sequence[Entry]) -> bytes:
        site = self.settings.site
        feed = FeedGenerator()
        feed.load_extension("dc")
        feed.title(title)
        feed.description(site.description or f"Privacy enforcement actions: {title}")
        feed.link(href=site.base_url + address, rel="self", type="application/rss+xml")
        feed.link(href=site.base_url + page)
        feed.language(site.language)
        feed.generator(f"compliance-digest {__version__}")
        feed.ttl(MINUTES_TO_LIVE)
        icon = f"{site.base_url}{ASSETS}/icon.png"
        feed.image(icon, title, site.base_url + page, width=str(ICON_SIZE), height=str(ICON_SIZE))
        if site.licence:
            feed.copyright(site.licence)
        if entries:
            feed.lastBuildDate(max(_changed(entry, site.timezone) for entry in entries))
        for entry in entries:
            feed.add_entry(self._item(entry), order="append")
        style = f'<?xml-stylesheet type="text/css" href="{way_to_root(address)}{ASSETS}/feed.css"?>\n'
        declaration, newline, rest = feed.rss_str().partition(b"\n")
        if not entries:  # feedgen then says that the feed was built now
            rest = _BUILT.sub(b"", rest)
        return bytes(declaration + newline + style.encode() + rest + b"\n")

    def _item(self, entry: Entry) -> _Item:
        """Return an entry's item, made once for all feeds that it is in."""
        path = entry.note.path
        if path not in self._items:
            self._items[path] = self._make_item(entry)
        return self._items[path]

    def _make_item(self, entry: Entry) -> _Item:
        note, site = entry.note, self.settings.site
        item = _Item()
        item.load_extension("dc")
        item.title(note.title)
        item.link(href=site.base_url + note.address)
        item.guid(note.guid, permalink=False)
        item.description(escape(note.summary or note.title, quote=False))
        if self.settings.feeds.full_text:
            item.content(self._whole(entry).replace(ROOT, site.base_url), type="html")
        item.dc.dc_creator(site.author or site.title)
        for tag in self.rows.row(entry).tags:
            item.category(term=tag.label)
        item.published(note.published)
        return item

    def _whole(self, entry: Entry) -> str:
        """Return the HTML of all that a note says: its text, the facts, later events and sources."""
        note = entry.note
        pieces = [_DATA_TAGS.sub(r"\1", note.body.html)]
        if facts := "; ".join(f"{label}: {value}" for label, value in self._facts(entry) if value):
            pieces.append(f"<p>{escape(facts, quote=False)}</p>")
        if note.updates:
            updates = (
                f"<li>{update.date.isoformat()}: {escape(update.note, quote=False)}</li>" for update in note.updates
            )
            pieces.append(f"<p>Updates:</p>\n<ul>{''.join(updates)}</ul>")
        if note.sources:
            links = (
                f'<a href="{escape(source.url)}">{escape(source.title or source.host)}</a>' for source in note.sources
            )
            pieces.append(f"<p>{'Source' if len(note.sources) == 1 else 'Sources'}: {', '.join(links)}</p>")
        return "\n".join(pieces)

    def _facts(self, entry: Entry) -> Iterator[tuple[str, str]]:
        row, note = self.rows.row(entry), entry.note
        yield "Fine", ", ".join(self.rows.formats.money(fine) for fine in row.fines)
        yield "Outcome", row.outcome or ""
        yield "Status", row.status or ""
        yield "Against", ", ".join(link.label for link in row.organisations)
        yield "Authority", ", ".join(link.label for link in (row.authority, row.country) if link)
        yield "Articles", ", ".join(link.label for link in row.articles)
        yield "Case", note.case or ""


class _Item(FeedEntry):  # type: ignore[misc]
    """An item that is turned into XML once, however many feeds it is in."""

    _element: etree._Element | None = None

    def rss_entry(self, extensions: bool = True) -> etree._Element:  # noqa: FBT001, FBT002 (feedgen's signature)
        """Return the item's element."""
        if self._element is None:
            self._element = super().rss_entry(extensions)
        return deepcopy(self._element)


def _changed(entry: Entry, timezone: ZoneInfo) -> datetime:
    """Return when an entry was last changed, by what it says itself: its date, or that of its last update."""
    updates: Iterable[datetime] = (datetime.combine(each.date, time(), timezone) for each in entry.note.updates)
    return max([entry.note.published, *updates])
