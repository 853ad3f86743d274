from __future__ import annotations

import os
from pathlib import Path

import pytest

from compliance_digest.problems import OutputRefused
from compliance_digest.publishing.obstacles import obstacles, refuse_obstacles, refuse_unwritable


def write(folder: Path, *paths: str) -> None:
    for path in paths:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(path)


def test_nothing_is_in_the_way_in_an_empty_folder(tmp_path: Path) -> None:
    assert obstacles(tmp_path, (), ["a", "b/c/d"]) == []


def test_foreign_things_beside_are_not_in_the_way(tmp_path: Path) -> None:
    write(tmp_path, "README.md", ".git/config", "tags/mine.html", "a")
    assert obstacles(tmp_path, {"a"}, ["a", "index.html", "tags/fine.html"]) == []


def test_a_foreign_file(tmp_path: Path) -> None:
    write(tmp_path, "a", "b/c", "b/d")
    assert obstacles(tmp_path, {"b/d"}, ["a", "b/c", "b/d", "e"]) == ["a", "b/c"]


def test_a_file_where_a_folder_is_to_be(tmp_path: Path) -> None:
    write(tmp_path, "a", "b", "c/d")
    assert obstacles(tmp_path, {"b"}, ["a/x", "a/y", "b/x", "c/d/x/y"]) == ["a", "c/d"]


def test_a_link_even_where_the_manifest_has_it(tmp_path: Path) -> None:
    write(tmp_path, "elsewhere/file")
    (tmp_path / "a").symlink_to("elsewhere/file")
    (tmp_path / "b").symlink_to("elsewhere")
    (tmp_path / "c").symlink_to("nowhere")
    assert obstacles(tmp_path, {"a", "b/file", "c"}, ["a", "b/file", "c"]) == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("there", "ours", "found"),
    [
        (["a/x", "a/y/z"], {"a/x", "a/y/z"}, []),
        (["a/x", "a/y/z", "a/y/mine"], {"a/x", "a/y/z"}, ["a/y/mine"]),
        (["a/x", "a/mine/y", "a/mine/z"], {"a/x"}, ["a/mine"]),
        (["a/x"], {"b"}, ["a"]),
        (["a/x"], {"a"}, ["a"]),
        (["a/x/mine"], {"a/x"}, ["a/x"]),
    ],
)
def test_a_folder_where_a_file_is_to_be(tmp_path: Path, there: list[str], ours: set[str], found: list[str]) -> None:
    write(tmp_path, *there)
    assert obstacles(tmp_path, ours, ["a"]) == found


def test_an_empty_folder_where_a_file_is_to_be(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    assert obstacles(tmp_path, (), ["a"]) == ["a"]
    assert obstacles(tmp_path, {"a/b/gone"}, ["a"]) == []


def test_a_link_in_a_folder_where_a_file_is_to_be(tmp_path: Path) -> None:
    write(tmp_path, "a/x")
    (tmp_path / "a" / "y").symlink_to("x")
    assert obstacles(tmp_path, {"a/x", "a/y"}, ["a"]) == ["a/y"]


def test_the_refusal_lists_them(tmp_path: Path) -> None:
    write(tmp_path, "b", "a\nb")
    with pytest.raises(OutputRefused) as refused:
        refuse_obstacles(tmp_path, (), ["b", "a\nb", "c"])
    assert refused.value.status == 3
    assert str(refused.value) == (
        f"in {tmp_path} there are things in the way that no build put there; move them, or choose another "
        "output folder:\n  a\\u000ab\n  b"
    )


def test_the_refusal_lists_twenty(tmp_path: Path) -> None:
    paths = [f"page-{number:02}" for number in range(23)]
    write(tmp_path, *paths)
    with pytest.raises(OutputRefused) as refused:
        refuse_obstacles(tmp_path, (), paths)
    lines = str(refused.value).splitlines()[1:]
    assert lines == [f"  {path}" for path in paths[:20]] + ["  and 3 more"]


def test_no_refusal_where_nothing_is_in_the_way(tmp_path: Path) -> None:
    write(tmp_path, "a")
    refuse_obstacles(tmp_path, {"a"}, ["a", "b"])
    assert [each.name for each in tmp_path.iterdir()] == ["a"]


def lock_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pretend that `folder` can't be written: the tests may run as root, who may write everywhere."""
    monkeypatch.setattr("os.access", lambda path, mode: Path(path) != folder)


@pytest.mark.parametrize(
    ("locked", "paths"),
    [("a", ["a/x"]), ("a", ["a/b/x", "c"]), ("a", ["a/new/x"]), (".", ["c"]), ("a/b", ["a/b/x"])],
)
def test_a_folder_that_can_not_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, locked: str, paths: list[str]
) -> None:
    write(tmp_path, "a/b/x")
    lock_folder(tmp_path / locked, monkeypatch)
    with pytest.raises(PermissionError, match="Permission denied") as refused:
        refuse_unwritable(tmp_path, paths)
    assert refused.value.filename == str(tmp_path / locked)


@pytest.mark.parametrize(
    ("locked", "paths"),
    [("a/b", ["a/x", "c/x"]), ("link", ["link/x"]), ("link/b", ["link/b/x"]), ("a/b/x", ["a/b/x/y"]), (".", [])],
)
def test_a_folder_that_need_not_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, locked: str, paths: list[str]
) -> None:
    write(tmp_path, "a/b/x")
    (tmp_path / "link").symlink_to("a")
    lock_folder(tmp_path / locked, monkeypatch)
    refuse_unwritable(tmp_path, paths)
    assert not os.access(tmp_path / locked, os.W_OK)
