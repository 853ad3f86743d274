"""The archive: all published notes, newest first, and the groups they form."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from compliance_digest.archive.authorities import Ambiguous, Authorities
from compliance_digest.archive.editions import edition_key
from compliance_digest.archive.wikilinks import Wikilinks, linked
from compliance_digest.problems import Problem
from compliance_digest.text import folded, slug

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from compliance_digest.archive.authorities import Authority
    from compliance_digest.archive.wikilinks import Withheld
    from compliance_digest.notes.note import Note, Tag, Text
    from compliance_digest.settings import Settings

Kind = Literal["tag", "authority", "country", "organisation", "article", "year", "month", "edition"]

FOLDERS: dict[Kind, str] = {
    "tag": "tags",
    "authority": "authorities",
    "country": "countries",
    "organisation": "organisations",
    "article": "articles",
}
"""The folder of the site that the pages of each kind of group stand in; years and months stand at its root."""


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """A note in the archive, with what is known of it beyond its file: who acted, and where.

    `targets` are the addresses inside the site that its links to other notes lead to.
    """

    note: Note
    authority: Authority | None
    country: str | None
    targets: tuple[str, ...] = ()


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
    """All entries, newest first, and their groups: by key, for years, months and editions the latest first.

    `keys` are those of the groups of a kind that the note at a path is in, in the order in which it names them; periods
    are not among them. `texts` gets a note's text.
    """

    entries: tuple[Entry, ...]
    groups: Mapping[Kind, Mapping[str, Group]]
    keys: Mapping[Kind, Mapping[str, tuple[str, ...]]]
    texts: Callable[[Note], Text]

    def of_kind(self, kind: Kind) -> Sequence[Group]:
        """Return the groups of a kind, in their order."""
        return tuple(self.groups[kind].values())

    def months_of(self, year: Group) -> tuple[Group, ...]:
        """Return the groups of a year's months, the latest first."""
        return tuple(month for month in self.of_kind("month") if month.key.startswith(f"{year.key}-"))

    def groups_of(self, entry: Entry, kind: Kind) -> tuple[Group, ...]:
        """Return the groups of a kind that an entry belongs to, in the order its note names them."""
        groups = self.groups[kind]
        return tuple([groups[key] for key in self.keys[kind].get(entry.note.path, ())])

    def text(self, entry: Entry) -> Text:
        """Return an entry's text, with its links to other notes made."""
        text = self.texts(entry.note)
        return linked(text, entry.targets) if entry.targets else text


class _Named(NamedTuple):
    """That a note names a group: the group's key, how the note calls it, and on which line."""

    key: str
    written: str
    line: int


_Membership: TypeAlias = "Tag | _Named"
"""That a note belongs to a group; its tags are that already."""


@dataclass(slots=True)
class _Gathered:
    """A group while it is being gathered; `first` is its first member's membership."""

    first: _Membership
    entries: list[Entry] = field(default_factory=list)
    written: list[str] = field(default_factory=list)


def gather(
    notes: Iterable[Note], settings: Settings, texts: Callable[[Note], Text], withheld: Iterable[Withheld] = ()
) -> tuple[Archive, list[Problem]]:
    """Return the archive that notes make, and what is wrong among them.

    `texts` gets a note's text. `withheld` are notes that are not part of it: links to them are told apart from links to
    nothing.
    """
    authorities = Authorities.of(settings.authorities)
    ordered = sorted(notes, key=lambda note: (note.published, note.path), reverse=True)
    problems = list(_twice_the_same_id(ordered, settings.site.id.urn))
    links = Wikilinks(ordered, withheld)
    entries = tuple([_entry(note, authorities, links, problems) for note in ordered])
    groups: dict[Kind, Mapping[str, Group]] = {}
    keys: dict[Kind, Mapping[str, tuple[str, ...]]] = {}
    for kind, memberships in _MEMBERSHIPS.items():
        groups[kind], keys[kind] = _groups(kind, entries, memberships, settings)
        problems += [_no_address(group) for group in groups[kind].values() if "//" in group.address]
    groups["year"] = _periods("year", entries, lambda day: day.isoformat()[:4])
    groups["month"] = _periods("month", entries, lambda day: day.isoformat()[:7])
    groups["edition"] = _periods("edition", entries, partial(edition_key, period=settings.editions.period))
    return Archive(entries, groups, keys, texts), problems


def _entry(note: Note, authorities: Authorities, links: Wikilinks, problems: list[Problem]) -> Entry:
    authority = None
    if note.authority:
        try:
            authority = authorities.by_name(note.authority, note.country)
        except Ambiguous as error:
            message = f"authority: several are called '{note.authority}'"
            hint = f"write one of {', '.join(error.candidates)}, or give the country"
            line = note.lines.get("authority", 1)
            problems.append(Problem(note.file, line, 0, "error", "ambiguous-authority", message, hint))
    elif note.host:
        authority = authorities.by_host(note.host)
    country = note.country or (authority.country if authority else None)
    return Entry(note, authority, country, links.resolve(note, problems))


