"""The archive: all published notes, newest first, and the groups they form."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Literal, NamedTuple

from compliance_digest.archive.authorities import Ambiguous, Authorities
from compliance_digest.archive.editions import edition_key
from compliance_digest.archive.wikilinks import Wikilinks
from compliance_digest.problems import Problem
from compliance_digest.text import folded, slug

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from compliance_digest.archive.authorities import Authority
    from compliance_digest.archive.wikilinks import Withheld
    from compliance_digest.notes.note import Note
    from compliance_digest.settings import Period, Settings

Kind = Literal["tag", "authority", "country", "organisation", "article", "year", "month", "edition"]

FOLDERS: dict[Kind, str] = {
    "tag": "tags",
    "authority": "authorities",
    "country": "countries",
    "organisation": "organisations",
    "article": "articles",
}
"""The folder of the site that the pages of each kind of group stand in; years and months stand at its root."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A note in the archive, with what is known of it beyond its file: who acted, and where."""

    note: Note
    authority: Authority | None
    country: str | None


@dataclass(frozen=True, slots=True)
class Group:
    """Notes that share something, newest first.

    `address` is the group's page inside the site. `origin` is a file and line that the group comes from.
    """

    kind: Kind
    key: str
    label: str
    address: str
    entries: tuple[Entry, ...]
    origin: tuple[str, int]


@dataclass(frozen=True, slots=True)
class Archive:
    """All entries, newest first, and their groups: by key, for years, months and editions the latest first."""

    entries: tuple[Entry, ...]
    groups: Mapping[Kind, Mapping[str, Group]]

    def of_kind(self, kind: Kind) -> Sequence[Group]:
        """Return the groups of a kind, in their order."""
        return tuple(self.groups[kind].values())

    def months_of(self, year: Group) -> tuple[Group, ...]:
        """Return the groups of a year's months, the latest first."""
        return tuple(month for month in self.of_kind("month") if month.key.startswith(f"{year.key}-"))

    def groups_of(self, entry: Entry, kind: Kind) -> tuple[Group, ...]:
        """Return the groups of a kind that an entry belongs to, in the order its note names them."""
        groups = self.groups[kind]
        return tuple(groups[key] for key in dict.fromkeys(each.key for each in _MEMBERSHIPS[kind](entry)))


class _Membership(NamedTuple):
    """That a note belongs to a group: the group's key and address, how the note calls it, and on which line."""

    key: str
    address: str
    written: str
    line: int


@dataclass(slots=True)
class _Gathered:
    """A group while it is being gathered."""

    address: str
    origin: tuple[str, int]
    entries: list[Entry] = field(default_factory=list)
    written: Counter[str] = field(default_factory=Counter)


def gather(
    notes: Iterable[Note], settings: Settings, withheld: Iterable[Withheld] = ()
) -> tuple[Archive, list[Problem]]:
    """Return the archive that notes make, and what is wrong among them.

    `withheld` are notes that are not part of it: links to them are told apart from links to nothing.
    """
    authorities = Authorities.of(settings.authorities)
    ordered = sorted(notes, key=lambda note: (note.published, note.path), reverse=True)
    problems = list(_twice_the_same_id(ordered, settings.site.id.urn))
    links = Wikilinks(ordered, withheld)
    entries = tuple(_entry(links.resolve(note, problems), authorities, problems) for note in ordered)
    groups: dict[Kind, Mapping[str, Group]] = {}
    with_editions = _MEMBERSHIPS | {"edition": partial(_editions, period=settings.editions.period)}
    for kind, memberships in with_editions.items():
        groups[kind] = _groups(kind, entries, memberships, settings)
        problems += [_no_address(group) for group in groups[kind].values() if "//" in group.address]
    return Archive(entries, groups), problems


def _entry(note: Note, authorities: Authorities, problems: list[Problem]) -> Entry:
    authority = None
    if note.authority:
        try:
            authority = authorities.by_name(note.authority, note.country)
        except Ambiguous as error:
            message = f"authority: several are called '{note.authority}'"
            hint = f"write one of {', '.join(error.candidates)}, or give the country"
            line = note.lines.get("authority", 1)
            problems.append(Problem(note.file, line, 0, "error", "ambiguous-authority", message, hint))
    elif note.sources:
        authority = authorities.by_host(note.sources[0].host)
    return Entry(note, authority, note.country or (authority.country if authority else None))


