"""What a note is once it has been read: values only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime
    from decimal import Decimal

FOLDER = "content"
"""The folder of a project that its notes stand in."""

Outcome = Literal[
    "fine",
    "fine-proposed",
    "reprimand",
    "order",
    "ban",
    "warning",
    "settlement",
    "no-violation",
    "ruling",
    "opinion",
    "guidance",
]
Status = Literal["final", "appealed", "reduced", "annulled"]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a note's facts come from: an http(s) address, exactly as written."""

    url: str
    title: str | None = None
    archive: str | None = None

    @property
    def host(self) -> str:
        """The host's name without `www.`, lower case."""
        return (urlsplit(self.url).hostname or "").removeprefix("www.")


@dataclass(frozen=True, slots=True)
class Fine:
    """A sum of money, in units of an ISO 4217 currency (euros, not cents)."""

    amount: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class Update:
    """A correction or a later event."""

    date: date
    note: str


@dataclass(frozen=True, slots=True)
class Tag:
    """A topic: the key it is compared by (`personal_data`), how the note wrote it, and on which line of its file."""

    key: str
    written: str
    line: int


@dataclass(frozen=True, slots=True)
class Passage:
    """The smallest block of a note's body that holds hashtags.

    `anchor` is its id on the note's page; it depends on the passage's words alone. `html` is its own content,
    without nested lists and without the run of hashtags at its end, `text` the same as plain text.
    """

    anchor: str
    tags: tuple[str, ...]
    html: str
    text: str


@dataclass(frozen=True, slots=True)
class Wikilink:
    """A link to another note by its file's name, path or title, and the line of the file it stands on.

    `is_path` tells that it is a Markdown link, whose target can only be a path inside `content/`.
    """

    target: str
    line: int
    is_path: bool = False


@dataclass(frozen=True, slots=True)
class SiteLink:
    """A link to an address of the site, such as `tags/fine/`, and the line of the file it stands on."""

    address: str
    line: int


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that a note refers to: its path inside `content/`, and its address inside the site."""

    source: str
    address: str
    line: int


@dataclass(frozen=True, slots=True)
class Body:
    """A note's text: sanitised HTML, and what was found in it.

    Inside `html` and the passages' `html`, addresses of the site start with `text.ROOT`, and the address of the
    n-th wikilink is `text.WIKILINK` with n. `summary` is the text of the first passage, or of the first block where
    there is none. `tags` are those of hashtags, in the order of the text. `refused` are links whose addresses were
    taken out because of their scheme.
    """

    html: str
    summary: str
    tags: tuple[Tag, ...]
    passages: tuple[Passage, ...]
    wikilinks: tuple[Wikilink, ...]
    site_links: tuple[SiteLink, ...]
    refused: tuple[SiteLink, ...]
    attachments: tuple[Attachment, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """One privacy enforcement action (or ruling, opinion, guideline), as its file states it.

    `path` is the file's path inside `content/`, with forward slashes; `digest` the SHA-256 of its bytes. `date` is
    the day of the action in the site's time zone and `published` that day's start there, or the stated time.
    `tags` are the front matter's, then the passages'. `lines` tells on which line of the file each field stands.
    """

    path: str
    digest: str
    title: str
    date: date
    published: datetime
    tags: tuple[Tag, ...]
    sources: tuple[Source, ...]
    authority: str | None
    country: str | None
    organisations: tuple[str, ...]
    fines: tuple[Fine, ...]
    outcome: Outcome | None
    articles: tuple[str, ...]
    status: Status | None
    case: str | None
    sector: str | None
    summary: str
    updates: tuple[Update, ...]
    slug: str
    aliases: tuple[str, ...]
    guid: str
    lang: str | None
    draft: bool
    body: Body
    lines: Mapping[str, int]

    @property
    def file(self) -> str:
        """The file's path inside the project, for messages."""
        return f"{FOLDER}/{self.path}"

    @property
    def address(self) -> str:
        """The page's address inside the site, such as `2024/09/30/cegedim-sante/`."""
        return page_address(self.date, self.slug)


def last_change(note: Note) -> date:
    """Return the day on which a note last changed, by what it says itself: that of its last update, or else its own."""
    return max([note.date, *(update.date for update in note.updates)])


def page_address(day: date, slug: str) -> str:
    """Return the address inside the site of the page of a note with this day and slug."""
    return f"{day.isoformat().replace('-', '/')}/{slug}/"
