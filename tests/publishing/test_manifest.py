from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from compliance_digest.problems import OutputRefused
from compliance_digest.publishing.manifest import Entry, Manifest

if TYPE_CHECKING:
    from pathlib import Path

FILES = {"index.html": Entry("f1", "s1"), "a/ü.html": Entry("f2", "s2"), "b\udc80": Entry("f3", "s3")}


def as_json(files: Any, version: Any = 1) -> bytes:
    return json.dumps({"version": version, "files": files}).encode()


def test_what_is_written_can_be_read() -> None:
    assert Manifest.from_bytes(Manifest(FILES).to_bytes()) == Manifest(FILES)
    assert Manifest.from_bytes(Manifest({}).to_bytes()) == Manifest({})


def test_the_bytes_do_not_depend_on_the_order() -> None:
    backwards = dict(reversed(FILES.items()))
    assert Manifest(FILES).to_bytes() == Manifest(backwards).to_bytes()
    assert Manifest(FILES).to_bytes().endswith(b"\n")


def test_the_bytes_are_what_they_have_always_been() -> None:
    """Other versions of the program read them."""
    expected = b'{"files":{"a":{"fingerprint":"f","sha256":"s"}},"version":1}\n'
    assert Manifest({"a": Entry("f", "s")}).to_bytes() == expected


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "it isn't JSON"),
        (b"{", "it isn't JSON"),
        (b"\xff\xfe", "it isn't JSON"),
        (b"[" * 100_000, "it isn't JSON"),
        (b"[]", "no version or no files"),
        (b"{}", "no version or no files"),
        (b'{"version": 1}', "no version or no files"),
        (as_json([]), "no version or no files"),
        (as_json({}, version="1"), "no version or no files"),
        (as_json({}, version=2), "is of version 2, and this program knows version 1"),
        (b'{"version": 3}', "is of version 3, and this program knows version 1"),
        (as_json({"a": {}}), "no fingerprint or no SHA-256"),
        (as_json({"a": "b"}), "no fingerprint or no SHA-256"),
        (as_json({"a": {"fingerprint": "f", "sha256": 1}}), "no fingerprint or no SHA-256"),
    ],
)
def test_damage(tmp_path: Path, data: bytes, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Manifest.from_bytes(data)
    (tmp_path / "manifest").write_bytes(data)
    with pytest.raises(OutputRefused, match=message) as refused:
        Manifest.read(tmp_path / "manifest", "do this")
    assert str(refused.value).startswith(str(tmp_path / "manifest"))
    assert str(refused.value).endswith("; do this")


@pytest.mark.parametrize(
    "path", ["/etc/passwd", "../a", "a/../../b", "a\\b", ".digest/lock", ".digest", "", "a//b", "\ud800"]
)
def test_paths_that_lead_astray(path: str) -> None:
    with pytest.raises(ValueError, match="is damaged: "):
        Manifest.from_bytes(as_json({path: {"fingerprint": "f", "sha256": "s"}}))


def test_no_file_is_an_empty_manifest(tmp_path: Path) -> None:
    assert Manifest.read(tmp_path / "none", "") == Manifest({})


def test_a_file_that_can_not_be_read(tmp_path: Path) -> None:
    with pytest.raises(IsADirectoryError):
        Manifest.read(tmp_path, "")