def _groups(
    kind: Kind, entries: Iterable[Entry], memberships: Callable[[Entry], Iterator[_Membership]], settings: Settings
) -> Mapping[str, Group]:
    gathered: dict[str, _Gathered] = {}
    for entry in entries:
        for key, address, written, line in memberships(entry):
            group = gathered.get(key)
            if group is None:
                group = gathered[key] = _Gathered(address, (entry.note.file, line))
            if not group.entries or group.entries[-1] is not entry:
                group.entries.append(entry)
            group.written[written] += 1
    return {
        key: Group(kind, key, _label(kind, key, group, settings), group.address, tuple(group.entries), group.origin)
        for key, group in sorted(gathered.items(), reverse=kind in ("year", "month", "edition"))
    }


def _label(kind: Kind, key: str, group: _Gathered, settings: Settings) -> str:
    """Return what a group is called: by the settings, or as most of its notes write it."""
    if kind == "tag" and key in settings.tags and settings.tags[key].label:
        return str(settings.tags[key].label)
    most = max(group.written.values())
    written = min(written for written, count in group.written.items() if count == most)
    return written.replace("_", " ") if kind == "tag" else written


def _tags(entry: Entry) -> Iterator[_Membership]:
    for tag in entry.note.tags:
        yield _Membership(tag.key, f"tags/{slug(tag.key)}/", tag.written, tag.line)


def _authorities(entry: Entry) -> Iterator[_Membership]:
    if authority := entry.authority:
        line = entry.note.lines.get("authority", 1)
        yield _Membership(authority.key, f"authorities/{authority.id}/", authority.short, line)


def _countries(entry: Entry) -> Iterator[_Membership]:
    if entry.country:
        line = entry.note.lines.get("country", 1)
        yield _Membership(entry.country, f"countries/{entry.country.lower()}/", entry.country, line)


def _organisations(entry: Entry) -> Iterator[_Membership]:
    for name in entry.note.organisations:
        yield _Membership(folded(name), f"organisations/{slug(name)}/", name, entry.note.lines.get("organisation", 1))


def _articles(entry: Entry) -> Iterator[_Membership]:
    for article in entry.note.articles:
        key = folded(article).replace(" (", "(")
        yield _Membership(key, f"articles/{slug(article)}/", article, entry.note.lines.get("articles", 1))


def _years(entry: Entry) -> Iterator[_Membership]:
    year = entry.note.date.isoformat()[:4]
    yield _Membership(year, f"{year}/", year, 1)


def month_address(day: date) -> str:
    """Return the address inside the site of the month that a day is in."""
    return f"{day.isoformat()[:7].replace('-', '/')}/"


def _months(entry: Entry) -> Iterator[_Membership]:
    day = entry.note.date
    month = day.isoformat()[:7]
    yield _Membership(month, month_address(day), month, 1)


def _editions(entry: Entry, period: Period) -> Iterator[_Membership]:
    if key := edition_key(entry.note.date, period):
        yield _Membership(key, f"editions/{key}/", key, 1)


_MEMBERSHIPS: dict[Kind, Callable[[Entry], Iterator[_Membership]]] = {
    "tag": _tags,
    "authority": _authorities,
    "country": _countries,
    "organisation": _organisations,
    "article": _articles,
    "year": _years,
    "month": _months,
}


def _no_address(group: Group) -> Problem:
    path, line = group.origin
    message = f"the {group.kind} '{group.label}' has no letters or digits to make an address from"
    return Problem(path, line, 0, "error", "no-address", message)


def _twice_the_same_id(notes: Iterable[Note], site: str) -> Iterator[Problem]:
    """Two notes with one guid would be one item to a feed reader, and one with the site's own would be the feed."""
    first = {site: "the site"}
    for note in sorted(notes, key=lambda note: note.path):
        other = first.setdefault(note.guid, note.file)
        if other != note.file:
            message = f"this note and {other} have the same id for the feeds"
            hint = "it comes from the field id, or else from the file's name: give one of them another"
            yield Problem(note.file, note.lines.get("id", 1), 0, "error", "duplicate-id", message, hint)
