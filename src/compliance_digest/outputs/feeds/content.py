"""The HTML of items: all that a note says, and a note as one action of an edition."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compliance_digest.archive.archive import Entry
    from compliance_digest.outputs.rows import Rows

_DATA_TAGS = re.compile(r'(<(?:li|p) class="passage" id="[^"]*") data-tags="[^"]*"')


def whole_note(entry: Entry, rows: Rows) -> str:
    """Return the HTML of all that a note says: its text, the facts, later events and sources.

    `text.ROOT` stands before addresses of the site.
    """
    note = entry.note
    pieces = [_DATA_TAGS.sub(r"\1", rows.text(entry).html)]
    if facts := "; ".join(f"{label}: {value}" for label, value in _facts(entry, rows) if value):
        pieces.append(f"<p>{escape(facts, quote=False)}</p>")
    if note.updates:
        updates = (f"<li>{update.date.isoformat()}: {escape(update.note, quote=False)}</li>" for update in note.updates)
        pieces.append(f"<p>Updates:</p>\n<ul>{''.join(updates)}</ul>")
    if note.sources:
        links = (f'<a href="{escape(source.url)}">{escape(source.title or source.host)}</a>' for source in note.sources)
        pieces.append(f"<p>{'Source' if len(note.sources) == 1 else 'Sources'}: {', '.join(links)}</p>")
    return "\n".join(pieces)


def _facts(entry: Entry, rows: Rows) -> Iterator[tuple[str, str]]:
    row, note = rows.row(entry), entry.note
    yield "Fine", ", ".join(rows.formats.money(fine) for fine in row.fines)
    yield "Outcome", row.outcome or ""
    yield "Status", row.status or ""
    yield "Against", ", ".join(link.label for link in row.organisations)
    yield "Authority", ", ".join(link.label for link in (row.authority, row.country) if link)
    yield "Articles", ", ".join(link.label for link in row.articles)
    yield "Case", note.case or ""


def action(entry: Entry, rows: Rows, base_url: str) -> str:
    """Return the HTML of a note as one action of an edition: its headline, who acted, the amount and a summary."""
    row = rows.row(entry)
    language = f' lang="{escape(row.lang)}"' if row.lang else ""
    facts = [
        rows.formats.short_day(row.date),
        *(link.label for link in (row.authority, row.country) if link),
        *(rows.formats.money(fine) for fine in row.fines),
        *row.remarks,
    ]
    pieces = [
        f'<h3{language}><a href="{escape(base_url + row.address)}">{escape(row.title, quote=False)}</a></h3>',
        f"<p>{' · '.join(escape(fact, quote=False) for fact in facts)}</p>",
    ]
    if row.summary:
        pieces.append(f"<p{language}>{escape(row.summary, quote=False)}</p>")
    return "\n".join(pieces)
