from __future__ import annotations

import errno
from typing import TYPE_CHECKING

import pytest

from compliance_digest.publishing.removal import remove, remove_empty

from .helpers import snapshot

if TYPE_CHECKING:
    from pathlib import Path


def write(folder: Path, *paths: str) -> None:
    for path in paths:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(path)


def test_files_and_emptied_folders_go(tmp_path: Path) -> None:
    write(tmp_path, "a", "b/c/d", "b/c/e", "b/f", "g/h/i", "g/mine")
    assert remove(tmp_path, ["a", "b/c/d", "b/c/e", "g/h/i"]) == 4
    assert sorted(snapshot(tmp_path)) == ["b", "b/f", "g", "g/mine"]


def test_the_root_stays(tmp_path: Path) -> None:
    write(tmp_path, "a/b")
    assert remove(tmp_path, ["a/b"]) == 1
    assert tmp_path.is_dir()
    assert snapshot(tmp_path) == {}


def test_again_is_the_same_as_once(tmp_path: Path) -> None:
    write(tmp_path, "a/b", "c")
    assert remove(tmp_path, ["a/b"]) == 1
    assert remove(tmp_path, ["a/b"]) == 0
    assert sorted(snapshot(tmp_path)) == ["c"]


def test_going_on_after_the_files_are_gone(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    assert remove(tmp_path, ["a/b/c"]) == 0
    assert snapshot(tmp_path) == {}


def test_what_became_something_else_stays(tmp_path: Path) -> None:
    write(tmp_path, "real/file", "was-file/mine", "was-folder")
    (tmp_path / "link").symlink_to("real")
    (tmp_path / "was-a-file").symlink_to("real/file")
    before = snapshot(tmp_path)
    assert remove(tmp_path, ["link/file", "was-a-file", "was-file", "was-folder/page", "none/none/none"]) == 0
    assert snapshot(tmp_path) == before
    assert (tmp_path / "was-a-file").is_symlink()


def test_no_folder_behind_a_link_goes(tmp_path: Path) -> None:
    (tmp_path / "real" / "empty").mkdir(parents=True)
    (tmp_path / "link").symlink_to("real")
    assert remove(tmp_path, ["link/empty/file"]) == 0
    assert (tmp_path / "real" / "empty").is_dir()


def test_remove_empty_leaves_everything_else(tmp_path: Path) -> None:
    write(tmp_path, "full/file", "file")
    (tmp_path / "empty").mkdir()
    for name in ("full", "file", "none", "empty"):
        remove_empty(tmp_path / name)
    assert sorted(snapshot(tmp_path)) == ["file", "full", "full/file"]


def test_remove_empty_tells_what_it_can_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(path: object) -> None:
        raise OSError(errno.EBUSY, "Device or resource busy", str(path))

    monkeypatch.setattr("os.rmdir", busy)
    with pytest.raises(OSError, match="busy"):
        remove_empty(tmp_path)
