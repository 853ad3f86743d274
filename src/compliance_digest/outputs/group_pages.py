"""Pages of groups: the notes of a tag, an authority or a year, and the indexes of all tags, authorities and so on."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any

from compliance_digest.archive.archive import FOLDERS
from compliance_digest.outputs import structured
from compliance_digest.outputs.feeds.addresses import KINDS as KINDS_WITH_FEED
from compliance_digest.outputs.feeds.addresses import feed_address, feed_label
from compliance_digest.outputs.page import LINES_OF_INDEX, Content, numbered, paginated
from compliance_digest.outputs.rows import first_day, weights_by_tag
from compliance_digest.outputs.sums import tally, uncounted
from compliance_digest.outputs.views import Head, Link

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from compliance_digest.archive.archive import Entry, Group, Kind
    from compliance_digest.outputs.artifact import Artifact
    from compliance_digest.outputs.context import Context
    from compliance_digest.outputs.formats import Formats
    from compliance_digest.outputs.views import Pagination

_KINDS: dict[Kind, tuple[str, str]] = {
    "tag": ("Tag", "Topics that notes, or single passages of them, are tagged with."),
    "authority": ("Authority", "Who acted: regulators and courts, by the name they are known by."),
    "country": ("Country", "Where the authority that acted is at home."),
    "organisation": ("Organisation", "Whom the actions were directed against."),
    "article": ("Article", "The provisions that the actions rest on."),
    "year": ("Year", ""),
    "month": ("Month", ""),
}


class GroupPages:
    """Plans the lists and indexes of an archive's groups."""

    def __init__(self, context: Context) -> None:
        self._archive = context.archive
        self._settings = context.settings
        self._prints = context.prints
        self._rows = context.rows
        self._maker = context.maker
        self._weights = weights_by_tag(context.archive.entries)
        self._values = lru_cache(maxsize=1)(self._make_values)

    @property
    def _formats(self) -> Formats:
        return self._rows.formats

    def all(self) -> Iterator[Artifact]:
        """Yield the pages of all groups, and those of all indexes."""
        for kind in _KINDS:
            for group in self._archive.of_kind(kind):
                yield from self._lists(group)
        for kind in FOLDERS:
            yield from self._indexes(kind)

    def _lists(self, group: Group) -> Iterator[Artifact]:
        """Yield the pages of a group's list."""
        prints, per_page = self._prints, self._settings.pages.per_page
        of_group = [group.kind, prints.group(group), prints.sums(group.entries)]
        if group.kind == "year":
            of_group += [month.key for month in self._archive.months_of(group)]
        weight = self._weights.get(group.key, {}) if group.kind == "tag" else {}
        weights = [weight.get(entry, 0) for entry in group.entries]
        for address, entries, pages in paginated(group.entries, per_page, group.address, weights):
            told = prints.quoted(entries) if group.kind == "tag" else prints.shown(entries)
            yield self._maker.page(
                "list.html",
                address,
                [*of_group, str(pages), *told],
                partial(self._list, group, entries, address, pages),
                cause=f"the {group.kind} '{group.label}'",
                origin=group.origin,
                changed=entries[0].note.date.isoformat(),
                batch="lists",
            )

    def _list(self, group: Group, entries: Sequence[Entry], address: str, pages: Pagination) -> Content:
        heading = self._heading(group)
        title = f"{_KINDS[group.kind][0]}: {heading}" if group.kind in ("tag", "article") else heading
        if group.kind == "authority":  # several share a name
            title = self._rows.full_label(group)
        rows = [self._rows.row(entry) for entry in entries]
        if group.kind == "tag":
            rows = [
                replace(row, quotes=self._rows.quoting(entry, group.key))
                for row, entry in zip(rows, entries, strict=True)
            ]
        values = self._values(group.kind, group.key)
        return Content(
            Head(
                numbered(title, pages),
                self._description(group, heading),
                address,
                FOLDERS.get(group.kind, "archive"),
                values["feed"],
            ),
            {**values, "months": self._rows.months(rows), "pages": pages},
            structured.item_list(self._settings.site, [row.address for row in rows]),
        )

    def _make_values(self, kind: Kind, key: str) -> dict[str, Any]:
        """Return what all pages of a group's list show."""
        group = self._archive.groups[kind][key]
        heading = self._heading(group)
        return {
            "kind": _KINDS[kind][0],
            "heading": heading,
            "remarks": self._remarks(group),
            "facts": tally(group.entries, self._formats),
            "uncounted": uncounted(group.entries),
            "feed": Link(feed_label(heading), feed_address(group)) if kind in KINDS_WITH_FEED else None,
            "links": self._months_of(group) if kind == "year" else [],
        }

    def _indexes(self, kind: Kind) -> Iterator[Artifact]:
        """Yield the pages of the index of a kind of groups, by name."""
        inputs = [self._prints.index(kind)]
        # Their order by name is found out when they are rendered; here, it is their number that matters.
        for address, _, pages in paginated(self._archive.of_kind(kind), LINES_OF_INDEX, f"{FOLDERS[kind]}/"):
            make = partial(self._index, kind, address, pages)
            yield self._maker.page("index.html", address, inputs, make, cause=f"the index of {FOLDERS[kind]}")

    def _index(self, kind: Kind, address: str, pages: Pagination) -> Content:
        heading, intro = FOLDERS[kind].capitalize(), _KINDS[kind][1]
        first = (pages.number - 1) * LINES_OF_INDEX
        groups = self._rows.by_name(self._archive.of_kind(kind))[first : first + LINES_OF_INDEX]
        counts = [self._rows.count(group) for group in groups]
        return Content(
            Head(numbered(heading, pages), intro, address, FOLDERS[kind]),
            {"heading": heading, "intro": intro, "counts": counts, "pages": pages},
            structured.item_list(self._settings.site, [count.address for count in counts]),
        )

    def _heading(self, group: Group) -> str:
        return self._formats.month(first_day(group)) if group.kind == "month" else self._rows.label(group)

    def _remarks(self, group: Group) -> list[str]:
        if group.kind == "tag":
            tag = self._settings.tags.get(group.key)
            return [tag.description] if tag and tag.description else []
        if group.kind == "authority" and (authority := group.entries[0].authority):
            return [name for name in dict.fromkeys([authority.name, authority.native]) if name != authority.short]
        return []

    def _description(self, group: Group, heading: str) -> str:
        actions = self._formats.counted(len(group.entries), "privacy enforcement action")
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
            Link(self._formats.month_name(first_day(month)), month.address)
            for month in reversed(self._archive.months_of(year))
        ]
