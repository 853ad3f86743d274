from __future__ import annotations

from pathlib import Path

import pytest

from compliance_digest.publishing.layout import Layout, check_path, check_paths, folders_above


def test_all_a_build_keeps_is_in_one_folder() -> None:
    layout = Layout(Path("/out"))
    kept = [layout.lock, layout.manifest, layout.journal, layout.draft, layout.staging]
    assert layout.state == Path("/out/.digest")
    assert {each.parent for each in kept} == {layout.state}
    assert len(set(kept)) == 5


@pytest.mark.parametrize("path", ["index.html", "a/b/c.html", ".nojekyll", "a/.digest", "a..b/...", "ü/ß.html", "a b"])
def test_paths_that_may_be(path: str) -> None:
    check_path(path)
    check_paths([path])
    assert (Path("/out") / path).is_relative_to("/out")


@pytest.mark.parametrize(
    "path",
    ["", "/", "/etc/passwd", "a/", "a//b", ".", "..", "../a", "a/..", "a/../b", "a/./b", "a\\b", "..\\a",
     "a\0b", ".digest", ".digest/manifest.json", ".DIGEST/lock", "\ud800"],
)  # fmt: skip
def test_paths_that_may_not_be(path: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 -- the kinds of messages differ
        check_path(path)
    with pytest.raises(ValueError):  # noqa: PT011
        check_paths(["index.html", path])


@pytest.mark.parametrize(
    ("paths", "message"),
    [(["a", "b", "a"], "two artifacts for one path: 'a'"),
     (["a", "a/b"], "'a' can't be a file and the folder of 'a/b'"),
     (["a/b/c/d", "x", "a/b"], "'a/b' can't be a file and the folder of 'a/b/c/d'")],
)  # fmt: skip
def test_paths_that_can_not_be_together(paths: list[str], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        check_paths(paths)


def test_neighbours_can_be_together() -> None:
    paths = ["a/b", "a/c", "ab", "a.b", "b/a"]
    check_paths(paths)
    assert len(set(paths)) == 5


def test_folders_above() -> None:
    assert list(folders_above("a/b/c")) == ["a", "a/b"]
    assert list(folders_above("a")) == []
