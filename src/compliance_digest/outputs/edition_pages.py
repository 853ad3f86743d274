"""Editions: one week or month, read as one page, and the list of all of them."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

from compliance_digest.archive.editions import edition_days
from compliance_digest.outputs import structured
from compliance_digest.outputs.feeds.addresses import editions_feed
from compliance_digest.outputs.page import LINES_OF_INDEX, Content, numbered, paginated, with_neighbours
from compliance_digest.outputs.rows import weight_of
from compliance_digest.outputs.sums import tally
from compliance_digest.outputs.views import Count, Head, Link

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from compliance_digest.archive.archive import Entry, Group
    from compliance_digest.outputs.artifact import Artifact
    from compliance_digest.outputs.context import Context
    from compliance_digest.outputs.formats import Formats
    from compliance_digest.outputs.views import Pagination, Row

ACTIONS_ON_PAGE = 40
FOLDER = "editions/"


class EditionPages:
    """Plans the pages of an archive's editions; none where the settings want no editions."""

    def __init__(self, context: Context) -> None:
        self._site = context.settings.site
        self._are_wanted = context.settings.editions.period != "none"
        self._editions = context.archive.of_kind("edition")
        self._feed = editions_feed(context.archive)
        self._prints = context.prints
        self._rows = context.rows
        self._maker = context.maker

    @property
    def _formats(self) -> Formats:
        return self._rows.formats

    def all(self) -> Iterator[Artifact]:
        """Yield the pages of all editions, and those of their list."""
        for beside in with_neighbours(self._editions):
            yield from self._pages(*beside)
        if self._are_wanted:
            inputs = [self._prints.index("edition")]
            for address, editions, pages in paginated(self._editions, LINES_OF_INDEX, FOLDER):
                make = partial(self._index, address, editions, pages)
                yield self._maker.page("editions.html", address, inputs, make, cause="the list of editions")

    def _pages(self, newer: Group | None, edition: Group, older: Group | None) -> Iterator[Artifact]:
        prints = self._prints
        of_edition = [prints.sums(edition.entries), *(each.key if each else "" for each in (newer, edition, older))]
        weights = [weight_of(entry) for entry in edition.entries]
        for address, entries, pages in paginated(edition.entries, ACTIONS_ON_PAGE, edition.address, weights):
            yield self._maker.page(
                "edition.html",
                address,
                [*of_edition, str(pages), *prints.quoted(entries)],
                partial(self._edition, (newer, edition, older), address, entries, pages),
                cause=f"the edition '{edition.label}'",
                changed=entries[0].note.date.isoformat(),
            )

    def _edition(
        self,
        beside: tuple[Group | None, Group, Group | None],
        address: str,
        entries: Sequence[Entry],
        pages: Pagination,
    ) -> Content:
        newer, edition, older = beside
        name = self._formats.edition_heading(edition.key)
        rows = [self._told(entry) for entry in entries]
        actions = self._formats.counted(len(edition.entries), "privacy enforcement action")
        description = f"The digest of {name}: {actions}, with the passages that matter."
        values = {
            "kind": _number(edition, self._formats) or "Edition",
            "heading": name,
            "facts": tally(edition.entries, self._formats),
            "newer": self._link(newer),
            "older": self._link(older),
            "rows": rows,
            "pages": pages,
        }
        return Content(
            Head(numbered(name, pages), description, address, "editions", self._feed),
            values,
            structured.item_list(self._site, [row.address for row in rows]),
        )

    def _told(self, entry: Entry) -> Row:
        """Return an entry with its passages, and its summary only where none of these says it."""
        row, quotes = self._rows.row(entry), self._rows.quoting(entry)
        says_it = quotes and entry.note.standfirst is None
        return replace(row, quotes=quotes, summary="" if says_it else row.summary)

    def _index(self, address: str, editions: Sequence[Group], pages: Pagination) -> Content:
        description = "Each edition is one page: what was decided in that time, with the passages that matter."
        years = [
            (year, [edition_line(each, self._formats) for each in some]) for year, some in groupby(editions, _year)
        ]
        return Content(
            Head(numbered("Editions", pages), description, address, "editions", self._feed),
            {"years": years, "intro": description, "pages": pages},
            structured.item_list(self._site, [edition.address for edition in editions]),
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
