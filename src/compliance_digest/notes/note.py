"""What a note is once it has been read: values only."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from decimal import Decimal  # noqa: TC003 (msgspec reads the types of fields)
from typing import Literal
from urllib.parse import urlsplit

from msgspec import Struct
from msgspec.structs import replace

from compliance_digest.notes.finding import FOLDER
from compliance_digest.problems import Problem  # noqa: TC001 (msgspec reads it)

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


class _Value(Struct, frozen=True, array_like=True, gc=False):
    """A value that can be written down and read back (`gc=False`: none of them holds what could lead back to it)."""


class Source(_Value, frozen=True):
    """Where a note's facts come from: an http(s) address, exactly as written."""

    url: str
    title: str | None = None
    archive: str | None = None

    @property
    def host(self) -> str:
        """The host's name without `www.`, lower case."""
        return (urlsplit(self.url).hostname or "").removeprefix("www.")


class Fine(_Value, frozen=True):
    """A sum of money, in units of an ISO 4217 currency (euros, not cents)."""

    amount: Decimal
    currency: str


class Update(_Value, frozen=True):
    """A correction or a later event."""

    date: date
    note: str


class Tag(_Value, frozen=True):
    """A topic: the key it is compared by (`personal_data`), how the note wrote it, and on which line of its file."""

    key: str
    written: str
    line: int


class Passage(_Value, frozen=True):
    """The smallest block of a note's body that holds hashtags.

    `anchor` is its id on the note's page; it depends on the passage's words alone. `html` is its own content,
    without nested lists and without the run of hashtags at its end, `text` the same as plain text.
    """

    anchor: str
    tags: tuple[str, ...]
    html: str
    text: str


class Wikilink(_Value, frozen=True):
    """A link to another note by its file's name, path or title, and the line of the file it stands on.

    `is_path` tells that it is a Markdown link, whose target can only be a path inside `content/`.
    """

    target: str
    line: int
    is_path: bool = False


class SiteLink(_Value, frozen=True):
    """A link to an address of the site, such as `tags/fine/`, and the line of the file it stands on."""

    address: str
    line: int


class Attachment(_Value, frozen=True):
    """A file that a note refers to: its path inside `content/`, and its address inside the site."""

    source: str
    address: str
    line: int


class Body(_Value, frozen=True):
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


class Text(_Value, frozen=True):
    """The part of a note that only pages and feeds with its text need: the body's HTML and its passages."""

    html: str
    passages: tuple[Passage, ...]


class Extent(_Value, frozen=True):
    """The tags of a passage, and how many characters its HTML has."""

    tags: tuple[str, ...]
    characters: int


class Note(_Value, frozen=True):
    """One privacy enforcement action (or ruling, opinion, guideline), as its file states it; all but its `Text`.

    `path` is the file's path inside `content/`, with forward slashes; `digest` the SHA-256 of its bytes. `date` is
    the day of the action in the site's time zone; `moment` is that day's start there, or the stated time, in ISO 8601
    with the offset from UTC. `address` is that of the page inside the site, such as `2024/09/30/cegedim-sante/`.
    `host` is the first source's, where there is one.
    `tags` are the front matter's, then the passages'. `standfirst` is the summary where an editor wrote one that the
    text doesn't begin with. `lines` tells on which line of the file each field stands,
    `shown` is the SHA-256 of all that lists, statistics and data can tell of the note, which is not its text and no
    lines, and `quoted` that of its passages.
    """

    path: str
    digest: str
    title: str
    date: date
    moment: str
    address: str
    slug: str
    tags: tuple[Tag, ...]
    sources: tuple[Source, ...]
    host: str
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
    standfirst: str | None
    updates: tuple[Update, ...]
    aliases: tuple[str, ...]
    guid: str
    lang: str | None
    draft: bool
    extents: tuple[Extent, ...]
    wikilinks: tuple[Wikilink, ...]
    site_links: tuple[SiteLink, ...]
    attachments: tuple[Attachment, ...]
    lines: dict[str, int]
    quoted: str = ""
    shown: str = ""

    @property
    def file(self) -> str:
        """The file's path inside the project, for messages."""
        return f"{FOLDER}/{self.path}"

    @property
    def published(self) -> datetime:
        """The moment of the action; it knows its offset from UTC."""
        return datetime.fromisoformat(self.moment)


class Reading(_Value, frozen=True):
    """What came of reading one file.

    `note` is None where there are errors among the problems; its title and attachments are tried for.
    """

    path: str
    title: str | None
    note: Note | None
    attachments: tuple[Attachment, ...]
    problems: tuple[Problem, ...]


def quoted(passages: tuple[Passage, ...]) -> str:
    """Return the SHA-256 of passages."""
    return hashlib.sha256(repr(passages).encode("utf-8", "surrogatepass")).hexdigest()


def with_shown(note: Note) -> Note:
    """Return a note with `shown` filled in."""
    hidden = {
        "digest": "",
        "quoted": "",
        "lines": {},
        "extents": (),
        "wikilinks": (),
        "site_links": (),
        "attachments": (),
    }
    unplaced = replace(note, tags=tuple(Tag(tag.key, tag.written, 0) for tag in note.tags), **hidden)
    return replace(note, shown=hashlib.sha256(repr(unplaced).encode("utf-8", "surrogatepass")).hexdigest())


def last_change(note: Note) -> date:
    """Return the day on which a note last changed, by what it says itself: that of its last update, or else its own."""
    return max([note.date, *[update.date for update in note.updates]]) if note.updates else note.date


def page_address(day: date, slug: str) -> str:
    """Return the address inside the site of the page of a note with this day and slug."""
    return f"{day.isoformat().replace('-', '/')}/{slug}/"
