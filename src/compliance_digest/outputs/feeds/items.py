"""How entries of the archive and editions become items of feeds."""

from __future__ import annotations

import uuid
from datetime import datetime, time, timedelta, timezone
from functools import partial
from textwrap import shorten
from typing import TYPE_CHECKING

from compliance_digest.archive.editions import edition_days
from compliance_digest.outputs.feeds.channel import Item, author_of
from compliance_digest.outputs.feeds.content import action, whole_note
from compliance_digest.outputs.keeping import Kept
from compliance_digest.text import ROOT

if TYPE_CHECKING:
    from datetime import date

    from compliance_digest.archive.archive import Entry, Group
    from compliance_digest.outputs.rows import Rows
    from compliance_digest.settings import Settings

LONGEST_SUMMARY = 320
"""Characters of an edition's summary."""

ITEMS_KEPT = 10_000
"""Items without their HTML weigh little."""


class Items:
    """Makes the items of entries, each once for many feeds that it is in, and those of editions."""

    def __init__(self, settings: Settings, rows: Rows) -> None:
        self._site = settings.site
        self._full_text = settings.feeds.full_text
        self._rows = rows
        self._items: Kept[Item] = Kept(ITEMS_KEPT)

    def of_entry(self, entry: Entry) -> Item:
        """Return an entry's item."""
        return self._items.get(entry.note.path, partial(self._of_entry, entry))

    def _of_entry(self, entry: Entry) -> Item:
        note, base_url = entry.note, self._site.base_url
        return Item(
            guid=note.guid,
            title=note.title,
            link=base_url + note.address,
            summary=note.summary or note.title,
            content=partial(self._whole, entry) if self._full_text else None,
            author=author_of(self._site),
            tags=tuple(tag.label for tag in self._rows.row(entry).tags),
            published=_writable(note.published),
            updated=self.changed(entry),
            source=note.sources[0].url if note.sources else None,
            language=note.lang,
        )

    def of_edition(self, edition: Group) -> Item:
        """Return the item of an edition that is over: it is published when the day after its last begins."""
        published = self._start(edition_days(edition.key)[1] + timedelta(days=1))
        actions = self._rows.formats.counted(len(edition.entries), "action")
        titles = "; ".join(entry.note.title for entry in edition.entries)
        return Item(
            guid=uuid.uuid5(self._site.id, f"edition:{edition.key}").urn,
            title=self._rows.formats.edition_title(edition.key),
            link=self._site.base_url + edition.address,
            summary=shorten(f"{actions}: {titles}", LONGEST_SUMMARY, placeholder=" …"),
            content=partial(self._told, edition) if self._full_text else None,
            author=author_of(self._site),
            tags=(),
            published=_writable(published),
            updated=max([_writable(published), *map(self.changed, edition.entries)]),
        )

    def _whole(self, entry: Entry) -> str:
        return whole_note(entry, self._rows).replace(ROOT, self._site.base_url)

    def _told(self, edition: Group) -> str:
        return "\n".join(action(entry, self._rows, self._site.base_url) for entry in edition.entries)

    def changed(self, entry: Entry) -> datetime:
        """Return when an entry was last changed, by what it says itself: its date, or that of its last update."""
        note = entry.note
        return _writable(max([note.published, *(self._start(update.date) for update in note.updates)]))

    def _start(self, day: date) -> datetime:
        return datetime.combine(day, time(), self._site.timezone)


def _writable(moment: datetime) -> datetime:
    """Return a moment with an offset of whole minutes: feeds can't write the seconds that local mean times have."""
    offset = moment.utcoffset() or timedelta()
    if not offset.total_seconds() % 60:
        return moment
    return moment.replace(tzinfo=timezone(timedelta(minutes=round(offset.total_seconds() / 60))))
