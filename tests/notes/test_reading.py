"""A file becomes a Note; everything that is wrong with it is found in one go."""

from __future__ import annotations

import hashlib
import uuid
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.notes.helpers import NAMESPACE, REAL_NOTES, examples, found, made, note_with, read, reading_of


def test_all_problems_of_a_note_are_found_in_one_go(tmp_path: Path) -> None:
    note = """\
---
title: Fine #2
date: 30/09/2024
tags: [a, no]
titel: T
links: [example.org]
fine: 800000
country: UK
---
Text ![a](a.png) and

- [b](../b.pdf)
"""
    assert found(read(tmp_path, note)) == [
        "2:8 lost-comment",
        "3:7 bad-date",
        "4:11 changed-by-yaml",
        "5:1 unknown-field",
        "6:9 bad-link",
        "7:7 bad-fine",
        "8:10 bad-country",
        "10:0 missing-attachment",
        "12:0 outside-content",
    ]


def test_fields_that_are_missing_are_told_of_the_file_s_start(tmp_path: Path) -> None:
    reading = read(tmp_path, "---\nsector: x\n---\n")
    assert found(reading) == ["1:1 missing-field", "1:1 missing-field"]
    assert [problem.hint for problem in reading.problems] == [
        "add a line 'title: …'",
        "add a line such as 'date: 2024-09-30'",
    ]


def test_problems_name_the_file_and_hold_one_line_each(tmp_path: Path) -> None:
    reading = read(tmp_path, note_with("country: XX"), path="2024/a b.md")
    expected = "country: expected an ISO 3166-1 alpha-2 code such as FR, or EU, found 'XX' [bad-country]"
    assert [str(problem) for problem in reading.problems] == [f"content/2024/a b.md:5:10: error: {expected}"]


def test_the_title_is_told_even_of_a_note_with_errors(tmp_path: Path) -> None:
    assert read(tmp_path, note_with("title: A title", "country: XX")).title == "A title"
    assert read(tmp_path, note_with("title: [a]")).title is None
    assert read(tmp_path, "Text.").title is None


def test_a_note_without_a_source_is_a_warning(tmp_path: Path) -> None:
    reading = read(tmp_path, note_with("links: []"))
    assert [(problem.code, problem.severity) for problem in reading.problems] == [("no-source", "warning")]
    assert reading.note is not None


FILES = {
    "not UTF-8": (b"---\ntitle: T\nsector: caf\xe9\n---\n", "3:0 not-utf-8"),
    "UTF-16": ("---\ntitle: T\n---\n".encode("utf-16"), "1:0 not-utf-8"),
    "empty": (b"", "1:1 no-front-matter"),
    "null characters": (b"\x00" * 9, "1:1 no-front-matter"),
    "image": (b"\x89PNG\r\n\x1a\n", "1:0 not-utf-8"),
    "bad YAML": (b"---\ntitle: a: b\n---\n", "2:9 bad-yaml"),
    "nested too deeply": (note_with(body="*a **b " * 200 + "c** d* " * 200).encode(), "5:0 too-deep"),
    "raw HTML nested too deeply": (note_with(body="<div>" * 300).encode(), "5:0 too-deep"),
}


@pytest.mark.parametrize(("data", "expected"), FILES.values(), ids=FILES.keys())
def test_files_that_can_t_be_read(tmp_path: Path, data: bytes, expected: str) -> None:
    reading = read(tmp_path, data)
    assert found(reading) == [expected]
    assert reading.note is None


def test_files_that_aren_t_there_or_are_none(tmp_path: Path) -> None:
    (tmp_path / "folder.md").mkdir()
    (tmp_path / "loop.md").symlink_to("loop.md")
    for path in ("absent.md", "folder.md", "loop.md"):
        assert found(reading_of(tmp_path, path)) == ["0:0 unreadable"], path


def test_files_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.md").touch()

    def refuse(file: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(file))

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert found(reading_of(tmp_path, "a.md")) == ["0:0 unreadable"]


