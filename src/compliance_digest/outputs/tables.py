"""What the open data hold: two tables, their fields (Table Schema, Data Package v2), and how their rows come about."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any, Generic, TypeVar, get_args

from compliance_digest.notes.note import Outcome, Status
from compliance_digest.outputs.formats import amount

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from compliance_digest.archive.archive import Archive, Entry, Kind
    from compliance_digest.notes.note import Passage
    from compliance_digest.settings import Site

BETWEEN = "  |  "
"""Stands between the items of a list in CSV. White space in items is single spaces, so no item can be mistaken."""

Value = str | Decimal | tuple[str, ...] | None
S = TypeVar("S")


@dataclass(frozen=True, slots=True)
class Action:
    """What a row of actions is made from."""

    entry: Entry
    site: Site
    archive: Archive

    def labels(self, kind: Kind) -> tuple[str, ...]:
        """Return what the groups of a kind that the note is in are called: one label, however it writes them."""
        return tuple(group.label for group in self.archive.groups_of(self.entry, kind))

    @property
    def url(self) -> str:
        """The note's permalink, absolute."""
        return self.site.base_url + self.entry.note.address

    @property
    def currency(self) -> str | None:
        """The currency of the fines; None where there are none, or several currencies."""
        currencies = {fine.currency for fine in self.entry.note.fines}
        return currencies.pop() if len(currencies) == 1 else None

    @property
    def total(self) -> Decimal | None:
        """The sum of the fines in their one currency."""
        return sum((fine.amount for fine in self.entry.note.fines), Decimal()) if self.currency else None


@dataclass(frozen=True, slots=True)
class Quoted:
    """What a row of passages is made from."""

    action: Action
    passage: Passage


