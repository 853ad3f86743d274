"""`digest import`: what feeds and tables tell of becomes drafts, each once."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING

from compliance_digest.archive.authorities import Authorities
from compliance_digest.desk.batches import batches, sources_of, told
from compliance_digest.desk.draft import draft_of
from compliance_digest.desk.item import Unfit, Unused
from compliance_digest.desk.names import short_slug
from compliance_digest.desk.seen import imported, keep, keys_of, noted
from compliance_digest.desk.tables import Columns
from compliance_digest.notes.finding import FOLDER
from compliance_digest.notes.reading import Context
from compliance_digest.settings_file import load_settings
from compliance_digest.unchanged import today

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from compliance_digest.desk.batches import Batch
    from compliance_digest.desk.item import Item
    from compliance_digest.problems import Problem

    Progress = Callable[[int, int], None]

INBOX = "inbox"
"""The folder inside the folder of notes that drafts are put into."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be imported. `sources` are as on the command line; `limit` is how many items of each are looked at."""

    sources: Sequence[str] = ()
    columns: Columns = field(default_factory=Columns)
    limit: int | None = None
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """A note to be made: its path inside the project, its title, and its text."""

    path: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one source: drafts, how many of its items were known, and how many were not looked at."""

    source: str
    drafts: tuple[Draft, ...]
    known: int
    left: int
    failed: bool


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of an import, source by source, and what is wrong."""

    outcomes: tuple[Outcome, ...]
    problems: tuple[Problem, ...]


def import_items(project: Path, asked: Asked, progress: Progress | None = None) -> Imported:
    """Make drafts of what the sources have and the project hasn't; of nothing, twice.

    With `dry_run` nothing is written. `progress` is told how many of how many feeds have answered. What is wrong with
    one source doesn't stop the others. Raises SettingsInvalid, where the command is wrong, before anything is asked.
    """
    settings, problems = load_settings(project)
    authorities = Authorities.of(settings.authorities)
    timezone = settings.site.timezone
    sources = sources_of(asked.sources, settings.imports.feeds, authorities)
    found, names = noted(project)
    desk = _Desk(authorities, Context(timezone, settings.site.id), today(timezone), imported(project) | found, names)
    outcomes: list[Outcome] = []
    for batch in batches(sources, asked.columns, asked.limit, timezone, progress):
        outcome, wrong = desk.taken_up(batch)
        outcomes.append(outcome)
        problems += [*batch.problems, *wrong]
    if not asked.dry_run:
        _write(project, [draft for outcome in outcomes for draft in outcome.drafts])
        if desk.fresh:
            keep(project, desk.fresh)
    return Imported(tuple(outcomes), tuple(problems))


def _write(project: Path, drafts: Sequence[Draft]) -> None:
    for draft in drafts:
        file = project / draft.path
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8", newline="\n") as new:
            new.write(draft.text)


@dataclass(slots=True)
class _Desk:
    """What is known while drafts are made: keys of items, names of notes, and the keys that are fresh among them."""

    authorities: Authorities
    context: Context
    day: date
    known: set[str]
    names: set[str]
    fresh: set[str] = field(default_factory=set)

    def taken_up(self, batch: Batch) -> tuple[Outcome, list[Problem]]:
        """Return what becomes of a source's items, and what is wrong with some of them."""
        drafts: list[Draft] = []
        unused: list[Unused] = []
        known = 0
        for item in batch.items:
            keys = keys_of(item)
            if not self.known.isdisjoint(keys):
                known += 1
                continue
            try:
                text = self._text(item, batch)
            except Unfit as error:
                unused.append(Unused(item.title, str(error), item.place))
                continue
            drafts.append(Draft(self._path(item), item.title, text))
            self.known.update(keys)
            self.fresh.update(keys)
        outcome = Outcome(batch.origin.address, tuple(drafts), known, batch.left, batch.failed)
        return outcome, list(told(batch.origin, unused))

    def _text(self, item: Item, batch: Batch) -> str:
        if item.date > self.day:
            message = f"its date, {item.date}, is in the future; it can be imported then"
            raise Unfit(message)
        return draft_of(item, batch.origin, self.authorities, self.context)

    def _path(self, item: Item) -> str:
        """Return a path whose name no other note has: neither in its address nor in the feeds are two alike then."""
        name = short_slug(item.title) or "note"
        free = next(each for each in _numbered(name) if each not in self.names)
        self.names.add(free)
        return f"{FOLDER}/{INBOX}/{item.date}-{free}.md"


def _numbered(name: str) -> Iterator[str]:
    yield name
    yield from (f"{name}-{number}" for number in count(2))
