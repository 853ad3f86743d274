"""The pages of the site that stand for themselves: front page, notes, archive, and those of lost addresses."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from compliance_digest.archive.related import Related
from compliance_digest.outputs import structured
from compliance_digest.outputs.citing import citation
from compliance_digest.outputs.edition_pages import edition_line
from compliance_digest.outputs.page import with_neighbours
from compliance_digest.outputs.rows import first_day, text_fingerprint
from compliance_digest.outputs.sums import tally
from compliance_digest.outputs.views import Head, Link, MonthCount, Year
from compliance_digest.text import first_sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compliance_digest.archive.archive import Archive
    from compliance_digest.outputs.artifact import Artifact
    from compliance_digest.outputs.page import PageMaker
    from compliance_digest.outputs.rows import Rows
    from compliance_digest.settings import Settings

ON_FRONT_PAGE = 20
TAGS_ON_FRONT_PAGE = 12


class Pages:
    """Plans these pages of an archive."""

    def __init__(self, archive: Archive, settings: Settings, rows: Rows, maker: PageMaker) -> None:
        self._archive = archive
        self._settings = settings
        self._rows = rows
        self._maker = maker

    def all(self) -> Iterator[Artifact]:
        """Yield all of them."""
        yield self._front()
        yield from self._notes()
        yield self._years()
        yield self._not_found()
        yield from self._redirects()

    def _front(self) -> Artifact:
        entries = self._archive.entries[:ON_FRONT_PAGE]
        year = str(entries[0].note.date.year).zfill(4) if entries else ""
        this_year = self._archive.groups["year"][year].entries if entries else ()
        tags = self._rows.most_used(self._archive.of_kind("tag"), TAGS_ON_FRONT_PAGE)
        rows = [self._rows.row(entry) for entry in entries]
        edition = next(iter(self._archive.of_kind("edition")), None)
        site = self._settings.site
        values = {
            "lead": rows[0] if rows else None,
            "months": self._rows.months(rows[1:]),
            "year": year,
            "tallies": tally(this_year, self._rows.formats),
            "tags": [self._rows.count(group) for group in tags],
            "edition": edition_line(edition, self._rows.formats) if edition else None,
            "more": Link("All actions, in one table", "actions/"),
        }
        head = Head(site.title, site.description, "", "latest")
        main = partial(structured.website, site)
        return self._maker.page("front.html", head, values, cause="the front page", main=main)

    def _notes(self) -> Iterator[Artifact]:
        entries, related, site = self._archive.entries, Related(self._archive), self._settings.site
        for newer, entry, older in with_neighbours(entries):
            note = entry.note
            near = related.to(entry)
            cited = citation(note, site, self._rows.formats)
            view = self._rows.note_view(entry, newer, older, near, cited)
            description = first_sentences(note.summary, 160) if note.summary else note.title
            yield self._maker.page(
                "note.html",
                Head(note.title, description, note.address, "archive"),
                {"note": view},
                cause=f"the note '{note.title}'",
                origin=(note.file, note.lines.get("slug", note.lines.get("title", 1))),
                inputs=[text_fingerprint(note), repr(view), *map(self._rows.fingerprint, (entry, *near))],
                changed=view.changed.isoformat(),
                main=partial(structured.article, site, view),
            )

    def _years(self) -> Artifact:
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
        head = Head("Archive", "All actions by year and month.", "archive/", "archive")
        return self._maker.page("archive.html", head, {"years": years}, cause="the archive")

    def _not_found(self) -> Artifact:
        head = Head("Page not found", "", "404.html", indexed=False)
        return self._maker.page("404.html", head, {}, cause="the page for addresses that lead nowhere")

    def _redirects(self) -> Iterator[Artifact]:
        for entry in self._archive.entries:
            note = entry.note
            for alias in note.aliases:
                address = alias if alias.endswith(".html") else f"{alias.rstrip('/')}/"
                yield self._maker.page(
                    "redirect.html",
                    Head(note.title, "", address, indexed=False),
                    {"target": note.address},
                    cause=f"the alias '{alias}' of the note '{note.title}'",
                    origin=(note.file, note.lines.get("aliases", 1)),
                )
