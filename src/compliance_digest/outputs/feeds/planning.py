"""Which feeds a site has, and the page that explains them."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING

from compliance_digest.archive.archive import FOLDERS
from compliance_digest.archive.editions import edition_days
from compliance_digest.outputs.artifact import Artifact
from compliance_digest.outputs.feeds.addresses import (
    ATOM,
    EDITIONS,
    JSON,
    KINDS,
    OPML,
    RSS,
    editions_feed,
    feed_address,
)
from compliance_digest.outputs.feeds.channel import Channel
from compliance_digest.outputs.feeds.items import Items
from compliance_digest.outputs.feeds.json_feed import json_feed
from compliance_digest.outputs.feeds.opml import opml
from compliance_digest.outputs.feeds.syndication import RssWriter, atom
from compliance_digest.outputs.rows import text_fingerprint
from compliance_digest.outputs.views import Feed, Head

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date

    from compliance_digest.archive.archive import Archive, Entry, Group
    from compliance_digest.outputs.feeds.channel import Item
    from compliance_digest.outputs.page import PageMaker
    from compliance_digest.outputs.rows import Rows
    from compliance_digest.settings import Settings

    Write = Callable[[Channel], bytes]


class Feeds:
    """Plans the feeds of an archive. `day` is today in the site's time zone: editions that end later are not over."""

    def __init__(
        self, archive: Archive, settings: Settings, rows: Rows, maker: PageMaker, fingerprint: str, day: date
    ) -> None:
        self._archive = archive
        self._settings = settings
        self._rows = rows
        self._maker = maker
        self._fingerprint = fingerprint
        self._day = day
        self._items = Items(settings, rows)
        self._rss = RssWriter()

    def all(self) -> Iterator[Artifact]:
        """Yield the main feed in its formats, those of editions and groups, the list of all, and the page of feeds."""
        yield from self._main_feeds()
        if self._editions:
            yield self._edition_feed(self._editions)
        for kind in KINDS:
            for group in self._archive.of_kind(kind):
                yield self._group_feed(group)
        yield self._list()
        yield self._page()

    def _page(self) -> Artifact:
        """Return the page that explains all feeds and leads to them."""
        feeds, period = self._settings.feeds, self._settings.editions.period
        values = {
            "rss": RSS,
            "atom": ATOM,
            "json": JSON,
            "opml": OPML,
            "editions": self._editions,
            "period": period,
            "folders": self._folders,
            "newest": feeds.items,
            "whole": feeds.full_text,
        }
        description = "Follow the whole digest, or one tag, authority or country of it, in a feed reader."
        return self._maker.page(
            "feeds.html", Head("Feeds", description, "feeds/", "feeds"), values, cause="the page of feeds"
        )

    def _main_feeds(self) -> Iterator[Artifact]:
        entries = self._archive.entries[: self._settings.feeds.items]
        writers: dict[str, Write] = {RSS: self._rss.write, ATOM: atom, JSON: json_feed}
        for address, write in writers.items():
            feed = Feed(self._settings.site.title, self._settings.site.title, address, "", len(entries))
            yield self._of_entries(feed, entries, "the feed of all actions", write=write)

    def _group_feed(self, group: Group) -> Artifact:
        entries = group.entries[: self._settings.feeds.tag_items]
        return self._of_entries(
            self._feed_of(group),
            entries,
            f"the {group.kind} '{group.label}'",
            write=self._rss.write,
            origin=group.origin,
        )

    def _of_entries(
        self,
        feed: Feed,
        entries: Sequence[Entry],
        cause: str,
        *,
        write: Write,
        origin: tuple[str, int] = ("digest.toml", 1),
    ) -> Artifact:
        inputs = [f"{text_fingerprint(entry.note)} {self._rows.fingerprint(entry)}" for entry in entries]
        items = partial(map, self._items.of_entry, entries)
        return self._artifact(feed, items, inputs, cause, write=write, origin=origin)

    def _edition_feed(self, feed: Feed) -> Artifact:
        """Return the feed of the editions that are over, so that subscribers get each of them once, and whole."""
        over = [each for each in self._archive.of_kind("edition") if edition_days(each.key)[1] < self._day]
        newest = over[: self._settings.feeds.items]
        inputs = [
            f"{self._rows.fingerprint(entry)} {self._items.changed(entry)}"
            for edition in newest
            for entry in edition.entries
        ]
        keys = [edition.key for edition in newest]
        items = partial(map, self._items.of_edition, newest)
        return self._artifact(feed, items, [*keys, *inputs], "the feed of editions", write=self._rss.write)

    def _artifact(
        self,
        feed: Feed,
        items: Callable[[], Iterable[Item]],
        inputs: Sequence[str],
        cause: str,
        *,
        write: Write,
        origin: tuple[str, int] = ("digest.toml", 1),
    ) -> Artifact:
        site, hub = self._settings.site, self._settings.feeds.hub

        def render() -> bytes:
            return write(Channel(site, feed.title, feed.address, feed.page, tuple(items()), hub))

        return Artifact(feed.address, cause, (self._fingerprint, feed.title, *inputs), render, origin)

    def _list(self) -> Artifact:
        site = self._settings.site
        main = Feed(site.title, site.title, RSS, "", len(self._archive.entries))
        feeds = [main, *([self._editions] if self._editions else [])]
        inputs = (self._fingerprint, repr(feeds), repr(self._folders))
        return Artifact(OPML, "the list of feeds", inputs, partial(opml, site, feeds, self._folders))

    @cached_property
    def _editions(self) -> Feed | None:
        if not editions_feed(self._archive):
            return None
        title = f"Editions · {self._settings.site.title}"
        return Feed("Editions", title, EDITIONS.address, "editions/", len(self._archive.of_kind("edition")))

    @cached_property
    def _folders(self) -> list[tuple[str, list[Feed]]]:
        """The feeds of groups by kind, each by name."""
        kinds = [(FOLDERS[kind].capitalize(), self._rows.by_name(self._archive.of_kind(kind))) for kind in KINDS]
        return [(heading, [self._feed_of(group) for group in groups]) for heading, groups in kinds if groups]

    def _feed_of(self, group: Group) -> Feed:
        title = f"{self._rows.full_label(group)} · {self._settings.site.title}"
        return Feed(self._rows.full_label(group), title, feed_address(group), group.address, len(group.entries))
