"""The search: its page, and the index that the page's script searches in."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING, get_args

from compliance_digest.archive.archive import FOLDERS
from compliance_digest.notes.note import Outcome
from compliance_digest.outputs import pagefind
from compliance_digest.outputs.artifact import Bundle
from compliance_digest.outputs.documents import documents
from compliance_digest.outputs.page import Content
from compliance_digest.outputs.policy import SEARCHING
from compliance_digest.outputs.sums import converted
from compliance_digest.outputs.views import Choice, Facet, Head, Link
from compliance_digest.program import program_fingerprint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compliance_digest.archive.archive import Group, Kind
    from compliance_digest.notes.note import Fine
    from compliance_digest.outputs.artifact import Planned
    from compliance_digest.outputs.context import Context

ADDRESS = "search/"
SUGGESTED_TAGS = 12


class Search:
    """Plans the search in an archive."""

    def __init__(self, context: Context) -> None:
        self._archive = context.archive
        self._settings = context.settings
        self._prints = context.prints
        self._rows = context.rows
        self._maker = context.maker

    def all(self) -> Iterator[Planned]:
        """Yield the search page and the index; no index where there is nothing to be found."""
        inputs = [self._prints.all_shown]
        yield self._maker.page("search.html", ADDRESS, inputs, self._page, cause="the search page")
        if self._archive.entries:
            language, rates = self._settings.site.language, self._settings.rates
            every = (program_fingerprint(), pagefind.version(), language, repr(rates), self._prints.everything)
            yield Bundle(pagefind.FOLDER, "the search index", every, self._indexed)

    def _page(self) -> Content:
        tags = self._rows.most_used(self._archive.of_kind("tag"), SUGGESTED_TAGS)
        values = {
            "facets": [facet for facet in self._facets() if facet.choices],
            "sorts": self._sorts(),
            "rates": self._settings.rates,
            "unrated": self._unrated(),
            "indexes": [Link(name.capitalize(), f"{name}/") for name in (*FOLDERS.values(), "archive")],
            "tags": [self._rows.link(group) for group in tags],
        }
        head = Head(
            "Search",
            "Search the full text of all actions, by tag, authority, country, year and outcome.",
            ADDRESS,
            "search",
            script="assets/search.js",
            policy=SEARCHING,
        )
        return Content(head, values)

    def _indexed(self) -> dict[str, bytes]:
        language = self._settings.site.language
        found = documents(self._archive, self._rows, language, self._settings.rates)
        return pagefind.indexed(((document.address, document.html()) for document in found), language)

    @cached_property
    def _fines(self) -> dict[str, Fine]:
        return {fine.currency: fine for entry in self._archive.entries for fine in entry.note.fines}

    def _facets(self) -> Iterator[Facet]:
        yield Facet("tag", "Tag", self._choices("tag", by_name=True))
        yield Facet("authority", "Authority", self._choices("authority", by_name=True))
        yield Facet("country", "Country", self._choices("country", by_name=True))
        yield Facet("year", "Year", self._choices("year", by_name=False))
        outcomes = Counter(entry.note.outcome for entry in self._archive.entries)
        choices = tuple(
            Choice(outcome, outcome.replace("-", " ").capitalize(), outcomes[outcome])
            for outcome in get_args(Outcome)
            if outcomes[outcome]
        )
        yield Facet("outcome", "Outcome", choices)

    def _choices(self, kind: Kind, *, by_name: bool) -> tuple[Choice, ...]:
        groups = self._archive.of_kind(kind)
        ordered = self._rows.by_name(groups) if by_name else groups
        return tuple(Choice(_value(group), self._rows.full_label(group), len(group.entries)) for group in ordered)

    def _sorts(self) -> list[tuple[str, str]]:
        """Return the values and labels of the orders that results can be in."""
        sorts = [("", "Relevance"), ("date", "Newest"), ("oldest", "Oldest")]
        if self._fines:
            apart = ", by currency" if not self._settings.rates and len(self._fines) > 1 else ""
            sorts.append(("fine", f"Highest fine{apart}"))
        return sorts

    def _unrated(self) -> list[str]:
        """Return the currencies of fines that can't be compared with the others."""
        return sorted(
            currency for currency, fine in self._fines.items() if converted(fine, self._settings.rates) is None
        )


def _value(group: Group) -> str:
    """Return what a group is called in the index and in the search page's addresses: an authority by its id."""
    if group.kind == "country":
        return group.key.lower()
    authority = group.entries[0].authority if group.kind == "authority" else None
    return authority.id if authority else group.key
