"""What was read of notes and what was made of them, kept from one build to the next.

It is an SQLite database in the project's `.digest/`, which can be deleted at any time. A reading is found by its key:
the SHA-256 of the file's bytes and of all else that reading depends on; a file of the site by the fingerprint of its
inputs. A file's time and size are only a short cut to the SHA-256 of its bytes. Nothing in it is trusted for being
there: each value has a checksum, is decoded into the types it must have, and can't be code; and what another version of
the program kept is not used.
"""

from __future__ import annotations

import os
import sqlite3
import zlib
from typing import TYPE_CHECKING, Any, Self, TypeVar

import msgspec

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from pathlib import Path

T = TypeVar("T")

CACHE, IGNORED = "cache.sqlite", ".gitignore"
"""The names of the database, and of the file that keeps it out of Git."""

BESIDE = ("", "-journal", "-wal", "-shm")
"""What the names of the files end in that SQLite keeps a database in."""

_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL})

PATIENCE = 60.0
"""Seconds to wait for another build that writes to the cache."""

_SCHEMA = """
CREATE TABLE version (version TEXT NOT NULL);
CREATE TABLE files (path TEXT PRIMARY KEY, signature TEXT NOT NULL, sha256 TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE readings (key TEXT PRIMARY KEY, crc INTEGER NOT NULL, value BLOB NOT NULL);
CREATE TABLE texts (key TEXT PRIMARY KEY, crc INTEGER NOT NULL, value BLOB NOT NULL);
CREATE TABLE made (key TEXT PRIMARY KEY, crc INTEGER NOT NULL, value BLOB NOT NULL);
CREATE TABLE memos (name TEXT PRIMARY KEY, key TEXT NOT NULL, crc INTEGER NOT NULL, value BLOB NOT NULL);
"""


_FAILURES = (sqlite3.Error, UnicodeDecodeError)
"""What comes of a damaged database: its messages quote it, and can be no text."""


class CacheDamaged(Exception):
    """The cache holds what no build of this version put there, or the file system doesn't let it be used."""


class CacheBusy(CacheDamaged):
    """Nothing is wrong with the cache, but now it can't be used: another build writes to it, or the disk is full."""