def test_line_ends_and_byte_order_mark_make_no_difference(tmp_path: Path) -> None:
    plain = note_with(
        "summary: |\n  a\n  b", "tags: [a]", body="- One #a\n  - Two\n\n```\ncode\n\ncode\n```\n\n[a](#b)"
    )
    first = made(read(tmp_path, plain))
    for other in (plain.replace("\n", "\r\n"), plain.replace("\n", "\r"), "\ufeff" + plain, "\n\n" + plain):
        note = made(read(tmp_path, other))
        for name in set(note.__struct_fields__) - {"digest", "lines", "tags"}:
            assert getattr(note, name) == getattr(first, name), name
        assert [tag.key for tag in note.tags] == ["a"]


def test_the_digest_is_of_the_file_s_bytes(tmp_path: Path) -> None:
    data = note_with().replace("\n", "\r\n").encode()
    assert made(read(tmp_path, data)).digest == hashlib.sha256(data).hexdigest()


SLUGS = {
    "date in front": ("2024-09-30-cnil-acme.md", "cnil-acme"),
    "date and space": ("2024-09-30 CNIL ACME.md", "cnil-acme"),
    "date and underscore": ("2024-09-30_cnil_acme.md", "cnil-acme"),
    "no date": ("cnil-acme.md", "cnil-acme"),
    "other date": ("2024-09-cnil.md", "2024-09-cnil"),
    "two dates": ("2024-09-30-2024-10-01.md", "2024-10-01"),
    "folder": ("2024/09/cnil.md", "cnil"),
    "long suffix": ("cnil.markdown", "cnil"),
    "points": ("cnil.acme.md", "cnil-acme"),
    "accents": ("SANTÉ-Ærø.md", "sante-aero"),
    "other script": ("Украина.md", "ukraina"),
    "only a date: from the title": ("2024-09-30.md", "a-title"),
    "no letters: from the title": ("⚖️.md", "a-title"),
}


@pytest.mark.parametrize(("path", "slug"), SLUGS.values(), ids=SLUGS.keys())
def test_slug_from_the_file_s_name(tmp_path: Path, path: str, slug: str) -> None:
    note = made(read(tmp_path, note_with("title: A title"), path=path))
    assert note.slug == slug
    assert note.address == f"2024/09/30/{slug}/"


def test_slug_of_nothing(tmp_path: Path) -> None:
    assert found(read(tmp_path, note_with("title: ⚖️"), path="2024-09-30.md")) == ["1:0 no-slug"]
    assert made(read(tmp_path, note_with("title: ⚖️", "slug: a"), path="⚖️.md")).slug == "a"


def guid(folder: Path, *fields: str, path: str = "2024-09-30-cnil.md") -> str:
    return made(read(folder, note_with(*fields), path=path)).guid


def test_guid_is_that_of_the_file_s_name(tmp_path: Path) -> None:
    assert guid(tmp_path) == uuid.uuid5(NAMESPACE, "2024-09-30-cnil").urn


def test_guid_stays_when_all_else_changes(tmp_path: Path) -> None:
    first = guid(tmp_path)
    assert guid(tmp_path, "title: Another", "date: 2025-01-01", "slug: another", "draft: true") == first
    assert guid(tmp_path, path="2024/09/2024-09-30-cnil.markdown") == first
    assert guid(tmp_path, path="2024-09-30-other.md") != first


def test_guid_is_the_same_on_systems_that_decompose_names(tmp_path: Path) -> None:
    assert guid(tmp_path, path="e\N{COMBINING ACUTE ACCENT}.md") == guid(tmp_path, path="é.md")


def test_guid_from_the_id(tmp_path: Path) -> None:
    given_id = guid(tmp_path, "id: cnil-2024-7")
    assert given_id == uuid.uuid5(NAMESPACE, "cnil-2024-7").urn
    assert guid(tmp_path, "id: cnil-2024-7", path="other.md") == given_id


def test_an_id_that_is_a_uuid_is_the_guid(tmp_path: Path) -> None:
    urn = "urn:uuid:6f3c2a52-4b1e-4a0f-9f64-2f1f0f6f4f7e"
    assert guid(tmp_path, f"id: {urn.removeprefix('urn:uuid:')}") == urn
    assert guid(tmp_path, f'id: "{urn.upper().replace("URN:UUID", "urn:uuid")}"') == urn


