"""The rules on sources and links."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from compliance_digest.desk.addresses import comparable
from compliance_digest.desk.check.subject import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compliance_digest.desk.check.subject import Subject

_HTTP = re.compile(r'href="(http://[^"]*)"')


def same_source(subject: Subject) -> Iterator[Finding]:
    """Find sources that an earlier note has too, however the address is spelt."""
    first: dict[str, str] = {}
    for note in subject.notes:
        for number, source in enumerate(note.sources):
            other = first.setdefault(comparable(source.url), note.file)
            if other != note.file:
                message = f"links: {source.url} is a source of {other} too"
                hint = "if both notes are about one action, keep one of them"
                yield Finding(note.file, subject.places.of(note, "links", number, "url"), message, hint)


def http_link(subject: Subject) -> Iterator[Finding]:
    """Find links without encryption, in front matter and texts."""
    for note in subject.notes:
        for number, source in enumerate(note.sources):
            for name, url in (("url", source.url), ("archive", source.archive or "")):
                if url.startswith("http://"):
                    yield _unencrypted(note.file, subject.places.of(note, "links", number, name), url)
        for written in dict.fromkeys(_HTTP.findall(subject.archive.texts(note).html)):
            url = html.unescape(written)
            yield _unencrypted(note.file, subject.places.in_text(note, url), url)


def _unencrypted(file: str, place: tuple[int, int], url: str) -> Finding:
    message = f"{url} is a link to http: what readers get can be changed on its way to them"
    return Finding(file, place, message, "write https:// if the page is there too")


def unknown_authority(subject: Subject) -> Iterator[Finding]:
    """Find authorities that no table has, where the first source is on the site of one that is known."""
    for note in subject.notes:
        by_host = subject.authorities.by_host(note.host) if note.host else None
        if by_host and note.authority and not subject.authorities.knows(note.authority):
            message = f"authority: '{note.authority}' is not known, while {note.host} is the site of {by_host.short}"
            hint = f"write {by_host.id}, or give the one you mean a table in digest.toml: [authorities.<id>]"
            yield Finding(note.file, subject.places.of(note, "authority", ""), message, hint)
