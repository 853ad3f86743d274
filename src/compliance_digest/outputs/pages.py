"""The HTML pages of the site."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from compliance_digest.archive.archive import FOLDERS
from compliance_digest.outputs.artifact import Artifact
from compliance_digest.outputs.feeds import feed_address, feed_label
from compliance_digest.outputs.formats import name_order
from compliance_digest.outputs.rows import text_fingerprint
from compliance_digest.outputs.sums import fines_by_currency
from compliance_digest.outputs.theme import way_to_root
from compliance_digest.outputs.views import Count, Feed, Head, Link, MonthCount, Pagination, Year
from compliance_digest.text import ROOT, first_sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from compliance_digest.archive.archive import Archive, Entry, Group, Kind
    from compliance_digest.outputs.rows import Rows
    from compliance_digest.outputs.theme import Theme
    from compliance_digest.settings import Settings

T = TypeVar("T")

ON_FRONT_PAGE = 20
TAGS_ON_FRONT_PAGE = 12
LINES_OF_INDEX = 300

_KINDS: dict[Kind, tuple[str, str]] = {
    "tag": ("Tag", "Topics that notes, or single passages of them, are tagged with."),
    "authority": ("Authority", "Who acted: regulators and courts, by the name they are known by."),
    "country": ("Country", "Where the authority that acted is at home."),
    "organisation": ("Organisation", "Whom the actions were directed against."),
    "article": ("Article", "The provisions that the actions rest on."),
    "year": ("Year", ""),
    "month": ("Month", ""),
}


class Pages:
    """Plans the pages of an archive."""

    def __init__(self, archive: Archive, settings: Settings, theme: Theme, rows: Rows) -> None:
        self.archive = archive
        self.settings = settings
        self.theme = theme
        self.rows = rows
        self.formats = theme.formats
        self.newest = archive.entries[0].note.date.isoformat() if archive.entries else ""

    def all(self) -> Iterator[Artifact]:
        """Yield all pages."""
        yield self._front()
        yield from self._notes()
        yield self._archive()
        for kind in self.archive.groups:
            for group in self.archive.of_kind(kind):
                yield from self._group(group)
        for kind in FOLDERS:
            yield from self._index(kind)
        yield self._feeds()
        yield self._not_found()
        yield from self._redirects()

    def _page(
        self,
        template: str,
        head: Head,
        values: dict[str, Any],
        *,
        cause: str,
        origin: tuple[str, int] = ("digest.toml", 1),
        inputs: Sequence[str] | None = None,
        changed: str | None = None,
    ) -> Artifact:
        """Return a page's artifact. `inputs` stands for `values` where their text would be long."""
        root = way_to_root(head.address)
        if head.address == "404.html":  # served at any address, so its links can't be relative
            root = urlsplit(self.settings.site.base_url).path
        path = head.address if head.address.endswith(".html") else f"{head.address}index.html"
        return Artifact(
            path=path,
            cause=cause,
            inputs=(self.theme.fingerprint, template, repr(head), *(inputs if inputs is not None else [repr(values)])),
            render=partial(_rendered, self.theme, template, root, {"head": head, **values}),
            origin=origin,
            listed=(changed if changed is not None else self.newest) if head.indexed else None,
        )

    def _front(self) -> Artifact:
        entries = self.archive.entries[:ON_FRONT_PAGE]
        year = str(entries[0].note.date.year).zfill(4) if entries else ""
        this_year = self.archive.groups["year"][year].entries if entries else ()
        tags = sorted(self.archive.of_kind("tag"), key=lambda group: (-len(group.entries), name_order(group.label)))
        rows = [self.rows.row(entry) for entry in entries]
        site = self.settings.site
        values = {
            "lead": rows[0] if rows else None,
            "months": self.rows.months(rows[1:]),
            "year": year,
            "tallies": self._facts(this_year),
            "tags": [self._count(group) for group in tags[:TAGS_ON_FRONT_PAGE]],
            "more": Link("All actions, by year and month", "archive/"),
        }
        return self._page(
            "front.html", Head(site.title, site.description, "", "latest"), values, cause="the front page"
        )

    def _notes(self) -> Iterator[Artifact]:
        entries = self.archive.entries
        for number, entry in enumerate(entries):
            note = entry.note
            newer = entries[number - 1] if number else None
            older = entries[number + 1] if number + 1 < len(entries) else None
            view = self.rows.note_view(entry, newer, older)
            description = first_sentences(note.summary, 160) if note.summary else note.title
            changed = max([note.date, *(update.date for update in note.updates)]).isoformat()
            yield self._page(
                "note.html",
                Head(note.title, description, note.address, "archive"),
                {"note": view},
                cause=f"the note '{note.title}'",
                origin=(note.file, note.lines.get("slug", note.lines.get("title", 1))),
                inputs=[text_fingerprint(note), self.rows.fingerprint(entry), repr(view)],
                changed=changed,
            )

    def _archive(self) -> Artifact:
        months = self.archive.of_kind("month")
        years = [
            Year(
                label=group.label,
                address=group.address,
                count=len(group.entries),
                months=tuple(
                    MonthCount(_first_day(month), month.address, len(month.entries))
                    for month in months
                    if month.key.startswith(f"{group.key}-")
                ),
            )
            for group in self.archive.of_kind("year")
        ]
        head = Head("Archive", "All actions by year and month.", "archive/", "archive")
        return self._page("archive.html", head, {"years": years}, cause="the archive")

    def _group(self, group: Group) -> Iterator[Artifact]:
        """Yield the pages of a group's list."""
        kind, heading = _KINDS[group.kind][0], self._heading(group)
        feed = Link(feed_label(heading), feed_address(group)) if group.kind in ("tag", "authority", "country") else None
        values = {
            "kind": kind,
            "heading": heading,
            "remarks": self._remarks(group),
            "facts": self._facts(group.entries),
            "feed": feed,
            "links": self._months_of(group) if group.kind == "year" else [],
        }
        title = f"{kind}: {heading}" if group.kind in ("tag", "article") else heading
        for number, entries, pages in _paginated(group.entries, self.settings.pages.per_page, group.address):
            rows = [self.rows.row(entry) for entry in entries]
            inputs = [repr(values), repr(pages), *(self.rows.fingerprint(entry) for entry in entries)]
            if group.kind == "tag":
                quotes = [self.rows.quoting(entry, group.key) for entry in entries]
                rows = [replace(row, quotes=each) for row, each in zip(rows, quotes, strict=True)]
                inputs.append(repr(quotes))
            yield self._page(
                "list.html",
                Head(
                    title if number == 1 else f"{title}, page {number}",
                    self._description(group, heading),
                    _page_address(group.address, number),
                    FOLDERS.get(group.kind, "archive"),
                    feed,
                ),
                {**values, "months": self.rows.months(rows), "pages": pages},
                cause=f"the {group.kind} '{group.label}'",
                origin=group.origin,
                inputs=inputs,
                changed=entries[0].note.date.isoformat(),
            )

    def _index(self, kind: Kind) -> Iterator[Artifact]:
        """Yield the pages of the index of a kind of groups, by name."""
        address = f"{FOLDERS[kind]}/"
        heading = FOLDERS[kind].capitalize()
        groups = sorted(self.archive.of_kind(kind), key=lambda group: name_order(self.rows.label(group)))
        for number, some, pages in _paginated(groups, LINES_OF_INDEX, address):
            title = heading if number == 1 else f"{heading}, page {number}"
            head = Head(title, _KINDS[kind][1], _page_address(address, number), FOLDERS[kind])
            values = {
                "heading": heading,
                "intro": _KINDS[kind][1],
                "counts": [self._count(group) for group in some],
                "pages": pages,
            }
            yield self._page("index.html", head, values, cause=f"the index of {FOLDERS[kind]}")

    def _feeds(self) -> Artifact:
        main = Feed(self.settings.site.title, "feed.xml", "", len(self.archive.entries))
        groups = [("The whole digest", [main])]
        for kind in ("authority", "country", "tag"):
            ordered = sorted(self.archive.of_kind(kind), key=lambda group: name_order(self.rows.label(group)))
            feeds = [
                Feed(self._full_label(each), feed_address(each), each.address, len(each.entries)) for each in ordered
            ]
            if feeds:
                groups.append((FOLDERS[kind].capitalize(), feeds))
        head = Head(
            "Feeds", "Follow the digest, or one tag, authority or country of it, in a feed reader.", "feeds/", "feeds"
        )
        return self._page("feeds.html", head, {"groups": groups}, cause="the page of feeds")

    def _not_found(self) -> Artifact:
        head = Head("Page not found", "", "404.html", indexed=False)
        return self._page("404.html", head, {}, cause="the page for addresses that lead nowhere")

    def _redirects(self) -> Iterator[Artifact]:
        for entry in self.archive.entries:
            note = entry.note
            for alias in note.aliases:
                address = alias if alias.endswith(".html") else f"{alias.rstrip('/')}/"
                yield self._page(
                    "redirect.html",
                    Head(note.title, "", address, indexed=False),
                    {"target": note.address},
                    cause=f"the alias '{alias}' of the note '{note.title}'",
                    origin=(note.file, note.lines.get("aliases", 1)),
                )

    def _heading(self, group: Group) -> str:
        return self.formats.month(_first_day(group)) if group.kind == "month" else self.rows.label(group)

    def _remarks(self, group: Group) -> list[str]:
        if group.kind == "tag":
            tag = self.settings.tags.get(group.key)
            return [tag.description] if tag and tag.description else []
        if group.kind == "authority" and (authority := group.entries[0].authority):
            return [name for name in dict.fromkeys([authority.name, authority.native]) if name != authority.short]
        return []

    def _facts(self, entries: Sequence[Entry]) -> list[tuple[str, str]]:
        sums = [(f"Fines, {fine.currency}", self.formats.money(fine)) for fine in fines_by_currency(entries)]
        return [("Actions", self.formats.number(len(entries))), *sums]

    def _description(self, group: Group, heading: str) -> str:
        count = len(group.entries)
        actions = f"{self.formats.number(count)} privacy enforcement {'action' if count == 1 else 'actions'}"
        relation = {
            "tag": f"tagged {heading}, each with the passages that say so",
            "authority": f"of {heading}",
            "country": f"in {heading}",
            "organisation": f"against {heading}",
            "article": f"under {heading}",
        }.get(group.kind, f"of {heading}")
        return f"{actions} {relation}, newest first."

    def _months_of(self, year: Group) -> list[Link]:
        return [
            Link(self.formats.month_name(_first_day(month)), month.address)
            for month in reversed(self.archive.of_kind("month"))
            if month.key.startswith(f"{year.key}-")
        ]

    def _count(self, group: Group) -> Count:
        return Count(self.rows.label(group), group.address, len(group.entries), self._country_of(group))

    def _full_label(self, group: Group) -> str:
        return ", ".join(part for part in (self.rows.label(group), self._country_of(group)) if part)

    def _country_of(self, group: Group) -> str:
        """Return the name of an authority's country: several authorities share a name."""
        authority = group.entries[0].authority if group.kind == "authority" else None
        return self.formats.country(authority.country) if authority and authority.country else ""


def _rendered(theme: Theme, template: str, root: str, values: dict[str, Any]) -> bytes:
    return theme.render(template, **values).replace(ROOT, root).encode()


def _first_day(month: Group) -> date:
    return month.entries[0].note.date.replace(day=1)


def _page_address(address: str, number: int) -> str:
    return address if number == 1 else f"{address}page/{number}/"


def _paginated(items: Sequence[T], size: int, address: str) -> Iterator[tuple[int, Sequence[T], Pagination]]:
    """Yield the number, the items and the place among its like of each page; one page where there are no items."""
    count = max(1, -(-len(items) // size))
    for number in range(1, count + 1):
        pages = Pagination(
            number,
            count,
            newer=_page_address(address, number - 1) if number > 1 else None,
            older=_page_address(address, number + 1) if number < count else None,
        )
        yield number, items[(number - 1) * size : number * size], pages
