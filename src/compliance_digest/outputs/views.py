"""What templates are given: plain values, with every decision already made.

Addresses are inside the site, without a leading slash (`tags/fine/`; the front page is the empty string). A template
writes `{{ root }}` before one; it becomes the way from the page to the site's root.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from compliance_digest.outputs.policy import READING

if TYPE_CHECKING:
    from datetime import date

    from compliance_digest.notes.note import Fine, Source, Update
    from compliance_digest.settings import Rates


@dataclass(frozen=True, slots=True)
class Link:
    """A label and the address inside the site that it leads to."""

    label: str
    address: str


@dataclass(frozen=True, slots=True)
class Count:
    """A line of an index: a group's label and address, how many notes it has, and a quiet remark."""

    label: str
    address: str
    count: int
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage quoted from a note: its HTML, and the address of its anchor."""

    html: str
    address: str


@dataclass(frozen=True, slots=True)
class Row:
    """A note as a list shows it.

    `remarks` say beside its fines, or in their place, what else it is and how it stands. `quotes` are passages of it,
    on pages that quote.
    """

    title: str
    address: str
    date: date
    authority: Link | None
    country: Link | None
    organisations: tuple[Link, ...]
    fines: tuple[Fine, ...]
    outcome: str | None
    status: str | None
    remarks: tuple[str, ...]
    articles: tuple[Link, ...]
    tags: tuple[Link, ...]
    summary: str
    lang: str | None
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class Month:
    """The rows of one month of a list, newest first."""

    first: date
    address: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Pagination:
    """Where a page stands among the pages of its list; the addresses are None at the ends."""

    number: int
    count: int
    newer: str | None
    older: str | None

    def __str__(self) -> str:
        """Return all of that in short, for a given list: `2 of 5`."""
        return f"{self.number} of {self.count}"


@dataclass(frozen=True, slots=True)
class Head:
    """What stands in a page's `<head>`, and which entry of the navigation it belongs to.

    `section` is the folder of the part of the site that the page is in, `latest` for the front page; breadcrumbs go
    through that folder's page. `feed` is the page's own feed beside the site's. `indexed` is false for pages that
    search engines skip. `script` is the asset that the page works better with, and `policy` what the page may load.
    """

    title: str
    description: str
    address: str
    section: str = ""
    feed: Link | None = None
    indexed: bool = True
    script: str | None = None
    policy: str = READING


@dataclass(frozen=True, slots=True)
class Citation:
    """How a note is cited: in words, which its `url` follows, and as an entry of a BibTeX file."""

    text: str
    url: str
    bibtex: str


@dataclass(frozen=True, slots=True)
class NoteView:
    """A note's page.

    `body` is the note's HTML; `changed` the day of its last update, or else its own; `newer` and `older` are its
    neighbours in time; `standfirst` is the summary that an editor wrote.
    """

    row: Row = field(repr=False)
    body: str = field(repr=False)
    sources: tuple[Source, ...]
    case: str | None
    sector: str | None
    updates: tuple[Update, ...]
    changed: date
    authority_name: str | None
    newer: Link | None
    older: Link | None
    related: tuple[Row, ...] = field(repr=False)
    citation: Citation
    standfirst: str | None


@dataclass(frozen=True, slots=True)
class Year:
    """A year of the archive: its count, and its months with theirs, newest first."""

    label: str
    address: str
    count: int
    months: tuple[MonthCount, ...]


@dataclass(frozen=True, slots=True)
class MonthCount:
    """A month of the archive with the number of its notes."""

    first: date
    address: str
    count: int


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the values that search results can be narrowed to: its key, what it is called, how many notes have it."""

    key: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Facet:
    """What search results can be narrowed by: its name in addresses, and its label."""

    name: str
    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: what lists of feeds call it, its own title, its address, its page's, and how many notes that has."""

    label: str
    title: str
    address: str
    page: str
    count: int


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file of the open data: its name, what its format is called, its media type, and what is in it."""

    name: str
    format: str
    mediatype: str
    description: str


@dataclass(frozen=True, slots=True)
class Card:
    """The image that others show beside a link to the site; its size in pixels where it is a PNG."""

    address: str
    size: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Action:
    """A note as a line of the ledger of all actions. A remark says how a fine, or an outcome without one, stands."""

    row: Row
    sector: str | None
    fine_remark: str
    outcome_remark: str


@dataclass(frozen=True, slots=True)
class Choices:
    """A filter: its label, the name it has in addresses, and the label and value of each option."""

    label: str
    name: str
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """How fines in several currencies are put in order: by these rates, if any; `apart` are currencies without one."""

    rates: Rates | None
    apart: tuple[str, ...]
