"""What the search finds notes by: a small HTML document for each, marked up for Pagefind, which reads nothing else.

Pagefind's attributes: `data-pagefind-body` is the text, `-meta` is found as well and handed over with a result,
`-filter` and `-sort` are what results can be narrowed and ordered by (https://pagefind.app/docs/indexing/).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from html import escape
from typing import TYPE_CHECKING

from compliance_digest.notes import markup
from compliance_digest.outputs.sums import fine_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from compliance_digest.archive.archive import Archive, Entry
    from compliance_digest.notes.note import Text
    from compliance_digest.outputs.rows import Rows
    from compliance_digest.settings import Rates

EVERY = "ꙮ"
"""A word that every document has, for searches without words: for those Pagefind would load all of its index.

It is a letter that nobody types, in any language (U+A66E), and `assets/search.js` knows it.
"""

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A note as the search knows it: names and values of what is shown, filtered and sorted by.

    `address` is the note's. A sort's value is the note's place among all, so that it is an integer that Pagefind's
    32-bit floats hold exactly.
    """

    address: str
    lang: str
    shown: Pairs
    filters: Pairs
    sorts: Pairs
    entry: Entry
    text: Callable[[], Text]

    def html(self) -> str:
        """Return the document."""
        metas = [
            f'<meta data-pagefind-{kind}="{name}[content]" content="{escape(value)}">'
            for kind, pairs in (("meta", self.shown), ("filter", self.filters), ("sort", self.sorts))
            for name, value in pairs
        ]
        note = self.entry.note
        updates = "".join(f"<p>{escape(update.note)}</p>" for update in note.updates)
        return (
            f'<!doctype html><html lang="{escape(self.lang)}"><head><meta charset="utf-8">{"".join(metas)}</head>'
            f"<body data-pagefind-body><h1>{escape(note.title)}</h1>{_anchored(self.text().html + updates)}"
            "</body></html>"
        )


def documents(archive: Archive, rows: Rows, language: str, rates: Rates | None) -> list[Document]:
    """Return the documents of an archive's entries, newest first.

    Fines are put in order as `fine_key` has it; notes without one come last.
    """
    entries = archive.entries
    oldest_first = range(len(entries) - 1, -1, -1)
    fined = [number for number in oldest_first if entries[number].note.fines]
    fined.sort(key=lambda number: fine_key(entries[number].note.fines, rates), reverse=True)
    by_fine = [*(number for number in oldest_first if not entries[number].note.fines), *fined]
    fine_place = {number: place for place, number in enumerate(by_fine)}
    return [
        Document(
            address=entry.note.address,
            lang=entry.note.lang or language,
            shown=tuple(_shown(entry, rows)),
            filters=tuple(_filters(entry)),
            sorts=(("date", str(len(entries) - number)), ("fine", str(fine_place[number]))),
            entry=entry,
            text=partial(archive.text, entry),
        )
        for number, entry in enumerate(entries)
    ]


def _shown(entry: Entry, rows: Rows) -> Iterator[tuple[str, str]]:
    """Yield what a result shows, and what it is found by although it isn't in the note's text."""
    note, row, formats = entry.note, rows.row(entry), rows.formats
    facts = {
        "title": note.title,
        "date": note.date.isoformat(),
        "day": formats.day(note.date),
        "authority": row.authority.label if row.authority else "",
        "country": row.country.label if row.country else "",
        "amount": " + ".join(formats.money(fine) for fine in note.fines),
        "remark": " · ".join(row.remarks),
        "organisation": " · ".join(note.organisations),
        "case": note.case or "",
        "sector": note.sector or "",
        "articles": " · ".join(note.articles),
        "tags": " · ".join(tag.label for tag in row.tags),
        "every": EVERY,
    }
    yield from ((name, value) for name, value in facts.items() if value)


def _filters(entry: Entry) -> Iterator[tuple[str, str]]:
    note = entry.note
    yield from (("tag", key) for key in dict.fromkeys(tag.key for tag in note.tags))
    if entry.authority:
        yield "authority", entry.authority.id
    if entry.country:
        yield "country", entry.country.lower()
    yield "year", note.date.isoformat()[:4]
    if note.outcome:
        yield "outcome", note.outcome
    if note.lang:  # no filter: but unlike what is shown, it isn't found as a word
        yield "lang", note.lang


def _anchored(body: str) -> str:
    """Return a body without the hashtags that are set apart, and with an id for every block.

    So the search page can tell where a passage ends. The ids of blocks that have none on the note's page start with
    `b-`.
    """
    root = markup.parsed(body)
    for number, element in enumerate(list(root.iter())):
        if element.get("class") == "tags":
            element.drop_tree()
        elif element.tag in markup.BLOCKS and not element.get("id"):
            element.set("id", f"b-{number}")
    return markup.inner_html(root)