@dataclass(frozen=True, slots=True)
class Field(Generic[S]):
    """A field: its name, its Table Schema type, what it means, and the value that it has in a row.

    `constraints` and `form` are the Table Schema's `constraints` and `format`.
    """

    name: str
    type: str
    description: str
    value: Callable[[S], Value] = field(repr=False)
    constraints: tuple[tuple[str, Any], ...] = ()
    form: str | None = None

    def schema(self) -> dict[str, Any]:
        """Return the field's descriptor."""
        descriptor: dict[str, Any] = {"name": self.name, "type": self.type, "description": self.description}
        if self.form:
            descriptor["format"] = self.form
        if self.type == "list":
            descriptor["itemType"] = "string"
            descriptor["delimiter"] = BETWEEN
        if self.constraints:
            descriptor["constraints"] = {name: _plain(value) for name, value in self.constraints}
        return descriptor


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under their fields; each row has a value for each field. They are made while they are gone through."""

    fields: tuple[Field[Any], ...]
    sources: Callable[[], Iterator[Any]] = field(repr=False)

    def rows(self) -> Iterator[tuple[Value, ...]]:
        """Yield the rows."""
        return (tuple([each.value(source) for each in self.fields]) for source in self.sources())


_REQUIRED = (("required", True),)
_KEY = (("required", True), ("unique", True))

ACTIONS: tuple[Field[Action], ...] = (
    Field("id", "string", "The action’s lasting name, a URN; the feeds use the same.",
          lambda row: row.entry.note.guid, _KEY, "uri"),
    Field("date", "date", "The day of the action, in the digest’s time zone.",
          lambda row: row.entry.note.date.isoformat(), _REQUIRED),
    Field("title", "string", "The headline.", lambda row: row.entry.note.title, _REQUIRED),
    Field("url", "string", "The address of the note.", lambda row: row.url, _KEY, "uri"),
    Field("authority", "string", "Who acted: the id that the authority’s page has in its address.",
          lambda row: row.entry.authority.id if row.entry.authority else None),
    Field("authority_name", "string", "The authority’s name in English, or as the note gives it.",
          lambda row: row.entry.authority.name if row.entry.authority else None),
    Field("country", "string", "The authority’s country, by ISO 3166-1 alpha-2; EU for bodies of the Union.",
          lambda row: row.entry.country, (("pattern", "[A-Z]{2}"),)),
    Field("organisations", "list", "Whom the action was directed against.",
          lambda row: row.labels("organisation")),
    Field("outcome", "string", "What the authority decided. With fine-proposed, the fines are not imposed yet.",
          lambda row: row.entry.note.outcome, (("enum", get_args(Outcome)),)),
    Field("status", "string", "What became of it. With annulled, the fines no longer stand. Empty: not stated.",
          lambda row: row.entry.note.status, (("enum", get_args(Status)),)),
    Field("fines", "list", "All fines, each as an amount and an ISO 4217 currency: 800000 EUR.",
          lambda row: tuple(amount(fine) for fine in row.entry.note.fines)),
    Field("fine_amount", "number", "The sum of the fines in units of fine_currency; empty where they are in several.",
          lambda row: row.total, (("minimum", 0),)),
    Field("fine_currency", "string", "The ISO 4217 currency of fine_amount.",
          lambda row: row.currency, (("pattern", "[A-Z]{3}"),)),
    Field("articles", "list", "The provisions that the action rests on.", lambda row: row.labels("article")),
    Field("case", "string", "The authority’s own number of the case.", lambda row: row.entry.note.case),
    Field("sector", "string", "The sector of whom it was directed against.", lambda row: row.entry.note.sector),
    Field("tags", "list", "The topics of the note and of its passages, by their keys.",
          lambda row: tuple(tag.key for tag in row.entry.note.tags)),
    Field("summary", "string", "The note in one or two sentences, or its first passage.",
          lambda row: row.entry.note.summary or None),
    Field("sources", "list", "The addresses of the sources; the first is the primary source.",
          lambda row: tuple(source.url for source in row.entry.note.sources)),
    Field("updated", "date", "The day of the last correction or later event; empty where there was none.",
          lambda row: row.entry.note.updates[-1].date.isoformat() if row.entry.note.updates else None),
    Field("language", "string", "The language of the note, by BCP 47.",
          lambda row: row.entry.note.lang or row.site.language, _REQUIRED),
)  # fmt: skip

PASSAGES: tuple[Field[Quoted], ...] = (
    Field("url", "string", "The address of the passage’s place in the note.",
          lambda row: f"{row.action.url}#{row.passage.anchor}", _KEY, "uri"),
    Field("action", "string", "The id of the action that the passage is of.",
          lambda row: row.action.entry.note.guid, _REQUIRED, "uri"),
    Field("date", "date", "The day of the action.", lambda row: row.action.entry.note.date.isoformat(), _REQUIRED),
    Field("title", "string", "The headline of the note.", lambda row: row.action.entry.note.title, _REQUIRED),
    Field("tags", "list", "The topics of the passage, by their keys.", lambda row: row.passage.tags, _REQUIRED),
    Field("text", "string", "The passage, as plain text.", lambda row: row.passage.text, _REQUIRED),
)  # fmt: skip


def in_order(archive: Archive) -> list[Entry]:
    """Return the entries as the tables have them: the oldest day first, and those of a day by their files' paths."""
    return sorted(archive.entries, key=lambda entry: (entry.note.date, entry.note.path))


def actions(archive: Archive, site: Site) -> Table:
    """Return the table of actions: a row for each note."""
    return Table(ACTIONS, lambda: (Action(entry, site, archive) for entry in in_order(archive)))


def passages(archive: Archive, site: Site) -> Table:
    """Return the table of passages: a row for each, in the order of the actions and then of the text."""
    return Table(PASSAGES, partial(_quoted, archive, site))


def _quoted(archive: Archive, site: Site) -> Iterator[Quoted]:
    for entry in in_order(archive):
        for passage in archive.text(entry).passages:
            yield Quoted(Action(entry, site, archive), passage)


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value
