"""What the tests of notes share."""

from __future__ import annotations

import uuid
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, settings

from compliance_digest.notes.body import parse_body
from compliance_digest.notes.cache import Cache
from compliance_digest.notes.dialect import Dialect
from compliance_digest.notes.library import Library
from compliance_digest.settings import Site
from compliance_digest.text import ROOT

if TYPE_CHECKING:
    from collections.abc import Collection

    from compliance_digest.notes.note import Body, Note, Reading

CONTENT = Path(__file__).parents[2] / "content"
REAL_NOTES = sorted(CONTENT.rglob("*.md"))
SEED = CONTENT / "2024-09-30-cnil-cegedim-sante.md"

DIALECT = Dialect()
NAMESPACE = uuid.UUID("6f3c2a52-4b1e-4a0f-9f64-2f1f0f6f4f7e")

examples = settings(
    derandomize=True, deadline=None, database=None, max_examples=240, suppress_health_check=[HealthCheck.too_slow]
)
"""Hypothesis tries the same examples every time, and forgets them."""


def body_of(text: str) -> str:
    """Return what stands below a note's front matter."""
    return text.split("\n---\n", 1)[1]


def parse(text: str, *, title: str = "", sources: Collection[str] = (), path: str = "note.md") -> Body:
    """Return the body that `text` makes; its lines count from the start of `text`."""
    return parse_body(
        text,
        dialect=DIALECT,
        title=title,
        sources=sources,
        path=path,
        address="2024/09/30/note/",
        line_of=lambda written: text.count("\n", 0, max(text.find(written), 0)) + 1,
    )


def html(text: str, *, title: str = "", sources: Collection[str] = (), path: str = "note.md") -> str:
    """Return the body's HTML on one line; addresses inside the site start with `~/`."""
    return parse(text, title=title, sources=sources, path=path).html.replace(ROOT, "~/").replace("\n", "")


def read(content: Path, note: str | bytes, path: str = "2024-09-30-name.md", timezone: str = "Europe/Paris") -> Reading:
    """Write a note into the folder `content` and read it."""
    file = content / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(note if isinstance(note, bytes) else note.encode())
    return reading_of(content, path, timezone)


def reading_of(content: Path, path: str, timezone: str = "Europe/Paris") -> Reading:
    """Read the note at `path` inside the folder `content`, without keeping anything."""
    site = Site(title="T", base_url="https://digest.example/", timezone=ZoneInfo(timezone), id=NAMESPACE)
    with TemporaryDirectory() as folder, Cache(Path(folder, "cache"), "") as cache:
        (reading,) = Library(content, site, cache).read({path: None}, jobs=1)
    return reading


def note_with(*fields: str, body: str = "Text.") -> str:
    """Return a note that is right, with these lines of front matter in place of, or beside, those it must have."""
    named = {line.partition(":")[0] for line in fields}
    needed = {"title": "title: T", "date": "date: 2024-09-30", "links": "links: [https://example.org/]"}
    lines = [line for name, line in needed.items() if name not in named]
    return "\n".join(["---", *lines, *fields, "---", body, ""])


def made(reading: Reading) -> Note:
    """Return the note; it must have been made without any problem."""
    assert reading.problems == ()
    assert reading.note is not None
    return reading.note


def found(reading: Reading) -> list[str]:
    """Return the problems as `line:column code`, in the order of the file."""
    return [f"{each.line}:{each.column} {each.code}" for each in sorted(reading.problems)]
