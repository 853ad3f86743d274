"""A file becomes a Note: everything that is wrong with it is found in one go."""

from __future__ import annotations

import hashlib
import re
import unicodedata
import uuid
from dataclasses import dataclass
from datetime import datetime, time
from functools import lru_cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from compliance_digest.notes import front_matter
from compliance_digest.notes.body import parse_body
from compliance_digest.notes.checking import checked, place_of
from compliance_digest.notes.dialect import Dialect
from compliance_digest.notes.finding import FOLDER
from compliance_digest.notes.note import (
    Body,
    Extent,
    Note,
    Reading,
    Source,
    Tag,
    Text,
    Update,
    page_address,
    quoted,
    with_shown,
)
from compliance_digest.problems import Problem
from compliance_digest.text import decoded, slug, tag_key

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from zoneinfo import ZoneInfo

    from compliance_digest.notes.fields import NoteFields
    from compliance_digest.notes.front_matter import FrontMatter, Place
    from compliance_digest.notes.note import Attachment

_LEADING_DATE = re.compile(r"\d{4}-\d{2}-\d{2}[-_ ]*")


@dataclass(frozen=True, slots=True)
class Context:
    """What reading depends on beside the file: two settings.

    `timezone` decides the day of a note with a time; `namespace` is that of the guids.
    """

    timezone: ZoneInfo
    namespace: uuid.UUID


def read_note(path: str, data: bytes, context: Context) -> tuple[Reading, Text | None]:
    """Return what comes of reading `data`, the file at `path` (inside the folder of notes, with forward slashes).

    The text is None where the note is. All that is wrong is told, but for what other files have a say in: whether
    attachments are there.
    """
    reader = _Reader(path, context)
    try:
        read = reader.read(data)
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        byte = error.object[error.start]
        reader.report((line, 0), "not-utf-8", f"the file is not UTF-8: byte 0x{byte:02x}", "save it as UTF-8")
        read = None
    if any(problem.severity == "error" for problem in reader.problems):
        read = None
    note, text = read or (None, None)
    return Reading(path, reader.title, note, reader.attachments, tuple(reader.problems)), text


