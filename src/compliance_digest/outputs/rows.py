"""Entries of the archive as lists and pages show them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from markupsafe import Markup

from compliance_digest.archive.archive import month_address
from compliance_digest.notes.note import last_change
from compliance_digest.outputs.formats import name_order
from compliance_digest.outputs.views import Count, Link, Month, NoteView, Quote, Row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date

    from compliance_digest.archive.archive import Archive, Entry, Group, Kind
    from compliance_digest.notes.note import Note, Passage, Text
    from compliance_digest.outputs.formats import Formats
    from compliance_digest.outputs.views import Citation


KEPT = 4000
"""How many rows are kept for the next list that they are in."""


class Rows:
    """Makes the views of entries."""

    def __init__(self, archive: Archive, formats: Callable[[], Formats]) -> None:
        self._archive = archive
        self._formats = formats
        self.row = lru_cache(maxsize=KEPT)(self._make)

    @property
    def formats(self) -> Formats:
        """The formats of the site's language."""
        return self._formats()

    def text(self, entry: Entry) -> Text:
        """Return an entry's text."""
        return self._archive.text(entry)

    def quoting(self, entry: Entry, tag: str | None = None) -> tuple[Quote, ...]:
        """Return the passages of an entry, all of them or those that carry a tag."""
        note = entry.note
        return tuple(
            Quote(Markup(passage.html), f"{note.address}#{passage.anchor}")  # noqa: S704 (sanitised)
            for passage in _passages(self.text(entry), tag)
        )

    def label(self, group: Group) -> str:
        """Return what a group is called in the site's language."""
        return self.formats.country(group.key) if group.kind == "country" else group.label

    def link(self, group: Group) -> Link:
        """Return the link to a group's page."""
        return Link(self.label(group), group.address)

    def full_label(self, group: Group) -> str:
        """Return what a group is called, with an authority's country, since several authorities share a name."""
        return ", ".join(part for part in (self.label(group), self._country_of(group)) if part)

    def count(self, group: Group) -> Count:
        """Return a group's line in an index."""
        return Count(self.label(group), group.address, len(group.entries), self._country_of(group))

    def by_name(self, groups: Iterable[Group]) -> list[Group]:
        """Return groups in the order of their names."""
        return sorted(groups, key=lambda group: name_order(self.label(group)))

    def most_used(self, groups: Iterable[Group], at_most: int) -> list[Group]:
        """Return the groups with the most notes, the largest first; among equals by name."""
        return sorted(groups, key=lambda group: (-len(group.entries), name_order(self.label(group))))[:at_most]

    def _country_of(self, group: Group) -> str:
        authority = group.entries[0].authority if group.kind == "authority" else None
        return self.formats.country(authority.country) if authority and authority.country else ""

    def months(self, rows: Iterable[Row]) -> list[Month]:
        """Return rows, newest first, by month."""
        months: list[Month] = []
        gathered: list[Row] = []
        for row in rows:
            if gathered and (row.date.year, row.date.month) != (gathered[0].date.year, gathered[0].date.month):
                months.append(_month(gathered))
                gathered = []
            gathered.append(row)
        return [*months, _month(gathered)] if gathered else months

    def note_view(
        self, entry: Entry, newer: Entry | None, older: Entry | None, related: Iterable[Entry], citation: Citation
    ) -> NoteView:
        """Return an entry as its page shows it, between its neighbours in time, with those related to it."""
        note, authority = entry.note, entry.authority
        return NoteView(
            row=self.row(entry),
            body=Markup(self.text(entry).html),  # noqa: S704 (sanitised)
            sources=note.sources,
            case=note.case,
            sector=note.sector,
            updates=note.updates,
            changed=last_change(note),
            authority_name=authority.name if authority and authority.name != authority.short else None,
            newer=Link(newer.note.title, newer.note.address) if newer else None,
            older=Link(older.note.title, older.note.address) if older else None,
            related=tuple(self.row(each) for each in related),
            citation=citation,
            standfirst=note.standfirst,
        )

    def _make(self, entry: Entry) -> Row:
        """Return an entry as a list shows it."""
        note = entry.note
        return Row(
            title=note.title,
            address=note.address,
            date=note.date,
            authority=next(iter(self._links(entry, "authority")), None),
            country=next(iter(self._links(entry, "country")), None),
            organisations=self._links(entry, "organisation"),
            fines=note.fines,
            outcome=note.outcome.replace("-", " ") if note.outcome else None,
            status=note.status,
            remarks=tuple(_remarks(note)),
            articles=self._links(entry, "article"),
            tags=self._links(entry, "tag"),
            summary=note.summary,
            lang=note.lang,
        )

    def _links(self, entry: Entry, kind: Kind) -> tuple[Link, ...]:
        return tuple(self.link(group) for group in self._archive.groups_of(entry, kind))


def _remarks(note: Note) -> Iterator[str]:
    """Yield the outcome, unless a fine says it, and the status, unless it is final."""
    if note.outcome and not (note.fines and note.outcome == "fine"):
        yield note.outcome.replace("-", " ")
    if note.status and note.status != "final":
        yield note.status


def weight_of(entry: Entry) -> int:
    """Return how many characters the HTML is of an entry's passages."""
    return sum([each.characters for each in entry.note.extents])


def weights_by_tag(entries: Iterable[Entry]) -> Mapping[str, Mapping[Entry, int]]:
    """Return, for each tag, how many characters the HTML is of the passages of entries that carry it."""
    weights: dict[str, dict[Entry, int]] = {}
    for entry in entries:
        for extent in entry.note.extents:
            for tag in set(extent.tags):
                weight = weights.setdefault(tag, {})
                weight[entry] = weight.get(entry, 0) + extent.characters
    return weights


def _passages(text: Text, tag: str | None) -> Iterator[Passage]:
    return (passage for passage in text.passages if tag is None or tag in passage.tags)


def first_day(month: Group) -> date:
    """Return the first day of the month that a group is of."""
    return month.entries[0].note.date.replace(day=1)


def _month(rows: list[Row]) -> Month:
    first = rows[0].date.replace(day=1)
    return Month(first, month_address(first), tuple(rows))
