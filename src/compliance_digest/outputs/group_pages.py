"""Pages of groups: the notes of a tag, an authority or a year, and the indexes of all tags, authorities and so on."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from compliance_digest.archive.archive import FOLDERS
from compliance_digest.outputs import structured
from compliance_digest.outputs.feeds.addresses import KINDS as KINDS_WITH_FEED
from compliance_digest.outputs.feeds.addresses import feed_address, feed_label
from compliance_digest.outputs.page import LINES_OF_INDEX, numbered, paginated
from compliance_digest.outputs.rows import first_day, quoted_weight
from compliance_digest.outputs.sums import tally, uncounted
from compliance_digest.outputs.views import Head, Link

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compliance_digest.archive.archive import Archive, Group, Kind
    from compliance_digest.outputs.artifact import Artifact
    from compliance_digest.outputs.page import PageMaker
    from compliance_digest.outputs.rows import Rows
    from compliance_digest.settings import Settings


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

    def __init__(self, archive: Archive, settings: Settings, rows: Rows, maker: PageMaker) -> None:
        self._archive = archive
        self._settings = settings
        self._rows = rows
        self._formats = rows.formats
        self._maker = maker

    def all(self) -> Iterator[Artifact]:
        """Yield the pages of all groups, and those of all indexes."""
        for kind in _KINDS:
            for group in self._archive.of_kind(kind):
                yield from self._group(group)
        for kind in FOLDERS:
            yield from self._index(kind)

    def _group(self, group: Group) -> Iterator[Artifact]:
        """Yield the pages of a group's list."""
        kind, heading = _KINDS[group.kind][0], self._heading(group)
        feed = Link(feed_label(heading), feed_address(group)) if group.kind in KINDS_WITH_FEED else None
        values = {
            "kind": kind,
            "heading": heading,
            "remarks": self._remarks(group),
            "facts": tally(group.entries, self._formats),
            "uncounted": uncounted(group.entries),
            "feed": feed,
            "links": self._months_of(group) if group.kind == "year" else [],
        }
        title = f"{kind}: {heading}" if group.kind in ("tag", "article") else heading
        if group.kind == "authority":  # several share a name
            title = self._rows.full_label(group)
        section = FOLDERS.get(group.kind, "archive")
        weight = partial(quoted_weight, tag=group.key) if group.kind == "tag" else None
        for address, entries, pages in paginated(group.entries, self._settings.pages.per_page, group.address, weight):
            rows = [self._rows.row(entry) for entry in entries]
            inputs = [repr(values), repr(pages), *(self._rows.fingerprint(entry) for entry in entries)]
            if group.kind == "tag":
                quotes = [self._rows.quoting(entry, group.key) for entry in entries]
                rows = [replace(row, quotes=each) for row, each in zip(rows, quotes, strict=True)]
                inputs.append(repr(quotes))
            yield self._maker.page(
                "list.html",
                Head(numbered(title, pages), self._description(group, heading), address, section, feed),
                {**values, "months": self._rows.months(rows), "pages": pages},
                cause=f"the {group.kind} '{group.label}'",
                origin=group.origin,
                inputs=inputs,
                changed=entries[0].note.date.isoformat(),
                main=partial(structured.item_list, self._settings.site, [row.address for row in rows]),
            )

    def _index(self, kind: Kind) -> Iterator[Artifact]:
        """Yield the pages of the index of a kind of groups, by name."""
        heading, intro = FOLDERS[kind].capitalize(), _KINDS[kind][1]
        groups = self._rows.by_name(self._archive.of_kind(kind))
        for address, some, pages in paginated(groups, LINES_OF_INDEX, f"{FOLDERS[kind]}/"):
            counts = [self._rows.count(group) for group in some]
            yield self._maker.page(
                "index.html",
                Head(numbered(heading, pages), intro, address, FOLDERS[kind]),
                {"heading": heading, "intro": intro, "counts": counts, "pages": pages},
                cause=f"the index of {FOLDERS[kind]}",
                main=partial(structured.item_list, self._settings.site, [count.address for count in counts]),
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
