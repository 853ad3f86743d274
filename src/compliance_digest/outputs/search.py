"""The search: its page, and the index that the page's script searches in."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, get_args

from compliance_digest.archive.archive import FOLDERS
from compliance_digest.notes.note import Outcome
from compliance_digest.outputs import pagefind
from compliance_digest.outputs.artifact import Bundle
from compliance_digest.outputs.documents import documents
from compliance_digest.outputs.policy import SEARCHING
from compliance_digest.outputs.rows import text_fingerprint
from compliance_digest.outputs.sums import converted
from compliance_digest.outputs.theme import program_fingerprint
from compliance_digest.outputs.views import Choice, Facet, Head, Link

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from compliance_digest.archive.archive import Archive, Group, Kind
    from compliance_digest.outputs.artifact import Artifact, Planned
    from compliance_digest.outputs.documents import Document
    from compliance_digest.outputs.page import PageMaker
    from compliance_digest.outputs.rows import Rows
    from compliance_digest.settings import Settings

FOLDER = "pagefind"
SUGGESTED_TAGS = 12


class Search:
    """Plans the search in an archive."""

    def __init__(self, archive: Archive, settings: Settings, rows: Rows, maker: PageMaker) -> None:
        self._archive = archive
        self._settings = settings
        self._rows = rows
        self._maker = maker
        self._fines = {fine.currency: fine for entry in archive.entries for fine in entry.note.fines}

    def all(self) -> Iterator[Planned]:
        """Yield the search page and the index; no index where there is nothing to be found."""
        yield self._page()
        if self._archive.entries:
            yield self._index()

    def _page(self) -> Artifact:
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
            "search/",
            "search",
            script="assets/search.js",
            policy=SEARCHING,
        )
        return self._maker.page("search.html", head, values, cause="the search page")

    def _index(self) -> Bundle:
        language = self._settings.site.language
        found = documents(self._archive.entries, self._rows, language, self._settings.rates)
        return Bundle(
            path=FOLDER,
            cause="the search index",
            inputs=(
                program_fingerprint(),
                pagefind.version(),
                language,
                *(f"{document!r} {text_fingerprint(document.note)}" for document in found),
            ),
            render=partial(_indexed, found, language),
        )

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


def _indexed(found: Sequence[Document], language: str) -> dict[str, bytes]:
    return pagefind.indexed(((document.address, document.html()) for document in found), language)
