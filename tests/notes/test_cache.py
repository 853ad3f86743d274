"""The cache itself: what it gives is what was put there, or it says that it is damaged."""

from __future__ import annotations

import random
import sqlite3
import zlib
from typing import TYPE_CHECKING

import msgspec
import pytest

from compliance_digest.notes.cache import CACHE, Cache, CacheDamaged
from tests.projects import Project, note, settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.projects import Files

KEYS = [letter * 64 for letter in "abcdefghijklmnop"]
MADE = [key.upper() for key in KEYS]


def text_of(key: str) -> str:
    return f"The text of {key}. " * 40


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A cache with a reading, a text and something made under each key."""
    encode = msgspec.msgpack.encode
    with Cache(tmp_path / CACHE, "1") as cache:
        cache.keep_readings([(key, encode([key]), encode(text_of(key))) for key in KEYS])
        cache.keep_made([(key, text_of(key).encode()) for key in MADE])
        cache.keep_memo("related", KEYS[0], [1, 2])
        cache.keep_files({f"{key[0]}.md": ("signature", key) for key in KEYS}, ())
    return tmp_path / CACHE


def run(file: Path, statement: str, *values: object) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(file)
    try:
        with connection:
            return connection.execute(statement, values).fetchall()
    finally:
        connection.close()


def everything(cache: Cache) -> Iterator[object]:
    """Get all that was put into it, and check that it is that."""
    readings = cache.readings(list[str])
    for key, reading in readings.items():
        assert reading == [key]
    yield from readings
    for key in readings:
        assert cache.text(key, str) == text_of(key)
    for key in MADE:
        assert cache.made(key) in (None, text_of(key).encode())
    assert cache.memo("related", KEYS[0], list[int]) in (None, [1, 2])


def test_what_is_kept_is_what_was_put_there(file: Path) -> None:
    with Cache(file, "1") as cache:
        assert list(everything(cache)) == KEYS
        assert cache.remark == ""
        assert cache.memo("related", KEYS[1], list[int]) is None
        assert cache.files()["a.md"] == ("signature", KEYS[0])
        with pytest.raises(CacheDamaged, match="a text is missing"):
            cache.text("none", str)


def damaged_at(file: Path, seed: int) -> bytes:
    """The cache with single bits, many bits, a whole page, or a page in another's place damaged."""
    chance, data = random.Random(seed), bytearray(file.read_bytes())
    pages = len(data) // 4096
    match seed % 4:
        case 0:
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        case 1:
            for _ in range(200):
                data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        case 2:
            start = chance.randrange(pages) * 4096
            data[start : start + 4096] = chance.randbytes(4096)
        case _:
            one, other = (chance.randrange(pages) * 4096 for _ in range(2))
            data[one : one + 4096] = data[other : other + 4096]
    return bytes(data)


def test_wherever_it_is_damaged_it_gives_what_was_put_there_or_says_that_it_is_damaged(
    file: Path, tmp_path: Path
) -> None:
    other, told = tmp_path / "damaged", 0
    for seed in range(400):
        other.write_bytes(damaged_at(file, seed))
        try:
            with Cache(other, "1") as cache:
                list(everything(cache))
                cache.prune_readings(KEYS[:2])
                cache.keep_readings([("new", b"\xa1x", b"\xa1x")])
        except CacheDamaged:
            told += 1
        with Cache(other, "1", anew=True) as cache:
            assert list(everything(cache)) == []
    assert told > 100


@pytest.mark.parametrize("table", ["readings", "texts", "made"])
def test_an_index_that_leads_to_another_row_is_found_out(file: Path, table: str) -> None:
    (root,) = run(file, "SELECT rootpage FROM sqlite_master WHERE name = ?", f"sqlite_autoindex_{table}_1")[0]
    assert isinstance(root, int)
    data = bytearray(file.read_bytes())
    keys = MADE if table == "made" else KEYS
    for key, row in ((keys[4], 6), (keys[5], 5)):
        place = data.index(key.encode(), (root - 1) * 4096) + len(key)
        assert data[place] == 11 - row
        data[place] = row
    file.write_bytes(data)
    with Cache(file, "1") as cache:
        if table == "readings":  # all are read, by no index
            assert list(everything(cache)) == KEYS
        else:
            with pytest.raises(CacheDamaged):
                list(everything(cache))


