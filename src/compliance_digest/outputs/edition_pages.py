"""Editions: one week or month, read as one page, and the list of all of them."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

from compliance_digest.archive.editions import edition_days
from compliance_digest.outputs import structured
from compliance_digest.outputs.feeds.addresses import editions_feed
from compliance_digest.outputs.page import LINES_OF_INDEX, numbered, paginated, with_neighbours
from compliance_digest.outputs.rows import quoted_weight
from compliance_digest.outputs.sums import tally
from compliance_digest.outputs.views import Count, Head, Link

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compliance_digest.archive.archive import Archive, Entry, Group
    from compliance_digest.outputs.artifact import Artifact
    from compliance_digest.outputs.formats import Formats
    from compliance_digest.outputs.page import PageMaker
    from compliance_digest.outputs.rows import Rows
    from compliance_digest.outputs.views import Row
    from compliance_digest.settings import Settings

ACTIONS_ON_PAGE = 40
FOLDER = "editions/"


class EditionPages:
    """Plans the pages of an archive's editions; none where the settings want no editions."""

    def __init__(self, archive: Archive, settings: Settings, rows: Rows, maker: PageMaker) -> None:
        self._site = settings.site
        self._are_wanted = settings.editions.period != "none"
        self._editions = archive.of_kind("edition")
        self._feed = editions_feed(archive)
        self._rows = rows
        self._formats = rows.formats
        self._maker = maker

    def all(self) -> Iterator[Artifact]:
        """Yield the pages of all editions, and those of their list."""
        for newer, edition, older in with_neighbours(self._editions):
            yield from self._edition(edition, newer, older)
        if self._are_wanted:
            yield from self._index()

    def _edition(self, edition: Group, newer: Group | None, older: Group | None) -> Iterator[Artifact]:
        name = self._formats.edition_heading(edition.key)
        values = {
            "kind": _number(edition, self._formats) or "Edition",
            "heading": name,
            "facts": tally(edition.entries, self._formats),
            "newer": self._link(newer),
            "older": self._link(older),
        }
        actions = self._formats.counted(len(edition.entries), "privacy enforcement action")
        description = f"The digest of {name}: {actions}, with the passages that matter."
        for address, entries, pages in paginated(edition.entries, ACTIONS_ON_PAGE, edition.address, quoted_weight):
            rows = [self._told(entry) for entry in entries]
            yield self._maker.page(
                "edition.html",
                Head(numbered(name, pages), description, address, "editions", self._feed),
                {**values, "rows": rows, "pages": pages},
                cause=f"the edition '{edition.label}'",
                inputs=[repr(values), repr(pages), repr(rows)],
                changed=entries[0].note.date.isoformat(),
                main=partial(structured.item_list, self._site, [row.address for row in rows]),
            )

    def _told(self, entry: Entry) -> Row:
        """Return an entry with its passages, and its summary only where none of these says it."""
        row, quotes = self._rows.row(entry), self._rows.quoting(entry)
        says_it = quotes and entry.note.summary == entry.note.body.summary
        return replace(row, quotes=quotes, summary="" if says_it else row.summary)

    def _index(self) -> Iterator[Artifact]:
        description = "Each edition is one page: what was decided in that time, with the passages that matter."
        for address, editions, pages in paginated(self._editions, LINES_OF_INDEX, FOLDER):
            years = [
                (year, [edition_line(each, self._formats) for each in some]) for year, some in groupby(editions, _year)
            ]
            yield self._maker.page(
                "editions.html",
                Head(numbered("Editions", pages), description, address, "editions", self._feed),
                {"years": years, "intro": description, "pages": pages},
                cause="the list of editions",
                main=partial(structured.item_list, self._site, [edition.address for edition in editions]),
            )

    def _link(self, edition: Group | None) -> Link | None:
        return Link(self._formats.edition_heading(edition.key), edition.address) if edition else None


def edition_line(edition: Group, formats: Formats) -> Count:
    """Return an edition's line in a list of them."""
    heading = formats.edition_heading(edition.key)
    return Count(heading, edition.address, len(edition.entries), _number(edition, formats))


def _number(edition: Group, formats: Formats) -> str:
    """Return the number of a week, `Week 40, 2024`; a month's edition has none."""
    name = formats.edition(edition.key)
    return name if name != formats.edition_heading(edition.key) else ""


def _year(edition: Group) -> str:
    return str(edition_days(edition.key)[1].year).zfill(4)