DAYS = {
    "a day": ("2024-09-30", "Europe/Paris", "2024-09-30T00:00:00+02:00"),
    "a day in winter": ("2024-01-30", "Europe/Paris", "2024-01-30T00:00:00+01:00"),
    "a time of the site's": ("2024-09-30T23:30", "Europe/Paris", "2024-09-30T23:30:00+02:00"),
    "a time elsewhere, next day": ("2024-09-30T23:30:00Z", "Europe/Paris", "2024-10-01T01:30:00+02:00"),
    "a time elsewhere, day before": ("2024-09-30T02:00:00Z", "America/New_York", "2024-09-29T22:00:00-04:00"),
    "a time elsewhere, same day": ("2024-09-30T12:00:00+09:00", "Asia/Tokyo", "2024-09-30T12:00:00+09:00"),
}


@pytest.mark.parametrize(("written", "zone", "published"), DAYS.values(), ids=DAYS.keys())
def test_the_site_s_time_zone_decides_the_day(tmp_path: Path, written: str, zone: str, published: str) -> None:
    note = made(read(tmp_path, note_with(f"date: {written}"), timezone=zone))
    assert note.published == datetime.fromisoformat(published)
    assert note.published.utcoffset() == datetime.fromisoformat(published).utcoffset()
    assert note.date == date.fromisoformat(published[:10])


def test_tags_are_the_front_matter_s_then_the_passages(tmp_path: Path) -> None:
    note = made(read(tmp_path, note_with("tags: [B, Personal Data]", body="- One #c #b\n- Two #personal_data #a")))
    assert [(tag.key, tag.written, tag.line) for tag in note.tags] == [
        ("b", "B", 5),
        ("personal_data", "Personal Data", 5),
        ("c", "c", 7),
        ("a", "a", 8),
    ]


def test_a_hashtag_that_makes_no_address(tmp_path: Path) -> None:
    assert found(read(tmp_path, note_with(body="One #a.\n\nTwo #ʼ."))) == ["8:0 bad-tag"]


def test_lines_of_fields(tmp_path: Path) -> None:
    note = made(read(tmp_path, note_with("slug: a", "aliases: [b]")))
    assert note.lines == {"title": 2, "date": 3, "links": 4, "slug": 5, "aliases": 6}


def test_real_notes_have_no_problems() -> None:
    folder = REAL_NOTES[0].parent
    for file in REAL_NOTES:
        assert reading_of(folder, file.name).problems == ()


signs = st.sampled_from(
    [*"abc: -#[]{}&*!|>'\"%@`,?\n\n\t\\\x00\x85\ud800é⚖~", "---\n", "title: ", "date: 2024-09-30\n"]
)
files = st.binary() | (st.text() | st.lists(signs, max_size=40).map("".join)).map(
    lambda text: text.encode("utf-8", "surrogatepass")
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("content")


@examples
@given(data=files, after=st.sampled_from([b"", b"---\n", b"---\ntitle: T\ndate: 2024-09-30\n"]))
def test_no_file_raises_anything(folder: Path, data: bytes, after: bytes) -> None:
    """Whatever a file holds, there is a note or there are errors that say why not."""
    reading = read(folder, after + data, path="a.md")
    errors = [problem for problem in reading.problems if problem.severity == "error"]
    assert (reading.note is None) == bool(errors)
    assert all("\n" not in str(problem) for problem in reading.problems)


@examples
@given(fields=st.lists(signs, max_size=30).map("".join), body=st.text(max_size=40))
def test_no_fields_and_no_body_raise_anything(folder: Path, fields: str, body: str) -> None:
    note = f"---\ntitle: T\ndate: 2024-09-30\n{fields}\n---\n{body}"
    reading = read(folder, note.encode("utf-8", "replace"), path="a.md")
    assert (reading.note is None) == any(problem.severity == "error" for problem in reading.problems)
