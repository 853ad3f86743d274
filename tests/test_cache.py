"""The cache is a help and never a danger: damaged, foreign, older or gone, the site comes to the same."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
from typing import TYPE_CHECKING

import pytest

from compliance_digest.notes import cache, reading
from compliance_digest.notes.cache import Cache
from tests.projects import Project, note, settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from compliance_digest.notes.note import Reading, Text

FILES: dict[str, str | bytes | None] = {
    "digest.toml": settings(),
    **{f"content/{name}.md": note(f"- Passage {name}. #x\n- Words.\n", title=f"Note {name}") for name in "abcdef"},
}


@pytest.fixture
def built(project: Project) -> Project:
    return project.built(FILES)


def cache_of(project: Project) -> Path:
    return project.folder / ".digest/cache.sqlite"


def scribble(seed: int) -> Callable[[Path], None]:
    def damage(file: Path) -> None:
        chance = random.Random(seed)
        data = bytearray(file.read_bytes())
        for _ in range(chance.choice([1, 20, 2000])):
            data[chance.randrange(len(data))] = chance.randrange(256)
        file.write_bytes(data)

    return damage


def sql(*statements: str) -> Callable[[Path], None]:
    def damage(file: Path) -> None:
        connection = sqlite3.connect(file)
        for statement in statements:
            connection.execute(statement)
        connection.commit()
        connection.close()

    return damage


def in_its_place(file: Path) -> None:
    file.unlink()
    file.mkdir()


def in_place_of_the_folder(file: Path) -> None:
    shutil.rmtree(file.parent)
    file.parent.write_text("a file", encoding="utf-8")


DAMAGES: dict[str, Callable[[Path], object]] = {
    "empty": lambda file: file.write_bytes(b""),
    "text": lambda file: file.write_text("This is no database. " * 1000, encoding="utf-8"),
    "pickle": lambda file: file.write_bytes(b"\x80\x04cos\nsystem\n"),
    "truncated": lambda file: os.truncate(file, file.stat().st_size // 2),
    "a folder in its place": in_its_place,
    "a file in place of the folder": in_place_of_the_folder,
    "a table less": sql("DROP TABLE readings"),
    "texts lost": sql("DELETE FROM texts"),
    "an older version": sql("UPDATE version SET version = 'old'"),
    "values changed": sql("UPDATE readings SET value = x'00'", "UPDATE texts SET value = x'00'"),
    "other types": sql("UPDATE readings SET value = 5"),
    "what was made changed": sql("UPDATE made SET value = x'00'"),
    "other digests": sql("UPDATE files SET sha256 = 'x'"),
    "a foreign journal": lambda file: file.with_name("cache.sqlite-journal").write_bytes(
        b"\xd9\xd5\x05\xf9 \xa1c\xd7x" * 99
    ),
    **{f"scribbled on, {seed}": scribble(seed) for seed in range(6)},
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_damaged_cache_makes_no_difference(
    built: Project, tmp_path: Path, damage: Callable[[Path], object], jobs: int
) -> None:
    damage(cache_of(built))
    changes = {"content/a.md": note("- Other words. #x\n", title="Another"), "templates/404.html": "Gone."}
    built.write(changes).build(jobs=jobs)
    (tmp_path / "afresh").mkdir()
    assert built.files() == Project(tmp_path / "afresh").built({**FILES, **changes}).files()


@pytest.mark.parametrize("name", ["text", "truncated", "a table less", "an older version", "values changed"])
def test_a_cache_that_is_made_anew_is_told_of(built: Project, name: str) -> None:
    DAMAGES[name](cache_of(built))
    (remark,) = built.write({"content/a.md": note("- Other. #x\n")}).build().remarks
    assert "is made anew" in remark
    assert built.write({"content/a.md": note("- More. #x\n")}).build().remarks == ()


def test_where_nothing_can_be_kept_the_site_is_made_all_the_same(project: Project) -> None:
    project.write({**FILES, ".digest": "a file"})
    (remark,) = project.build().remarks
    assert remark.startswith("nothing is kept for the next build")
    assert (project.site / "index.html").exists()


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of the notes that are read."""
    paths: list[str] = []
    original = reading.read_note

    def counted(path: str, data: bytes, context: reading.Context) -> tuple[Reading, Text | None]:
        paths.append(path)
        return original(path, data, context)

    monkeypatch.setattr(reading, "read_note", counted)
    return paths


def test_only_what_changed_is_read_again(built: Project, read: list[str]) -> None:
    built.write({"content/b.md": note("- Other. #x\n"), "content/new.md": note()}).build()
    assert sorted(read) == ["b.md", "new.md"]


def test_a_fresh_checkout_with_the_cache_restored_reads_and_renders_nothing(
    built: Project, tmp_path: Path, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for place in ("content", ".digest", "digest.toml"):
        source, target = built.folder / place, tmp_path / "elsewhere" / place
        if source.is_dir():
            shutil.copytree(source, target, copy_function=shutil.copyfile)
        else:
            shutil.copyfile(source, target)
    monkeypatch.setattr("compliance_digest.outputs.theme.Theme.render", lambda *_, **__: pytest.fail("rendered"))
    elsewhere = Project(tmp_path / "elsewhere")
    report = elsewhere.build()
    assert (read, report.remarks) == ([], ())
    assert elsewhere.files() == built.files()


def test_a_changed_note_of_the_same_size_and_time_is_read(built: Project, read: list[str]) -> None:
    file = built.folder / "content/a.md"
    before = file.stat()
    file.write_text(file.read_text("utf-8").replace("Words", "Wards"), encoding="utf-8")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    built.build()
    assert read == ["a.md"]


def test_what_is_not_used_any_more_is_forgotten(built: Project) -> None:
    for number in range(10):
        built.built({f"content/{name}.md": note(f"- Version {number}.\n") for name in "abcdef"})
    with Cache(cache_of(built), "") as cache:
        assert cache.remark  # another version's, and so begun anew
    counts = []
    for number in range(10):
        built.built({f"content/{name}.md": note(f"- Version {number}.\n") for name in "abcdef"})
        connection = sqlite3.connect(cache_of(built))
        counts.append(connection.execute("SELECT count(*) FROM readings").fetchone()[0])
        connection.close()
    assert max(counts) <= 3 * 6


def test_a_cache_that_is_in_use_is_left_alone(built: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "PATIENCE", 0.1)
    other = sqlite3.connect(cache_of(built), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    report = built.write({"content/a.md": note("- Other words.\n")}).build()
    other.execute("COMMIT")
    other.close()
    assert report.remarks == (
        "nothing is kept for the next build, for .digest/cache.sqlite can't be written: database is locked",
    )
    assert "Other words" in built.read("2024/09/30/a/index.html")
    assert built.build().remarks == ()