def _groups(
    kind: Kind, entries: Iterable[Entry], memberships: Callable[[Entry], Sequence[_Membership]], settings: Settings
) -> tuple[Mapping[str, Group], Mapping[str, tuple[str, ...]]]:
    """Return the groups of a kind that notes name, by key, and the keys of those that the note at a path is in."""
    gathered: dict[str, _Gathered] = {}
    keys: dict[str, tuple[str, ...]] = {}
    for entry in entries:
        found = memberships(entry)
        for membership in found:
            group = gathered.get(membership.key)
            if group is None:
                group = gathered[membership.key] = _Gathered(membership)
            if not group.entries or group.entries[-1] is not entry:
                group.entries.append(entry)
            group.written.append(membership.written)
        if len(found) == 1:
            keys[entry.note.path] = (found[0].key,)
        elif found:
            keys[entry.note.path] = tuple(dict.fromkeys([membership.key for membership in found]))
    made = {
        key: Group(
            kind,
            key,
            _label(kind, key, group, settings),
            _address(kind, group),
            tuple(group.entries),
            (group.entries[0].note.file, group.first.line),
        )
        for key, group in sorted(gathered.items())
    }
    return made, keys


def _periods(kind: Kind, entries: Iterable[Entry], key_of: Callable[[date], str | None]) -> Mapping[str, Group]:
    """Return the years, months or editions in which there are entries, by key, the latest first."""
    gathered: dict[str, list[Entry]] = {}
    for entry in entries:
        key = key_of(entry.note.date)
        if key:
            gathered.setdefault(key, []).append(entry)
    return {
        key: Group(kind, key, key, _address_of_period(kind, key), tuple(some), (some[0].note.file, 1))
        for key, some in sorted(gathered.items(), reverse=True)
    }


def _address_of_period(kind: Kind, key: str) -> str:
    return f"editions/{key}/" if kind == "edition" else f"{key.replace('-', '/')}/"


def _label(kind: Kind, key: str, group: _Gathered, settings: Settings) -> str:
    """Return what a group is called: by the settings, or as most of its notes write it."""
    if kind == "tag" and key in settings.tags and settings.tags[key].label:
        return str(settings.tags[key].label)
    counts = Counter(group.written)
    written = min(counts, key=lambda written: (-counts[written], written))
    return written.replace("_", " ") if kind == "tag" else written


def _address(kind: Kind, group: _Gathered) -> str:
    """Return the address inside the site of a group's page."""
    key, authority = group.first.key, group.entries[0].authority
    match kind:
        case "authority" if authority:
            name = authority.id
        case "organisation" | "article":
            name = slug(group.first.written)
        case _:
            name = slug(key)
    return f"{FOLDERS[kind]}/{name}/"


def _tags(entry: Entry) -> Sequence[_Membership]:
    return entry.note.tags


def _authorities(entry: Entry) -> Sequence[_Membership]:
    if entry.authority is None:
        return []
    line = entry.note.lines.get("authority", 1)
    return [_Named(entry.authority.key, entry.authority.short, line)]


def _countries(entry: Entry) -> Sequence[_Membership]:
    return [_Named(entry.country, entry.country, entry.note.lines.get("country", 1))] if entry.country else []


def _organisations(entry: Entry) -> Sequence[_Membership]:
    line = entry.note.lines.get("organisation", 1)
    return [_Named(folded(name), name, line) for name in entry.note.organisations]


def _articles(entry: Entry) -> Sequence[_Membership]:
    line = entry.note.lines.get("articles", 1)
    return [_Named(folded(article).replace(" (", "("), article, line) for article in entry.note.articles]


def month_address(day: date) -> str:
    """Return the address inside the site of the month that a day is in."""
    return f"{day.isoformat()[:7].replace('-', '/')}/"


_MEMBERSHIPS: dict[Kind, Callable[[Entry], Sequence[_Membership]]] = {
    "tag": _tags,
    "authority": _authorities,
    "country": _countries,
    "organisation": _organisations,
    "article": _articles,
}


def _no_address(group: Group) -> Problem:
    path, line = group.origin
    message = f"the {group.kind} '{group.label}' has no letters or digits to make an address from"
    return Problem(path, line, 0, "error", "no-address", message, "write its name in letters")


def _twice_the_same_id(notes: Iterable[Note], site: str) -> Iterator[Problem]:
    """Two notes with one guid would be one item to a feed reader, and one with the site's own would be the feed."""
    first = {site: "the site"}
    for note in sorted(notes, key=lambda note: note.path):
        other = first.setdefault(note.guid, note.file)
        if other != note.file:
            message = f"this note and {other} have the same id for the feeds"
            hint = "it comes from the field id, or else from the file's name: give one of them another"
            yield Problem(note.file, note.lines.get("id", 1), 0, "error", "duplicate-id", message, hint)
