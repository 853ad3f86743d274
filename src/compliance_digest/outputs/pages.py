"""The pages of the site that stand for themselves: front page, notes, archive, and those of lost addresses."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from compliance_digest.notes.note import last_change
from compliance_digest.outputs import structured
from compliance_digest.outputs.citing import citation
from compliance_digest.outputs.edition_pages import edition_line
from compliance_digest.outputs.page import NOT_FOUND, Content, with_neighbours
from compliance_digest.outputs.rows import first_day
from compliance_digest.outputs.sums import tally
from compliance_digest.outputs.views import Head, Link, MonthCount, Year
from compliance_digest.text import first_sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from compliance_digest.archive.archive import Entry
    from compliance_digest.notes.note import Note
    from compliance_digest.outputs.artifact import Artifact
    from compliance_digest.outputs.context import Context

ON_FRONT_PAGE = 20
TAGS_ON_FRONT_PAGE = 12


class Pages:
    """Plans these pages of an archive."""

    def __init__(self, context: Context) -> None:
        self._archive = context.archive
        self._related = context.related
        self._site = context.settings.site
        self._prints = context.prints
        self._rows = context.rows
        self._maker = context.maker

    def all(self) -> Iterator[Artifact]:
        """Yield all of them."""
        every = [self._prints.all_shown]
        yield self._maker.page("front.html", "", every, self._front, cause="the front page")
        yield from self._notes()
        yield self._maker.page("archive.html", "archive/", every, self._years, cause="the archive")
        yield self._maker.page(
            "404.html", NOT_FOUND, [], _not_found, cause="the page for addresses that lead nowhere", indexed=False
        )
        yield from self._redirects()

    def _front(self) -> Content:
        entries = self._archive.entries[:ON_FRONT_PAGE]
        year = str(entries[0].note.date.year).zfill(4) if entries else ""
        this_year = self._archive.groups["year"][year].entries if entries else ()
        tags = self._rows.most_used(self._archive.of_kind("tag"), TAGS_ON_FRONT_PAGE)
        rows = [self._rows.row(entry) for entry in entries]
        edition = next(iter(self._archive.of_kind("edition")), None)
        values = {
            "lead": rows[0] if rows else None,
            "months": self._rows.months(rows[1:]),
            "year": year,
            "tallies": tally(this_year, self._rows.formats),
            "tags": [self._rows.count(group) for group in tags],
            "edition": edition_line(edition, self._rows.formats) if edition else None,
            "more": Link("All actions, in one table", "actions/"),
        }
        return Content(
            Head(self._site.title, self._site.description, "", "latest"), values, structured.website(self._site)
        )

    def _notes(self) -> Iterator[Artifact]:
        entries, prints = self._archive.entries, self._prints
        for (newer, entry, older), places in zip(with_neighbours(entries), self._related, strict=True):
            note = entry.note
            near = [entries[place] for place in places]
            beside = [f"{other.note.title}\0{other.note.address}" if other else "" for other in (newer, older)]
            yield self._maker.page(
                "note.html",
                note.address,
                [prints.text(entry), *beside, *prints.shown((entry, *near))],
                partial(self._note, newer, entry, older, near),
                cause=f"the note '{note.title}'",
                origin=(note.file, note.lines.get("slug", note.lines.get("title", 1))),
                changed=last_change(note).isoformat(),
            )

    def _note(self, newer: Entry | None, entry: Entry, older: Entry | None, near: Sequence[Entry]) -> Content:
        note = entry.note
        view = self._rows.note_view(entry, newer, older, near, citation(note, self._site, self._rows.formats))
        description = first_sentences(note.summary, 160) if note.summary else note.title
        head = Head(note.title, description, note.address, "archive")
        return Content(head, {"note": view}, structured.article(self._site, view))

    def _years(self) -> Content:
        years = [
            Year(
                label=group.label,
                address=group.address,
                count=len(group.entries),
                months=tuple(
                    MonthCount(first_day(month), month.address, len(month.entries))
                    for month in self._archive.months_of(group)
                ),
            )
            for group in self._archive.of_kind("year")
        ]
        return Content(Head("Archive", "All actions by year and month.", "archive/", "archive"), {"years": years})

    def _redirects(self) -> Iterator[Artifact]:
        for entry in self._archive.entries:
            note = entry.note
            for alias in note.aliases:
                address = alias if alias.endswith(".html") else f"{alias.rstrip('/')}/"
                yield self._maker.page(
                    "redirect.html",
                    address,
                    [note.title, note.address],
                    partial(_redirect, note, address),
                    cause=f"the alias '{alias}' of the note '{note.title}'",
                    origin=(note.file, note.lines.get("aliases", 1)),
                    indexed=False,
                )


def _redirect(note: Note, address: str) -> Content:
    return Content(Head(note.title, "", address, indexed=False), {"target": note.address})


def _not_found() -> Content:
    return Content(Head("Page not found", "", NOT_FOUND, indexed=False), {})