class _Reader:
    """One file on its way to a note."""

    def __init__(self, path: str, context: Context) -> None:
        self.path = path
        self.context = context
        self.title: str | None = None
        self.attachments: tuple[Attachment, ...] = ()
        self.problems: list[Problem] = []

    def report(self, place: Place, code: str, message: str, hint: str = "", *, warning: bool = False) -> None:
        file = f"{FOLDER}/{self.path}"
        severity = "warning" if warning else "error"
        self.problems.append(Problem(file, *place, severity, code, message, hint))  # type: ignore[arg-type]

    def read(self, data: bytes) -> tuple[Note, Text] | None:
        text = decoded(data)
        try:
            matter = front_matter.split(text)
        except front_matter.Unreadable as error:
            self.report(error.fault.place, error.fault.code, error.fault.message, error.fault.hint)
            return None
        self.title = title if isinstance(title := matter.values.get("title"), str) else None
        fields, faults = checked(matter)
        for fault in [*matter.faults, *faults]:
            self.report(fault.place, fault.code, fault.message, fault.hint, warning=fault.warning)
        slug_ = self._slug(fields)
        address = page_address(_day(fields, self.context), slug_) if fields else ""
        body = self._body(matter, fields, address)
        if fields is None or body is None:
            return None
        if not fields.links:
            self.report((1, 0), "no-source", "the note names no source", "add its address under links", warning=True)
        note = self._note(matter, fields, body, slug_, hashlib.sha256(data).hexdigest())
        return with_shown(note), Text(body.html, body.passages)

    def _slug(self, fields: NoteFields | None) -> str:
        stem = PurePosixPath(self.path).stem
        if fields is None:
            return ""
        found = fields.slug or slug(_LEADING_DATE.sub("", stem, count=1)) or slug(fields.title)
        if not found:
            self.report(
                (1, 0), "no-slug", "neither file name nor title has letters for an address", "add the field slug"
            )
        return found

    def _body(self, matter: FrontMatter, fields: NoteFields | None, address: str) -> Body | None:
        line_of = _Lines(matter.body, matter.body_line)
        sources = fields.links if fields else []
        try:
            body = parse_body(
                matter.body,
                dialect=_dialect(),
                title=fields.title if fields else "",
                sources={address for source in sources for address in (source.url, source.archive) if address},
                path=self.path,
                address=address,
                line_of=line_of,
            )
        except RecursionError:
            self.report(
                (matter.body_line, 0),
                "too-deep",
                "the text is nested too deeply",
                "take out some of what stands inside each other",
            )
            return None
        self.attachments = body.attachments
        for tag in body.tags:
            if not slug(tag.key):
                self.report((tag.line, 0), "bad-tag", f"#{tag.written}: no address can be made from it")
        for link in body.refused:
            message = f"a link to '{link.address[:80]}' was taken out: addresses start with https:// or mailto:"
            self.report((link.line, 0), "bad-link", message, warning=True)
        return body

    def _note(self, matter: FrontMatter, fields: NoteFields, body: Body, slug_: str, digest: str) -> Note:
        stem = unicodedata.normalize("NFC", PurePosixPath(self.path).stem)
        published = moment(fields.date, self.context.timezone)
        lines = {str(way[0]): place[0] for way, place in matter.places.items() if len(way) == 1}
        tags: dict[str, Tag] = {}
        for tag in [*_tags(fields, matter), *body.tags]:
            tags.setdefault(tag.key, tag)
        day = _day(fields, self.context)
        summary = fields.summary or body.summary
        return Note(
            path=self.path,
            digest=digest,
            title=fields.title,
            date=day,
            moment=published.isoformat(),
            address=page_address(day, slug_),
            slug=slug_,
            tags=tuple(tags.values()),
            sources=tuple(Source(source.url, source.title, source.archive) for source in fields.links),
            host=Source(fields.links[0].url).host if fields.links else "",
            authority=fields.authority,
            country=fields.country,
            organisations=tuple(dict.fromkeys(fields.organisation)),
            fines=tuple(fields.fine),
            outcome=fields.outcome or ("fine" if fields.fine or "fine" in tags else None),
            articles=tuple(dict.fromkeys(fields.articles)),
            status=fields.status,
            case=fields.case,
            sector=fields.sector,
            summary=summary,
            standfirst=summary if summary != body.summary else None,
            updates=tuple(
                sorted((Update(each.date, each.note) for each in fields.updates), key=lambda each: each.date)
            ),
            aliases=tuple(fields.aliases),
            guid=_guid(fields.id or stem, self.context.namespace),
            lang=fields.lang,
            draft=fields.draft,
            extents=tuple(Extent(passage.tags, len(passage.html)) for passage in body.passages),
            wikilinks=body.wikilinks,
            site_links=body.site_links,
            attachments=body.attachments,
            lines=lines,
            quoted=quoted(body.passages),
        )


class _Lines:
    """Tells on which line something is written; asked for the same again, where it is written next."""

    def __init__(self, text: str, first: int) -> None:
        self._text = text
        self._first = first
        self._found: dict[str, int] = {}

    def __call__(self, written: str) -> int:
        before = self._found.get(written, -1)
        found = self._text.find(written, before + 1)
        self._found[written] = found = found if found >= 0 else max(before, 0)
        return self._first + self._text.count("\n", 0, found)


@lru_cache(maxsize=1)
def _dialect() -> Dialect:
    return Dialect()


def _tags(fields: NoteFields, matter: FrontMatter) -> Iterator[Tag]:
    for number, written in enumerate(fields.tags):
        yield Tag(tag_key(written), written, place_of(("tags", number), matter)[0])


def moment(when: date | datetime, timezone: ZoneInfo) -> datetime:
    """Return a date as a moment: in the time zone unless it says another, and at midnight where it says no time."""
    if not isinstance(when, datetime):
        return datetime.combine(when, time(), timezone)
    return when.replace(tzinfo=timezone) if when.tzinfo is None else when.astimezone(timezone)


def _day(fields: NoteFields, context: Context) -> date:
    return moment(fields.date, context.timezone).date()


def _guid(name: str, namespace: uuid.UUID) -> str:
    try:
        return uuid.UUID(name).urn
    except ValueError:
        return uuid.uuid5(namespace, name).urn
