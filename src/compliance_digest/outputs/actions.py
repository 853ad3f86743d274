"""The ledger of all actions: a table in pages, newest first, and the same as data for the script that sorts it."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING

from compliance_digest.outputs.artifact import Artifact
from compliance_digest.outputs.assets import ASSETS
from compliance_digest.outputs.formats import amount
from compliance_digest.outputs.page import Content, numbered, paginated
from compliance_digest.outputs.policy import READING, SCRIPTED
from compliance_digest.outputs.sums import converted, fine_key
from compliance_digest.outputs.views import Action, Choices, Comparison, Head

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from compliance_digest.archive.archive import Entry, Kind
    from compliance_digest.outputs.context import Context
    from compliance_digest.outputs.formats import Formats
    from compliance_digest.outputs.views import Link, Pagination
    from compliance_digest.settings import Rates

ADDRESS = "actions/"
DATA = f"{ADDRESS}rows.json"

LISTS = "day lang organisation sector authority country outcome article fine remark".split()
"""The values that many actions share."""

_FILTERS: dict[str, Kind] = {"Year": "year", "Authority": "authority", "Country": "country"}


class Actions:
    """Plans the ledger of an archive."""

    def __init__(self, context: Context) -> None:
        self._archive = context.archive
        self._settings = context.settings
        self._theme = context.theme
        self._prints = context.prints
        self._rows = context.rows
        self._maker = context.maker

    def all(self) -> Iterator[Artifact]:
        """Yield the pages of the table, and the table as data."""
        entries, shown = self._archive.entries, self._prints.shown
        comparison = compared(entries, self._settings.rates)
        for address, some, pages in paginated(entries, self._settings.pages.per_page, ADDRESS):
            # The script and its filters are on the first page.
            inputs = (
                [self._prints.all_shown] if pages.number == 1 else [str(len(entries)), repr(comparison), str(pages)]
            )
            make = partial(self._page, address, some, pages, comparison)
            yield self._maker.page(
                "actions.html", address, [*inputs, *shown(some)], make, cause="the ledger of all actions"
            )
        every = (self._theme, self._prints.all_shown)
        yield Artifact.of(DATA, "the ledger of all actions as data", every, partial(self._json, entries), late=True)

    def _page(
        self, address: str, entries: Sequence[Entry], pages: Pagination, comparison: Comparison | None
    ) -> Content:
        count = len(self._archive.entries)
        scripted = pages.number == 1 and count > 0
        head = Head(
            numbered("Actions", pages),
            "All privacy enforcement actions in one table: date, organisation, authority, outcome and fine.",
            address,
            "actions",
            script=f"{ASSETS}/actions.js" if scripted else None,
            policy=SCRIPTED if scripted else READING,
        )
        values = {
            "count": count,
            "filters": list(self._filters()) if scripted else [],
            "comparison": comparison,
            "pages": pages,
            "actions": [self._action(entry) for entry in entries],
        }
        return Content(head, values)

    def _action(self, entry: Entry) -> Action:
        row = self._rows.row(entry)
        proposed = "proposed" if row.outcome == "fine proposed" else ""
        status = row.status if row.status and row.status != "final" else ""
        if not row.fines:
            return Action(row, entry.note.sector, fine_remark="", outcome_remark=status)
        remark = ", ".join(each for each in (proposed, status) if each)
        return Action(row, entry.note.sector, fine_remark=remark, outcome_remark="")

    def _filters(self) -> Iterator[Choices]:
        for label, kind in _FILTERS.items():
            groups = self._archive.of_kind(kind)
            ordered = groups if kind == "year" else self._rows.by_name(groups)
            options = ((self._rows.full_label(group), last_part(group.address)) for group in ordered)
            yield Choices(label, kind, tuple(options))
        outcomes = {row.outcome for row in map(self._rows.row, self._archive.entries) if row.outcome}
        yield Choices("Outcome", "outcome", tuple((outcome, outcome) for outcome in sorted(outcomes)))

    def _json(self, entries: Sequence[Entry]) -> bytes:
        data = table([self._action(entry) for entry in entries], self._rows.formats, self._settings.rates)
        return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


def table(actions: Sequence[Action], formats: Formats, rates: Rates | None) -> dict[str, object]:
    """Return what the script reads: `lists` of values, and `columns` that hold places in those lists.

    Actions are in the order of `actions`. A value of a list is a label, or a label with the part of an address; a
    place is None where an action has none. `slug` is the last part of a note's address, whose other parts are its day.
    `rank` is an action's place when the highest fine comes first, as `fine_order` has it.
    """
    lists: dict[str, dict[object, int]] = {name: {} for name in LISTS}

    def place(name: str, value: object) -> int | None:
        return None if value is None else lists[name].setdefault(value, len(lists[name]))

    def one(name: str, link: Link | None) -> int | None:
        return place(name, (link.label, last_part(link.address)) if link else None)

    columns: dict[str, Callable[[Action], object]] = {
        "day": lambda each: place("day", (each.row.date.isoformat(), formats.medium_day(each.row.date))),
        "slug": lambda each: last_part(each.row.address),
        "title": lambda each: each.row.title,
        "lang": lambda each: place("lang", each.row.lang),
        "organisation": lambda each: [one("organisation", link) for link in each.row.organisations],
        "sector": lambda each: place("sector", each.sector),
        "authority": lambda each: one("authority", each.row.authority),
        "country": lambda each: one("country", each.row.country),
        "outcome": lambda each: place("outcome", each.row.outcome),
        "outcomeRemark": lambda each: place("remark", each.outcome_remark or None),
        "article": lambda each: [one("article", link) for link in each.row.articles],
        "fine": lambda each: [place("fine", (amount(fine), formats.money(fine))) for fine in each.row.fines],
        "fineRemark": lambda each: place("remark", each.fine_remark or None),
    }
    read: dict[str, list[object]] = {name: [column(each) for each in actions] for name, column in columns.items()}
    ranks = fine_order(actions, rates)
    return {
        "lists": {name: list(values) for name, values in lists.items()},
        "columns": {**read, "rank": [ranks.get(number) for number in range(len(actions))]},
    }


def fine_order(actions: Sequence[Action], rates: Rates | None) -> Mapping[int, int]:
    """Return the rank of each action with a fine, the highest first, as `fine_key` has it; equal ones share a rank."""
    keys = {number: fine_key(each.row.fines, rates) for number, each in enumerate(actions) if each.row.fines}
    ranks = {key: rank for rank, key in enumerate(sorted(set(keys.values())))}
    return {number: ranks[key] for number, key in keys.items()}


def compared(entries: Sequence[Entry], rates: Rates | None) -> Comparison | None:
    """Return how fines in several currencies are put in order; None where there are no two."""
    fines = [fine for entry in entries for fine in entry.note.fines]
    if len({fine.currency for fine in fines}) < 2:
        return None
    apart = {fine.currency for fine in fines if converted(fine, rates) is None}
    used = rates is not None and any(fine.currency not in (rates.currency, *apart) for fine in fines)
    return Comparison(rates if used else None, tuple(sorted(apart)))


def last_part(address: str) -> str:
    """Return the last part of an address: `cnil` of `authorities/cnil/`."""
    return address.rstrip("/").rpartition("/")[2]