WRONG = [
    msgspec.msgpack.encode([1, 2]),
    msgspec.msgpack.encode({"a": "b"}),
    msgspec.msgpack.encode("text"),
    msgspec.msgpack.encode(None),
    msgspec.msgpack.encode(["a", ["b"]]),
    b"",
    b"\xc1",
    b"\xa2\xff\xfe",
    b"\x91\xa2\xff\xfe",
    b"\x91" * 100_000,
    b"\xdd\xff\xff\xff\xff",
    b"\x80\x04cos\nsystem\n(S'false'\ntR.",
]


@pytest.mark.parametrize("value", WRONG, ids=range(len(WRONG)))
def test_a_value_of_another_type_is_damage_though_its_checksum_is_right(file: Path, value: bytes) -> None:
    key = KEYS[3]
    for table in ("readings", "texts"):
        crc = zlib.crc32(value, zlib.crc32(key.encode()))
        run(file, f"UPDATE {table} SET crc = ?, value = ? WHERE key = ?", crc, value, key)
    with Cache(file, "1") as cache:
        with pytest.raises(CacheDamaged):
            cache.readings(list[str])
        with pytest.raises(CacheDamaged):
            cache.text(key, list[str])


@pytest.mark.parametrize("value", [5, 1.5, "text"], ids=str)
@pytest.mark.parametrize("column", ["crc", "value"])
def test_a_column_of_another_type_is_damage(file: Path, column: str, value: object) -> None:
    run(file, f"UPDATE readings SET {column} = ? WHERE key = ?", value, KEYS[2])
    with Cache(file, "1") as cache, pytest.raises(CacheDamaged):
        cache.readings(list[str])


def test_a_key_of_another_type_is_damage(file: Path) -> None:
    run(file, "UPDATE readings SET key = CAST(x'fffe' AS BLOB) WHERE key = ?", KEYS[2])
    with Cache(file, "1") as cache, pytest.raises(CacheDamaged):
        cache.readings(list[str])


def test_what_another_version_kept_is_not_used(file: Path) -> None:
    with Cache(file, "2") as cache:
        assert cache.remark == "the cache is of another version of the program, and is made anew"
        assert list(everything(cache)) == []
        assert cache.files() == {}
    with Cache(file, "2") as cache:
        assert cache.remark == ""


@pytest.mark.parametrize("beside", ["-journal", "-wal", "-shm"])
def test_begun_anew_nothing_of_before_is_left_beside_it(file: Path, beside: str) -> None:
    file.with_name(f"{CACHE}{beside}").write_bytes(b"of before")
    with Cache(file, "1", anew=True) as cache:
        assert list(everything(cache)) == []
    assert {each.name for each in file.parent.iterdir()} == {CACHE, ".gitignore"}


def test_unused_readings_are_kept_until_they_outnumber_those_that_are_used(file: Path) -> None:
    with Cache(file, "1") as cache:
        cache.prune_readings(KEYS[:8])
        assert len(cache.readings(list[str])) == 16
        cache.prune_readings(KEYS[:7])
        assert list(everything(cache)) == KEYS[:7]
    assert run(file, "SELECT key FROM texts ORDER BY key") == [(key,) for key in KEYS[:7]]


FILES: Files = {
    "digest.toml": settings(),
    **{f"content/{name}.md": note(f"- Passage {name}. #x\n- Words.\n", title=f"Note {name}") for name in "abcdef"},
}


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_text_with_another_notes_in_its_place_is_not_shown(project: Project, tmp_path: Path, jobs: int) -> None:
    file = project.built(FILES).folder / ".digest" / CACHE
    rows = run(file, "SELECT crc, value, key FROM texts ORDER BY key")
    for (crc, value, _), (_, _, key) in zip(rows, [*rows[1:], rows[0]], strict=True):
        run(file, "UPDATE texts SET crc = ?, value = ? WHERE key = ?", crc, value, key)
    run(file, "DELETE FROM made")
    changes: Files = {"digest.toml": settings(title="Other")}
    (remark,) = project.write(changes).build(jobs=jobs).remarks
    assert "checksum is wrong" in remark
    (tmp_path / "afresh").mkdir()
    assert project.files() == Project(tmp_path / "afresh").built({**FILES, **changes}).files()