class Cache:
    """The cache in one file, for one version of the program, to be used in a `with` block.

    It begins empty if `anew`. All methods raise CacheDamaged. `remark` says what is worth knowing of it: why it was
    begun anew, if it was.
    """

    def __init__(self, file: Path, version: str, *, anew: bool = False, remark: str = "") -> None:
        self.remark = remark
        self._anew = anew
        self._file = file
        self._version = version
        self._connection: sqlite3.Connection | None = None
        self._process = 0

    def __enter__(self) -> Self:
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            _keep_out_of_git(self._file.parent)
        except OSError as error:
            raise CacheDamaged(str(error)) from error
        if self._anew or not self._all("SELECT name FROM sqlite_master WHERE name = 'version'"):
            self._begin_anew()
        elif self._all("SELECT version FROM version") != [(self._version,)]:
            self.remark = "the cache is of another version of the program, and is made anew"
            self._begin_anew()
        return self

    def __exit__(self, *_: object) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def files(self) -> dict[str, tuple[str, str]]:
        """Return the signature and the SHA-256 that each file had when it was last read, by its path."""
        rows = self._all("SELECT path, signature, sha256 FROM files")
        return {path: (signature, sha256) for path, signature, sha256 in rows}

    def keep_files(self, files: Mapping[str, tuple[str, str]], gone: Iterable[str]) -> None:
        """Keep signature and SHA-256 of files by their paths, and forget those that are gone."""
        self._many("INSERT OR REPLACE INTO files VALUES (?, ?, ?)", ((path, *seen) for path, seen in files.items()))
        self._many("DELETE FROM files WHERE path = ?", ((path,) for path in gone))

    def readings(self, type_: type[T]) -> dict[str, T]:
        """Return all readings by their keys."""
        decode = msgspec.msgpack.Decoder(type_).decode
        return {
            key: _checked(key, crc, value, decode)
            for key, crc, value in self._all("SELECT key, crc, value FROM readings")
        }

    def text(self, key: str, type_: type[T]) -> T:
        """Return the text of the reading with this key."""
        text = self._kept("texts", key, msgspec.msgpack.Decoder(type_).decode)
        if text is None:
            raise CacheDamaged("a text is missing")
        return text

    def keep_readings(self, rows: Collection[tuple[str, bytes, bytes]]) -> None:
        """Keep readings and their texts: key and both, encoded."""
        self._keep("texts", ((key, text) for key, _, text in rows))
        self._keep("readings", ((key, reading) for key, reading, _ in rows))

    def prune_readings(self, used: Collection[str]) -> None:
        """Forget readings that are not used any more, as soon as they are more than those that are."""
        self._prune(("readings", "texts"), used)

    def made(self, key: str) -> bytes | None:
        """Return what was made from inputs with this fingerprint, packed; None where it isn't known."""
        return self._kept("made", key, bytes)

    def keep_made(self, rows: Iterable[tuple[str, bytes]]) -> None:
        """Keep what was made, packed, by the fingerprints of the inputs."""
        self._keep("made", rows)

    def prune_made(self, used: Collection[str]) -> None:
        """Forget what was made and is not used any more, as soon as it is more than what is."""
        self._prune(("made",), used)

    def memo(self, name: str, key: str, type_: type[T]) -> T | None:
        """Return what was kept under a name, if it was under this key."""
        for crc, value in self._all("SELECT crc, value FROM memos WHERE name = ? AND key = ?", (name, key)):
            return _checked(key, crc, value, msgspec.msgpack.Decoder(type_).decode)
        return None

    def keep_memo(self, name: str, key: str, value: object) -> None:
        """Keep a value under a name, in place of what is there."""
        encoded = msgspec.msgpack.encode(value)
        self._many("INSERT OR REPLACE INTO memos VALUES (?, ?, ?, ?)", [(name, key, _crc(key, encoded), encoded)])

    def _kept(self, table: str, key: str, decode: Callable[[bytes], T]) -> T | None:
        for crc, value in self._all(f"SELECT crc, value FROM {table} WHERE key = ?", (key,)):  # noqa: S608
            return _checked(key, crc, value, decode)
        return None

    def _keep(self, table: str, rows: Iterable[tuple[str, bytes]]) -> None:
        checked = ((key, _crc(key, value), value) for key, value in rows)
        self._many(f"INSERT OR REPLACE INTO {table} VALUES (?, ?, ?)", checked)  # noqa: S608

    def _prune(self, tables: Sequence[str], used: Collection[str]) -> None:
        ((count,),) = self._all(f"SELECT count(*) FROM {tables[0]}")  # noqa: S608
        if count > 2 * len(used):
            keys = {key for (key,) in self._all(f"SELECT key FROM {tables[0]}")}  # noqa: S608
            unused = keys.difference(used)
            for table in tables:
                self._many(f"DELETE FROM {table} WHERE key = ?", ((key,) for key in unused))  # noqa: S608

    def _connected(self) -> sqlite3.Connection:
        # A connection can't be taken along into another process.
        if self._connection is None or self._process != os.getpid():
            self._process = os.getpid()
            self._connection = sqlite3.connect(self._file, timeout=PATIENCE, isolation_level=None)
            # A kill is survived without waiting for the disk; what a power cut damages is found by the checksums.
            self._connection.execute("PRAGMA synchronous = OFF")
        return self._connection

    def _all(self, statement: str, values: tuple[str, ...] = ()) -> list[Any]:
        try:
            return self._connected().execute(statement, values).fetchall()
        except _FAILURES as error:
            raise _failure(error) from error

    def _many(self, statement: str, rows: Iterable[tuple[object, ...]]) -> None:
        try:
            connection = self._connected()
            connection.execute("BEGIN IMMEDIATE")
            with connection:
                connection.executemany(statement, rows)
        except _FAILURES as error:
            raise _failure(error) from error

    def _begin_anew(self) -> None:
        try:
            if self._connection is not None:
                self._connection.close()
                self._connection = None
            remove(self._file)
            self._connected().executescript(f"BEGIN; {_SCHEMA} COMMIT;")
        except (OSError, sqlite3.Error) as error:
            raise _failure(error) from error
        self._many("INSERT INTO version VALUES (?)", [(self._version,)])


def _failure(error: Exception) -> CacheDamaged:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the rest of it tells more of the same
    return CacheBusy(str(error)) if code in _BUSY else CacheDamaged(str(error))


def remove(file: Path) -> None:
    """Remove a cache, and what SQLite keeps beside it. Raises OSError."""
    for end in BESIDE:
        file.with_name(file.name + end).unlink(missing_ok=True)


def _crc(key: str, value: bytes) -> int:
    # The key is part of it, for a damaged index may lead to another row.
    return zlib.crc32(value, zlib.crc32(key.encode()))


def _checked(key: object, crc: object, value: object, decode: Callable[[bytes], T]) -> T:
    if not isinstance(key, str) or not isinstance(value, bytes) or crc != _crc(key, value):
        raise CacheDamaged("a checksum is wrong")
    try:
        return decode(value)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise CacheDamaged(str(error)) from error


def _keep_out_of_git(folder: Path) -> None:
    file = folder / IGNORED
    if not file.exists():
        file.write_text("*\n", encoding="utf-8")
