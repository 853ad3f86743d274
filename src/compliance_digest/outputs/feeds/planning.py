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
from compliance_digest.outputs.page import Content
from compliance_digest.outputs.views import Feed, Head

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from compliance_digest.archive.archive import Entry, Group
    from compliance_digest.outputs.context import Context
    from compliance_digest.outputs.feeds.channel import Item
    from compliance_digest.outputs.feeds.syndication import RssWriter

ADDRESS = "feeds/"


class Feeds:
    """Plans the feeds of an archive. Editions that are not over are in no feed."""

    def __init__(self, context: Context) -> None:
        self._archive = context.archive
        self._settings = context.settings
        self._day = context.day
        self._theme = context.theme
        self._prints = context.prints
        self._rows = context.rows
        self._maker = context.maker
        self._items = Items(context.settings, context.rows)

    def all(self) -> Iterator[Artifact]:
        """Yield the main feed in its formats, those of editions and groups, the list of all, and the page of feeds."""
        yield from self._main_feeds()
        if editions_feed(self._archive):
            yield self._edition_feed()
        for kind in KINDS:
            for group in self._archive.of_kind(kind):
                yield self._group_feed(group)
        inputs = [str(len(self._archive.entries)), self._prints.index("edition", *KINDS)]
        yield Artifact.of(OPML, "the list of feeds", (self._theme, *inputs), self._list)
        yield self._maker.page("feeds.html", ADDRESS, inputs, self._page, cause="the page of feeds")

    def _page(self) -> Content:
        """Return the page that explains all feeds and leads to them."""
        feeds = self._settings.feeds
        values = {
            "rss": RSS,
            "atom": ATOM,
            "json": JSON,
            "opml": OPML,
            "editions": self._feed_of_editions() if editions_feed(self._archive) else None,
            "period": self._settings.editions.period,
            "folders": self._folders,
            "newest": feeds.items,
            "whole": feeds.full_text,
        }
        description = "Follow the whole digest, or one tag, authority or country of it, in a feed reader."
        return Content(Head("Feeds", description, ADDRESS, "feeds"), values)

    def _main_feeds(self) -> Iterator[Artifact]:
        entries = self._archive.entries[: self._settings.feeds.items]
        for address in (RSS, ATOM, JSON):
            yield self._of_entries(address, entries, "the feed of all actions", partial(self._feed_of_all, address))

    def _group_feed(self, group: Group) -> Artifact:
        return self._of_entries(
            feed_address(group),
            group.entries[: self._settings.feeds.tag_items],
            f"the {group.kind} '{group.label}'",
            partial(self._feed_of, group),
            more=(self._prints.group(group),),
            origin=group.origin,
        )

    def _of_entries(
        self,
        address: str,
        entries: Sequence[Entry],
        cause: str,
        feed: Callable[[], Feed],
        *,
        more: tuple[str, ...] = (),
        origin: tuple[str, int] = ("digest.toml", 1),
    ) -> Artifact:
        inputs = (self._theme, *more, *map(self._prints.text, entries), *self._prints.shown(entries))
        items = partial(map, self._items.of_entry, entries)
        return Artifact.of(address, cause, inputs, partial(self._written, feed, items), origin, batch="feeds")

    def _edition_feed(self) -> Artifact:
        """Return the feed of the editions that are over, so that subscribers get each of them once, and whole."""
        over = [each for each in self._archive.of_kind("edition") if edition_days(each.key)[1] < self._day]
        newest = over[: self._settings.feeds.items]
        shown = self._prints.shown(entry for edition in newest for entry in edition.entries)
        inputs = (self._theme, *(edition.key for edition in newest), *shown)
        items = partial(map, self._items.of_edition, newest)
        render = partial(self._written, self._feed_of_editions, items)
        return Artifact.of(EDITIONS.address, "the feed of editions", inputs, render)

    def _written(self, feed: Callable[[], Feed], items: Callable[[], Iterable[Item]]) -> bytes:
        made = feed()
        site, hub = self._settings.site, self._settings.feeds.hub
        channel = Channel(site, made.title, made.address, made.page, tuple(items()), hub)
        if made.address == JSON:
            return json_feed(channel)
        from compliance_digest.outputs.feeds.syndication import atom  # noqa: PLC0415 (late: often, no feed is written)

        return atom(channel) if made.address == ATOM else self._rss.write(channel)

    @cached_property
    def _rss(self) -> RssWriter:
        from compliance_digest.outputs.feeds.syndication import RssWriter  # noqa: PLC0415

        return RssWriter()

    def _list(self) -> bytes:
        editions = [self._feed_of_editions()] if editions_feed(self._archive) else []
        return opml(self._settings.site, [self._feed_of_all(RSS), *editions], self._folders)

    def _feed_of_all(self, address: str) -> Feed:
        title = self._settings.site.title
        return Feed(title, title, address, "", len(self._archive.entries))

    def _feed_of_editions(self) -> Feed:
        title = f"Editions · {self._settings.site.title}"
        return Feed("Editions", title, EDITIONS.address, "editions/", len(self._archive.of_kind("edition")))

    @property
    def _folders(self) -> list[tuple[str, list[Feed]]]:
        """The feeds of groups by kind, each by name."""
        kinds = [(FOLDERS[kind].capitalize(), self._rows.by_name(self._archive.of_kind(kind))) for kind in KINDS]
        return [(heading, [self._feed_of(group) for group in groups]) for heading, groups in kinds if groups]

    def _feed_of(self, group: Group) -> Feed:
        label = self._rows.full_label(group)
        title = f"{label} · {self._settings.site.title}"
        return Feed(label, title, feed_address(group), group.address, len(group.entries))
