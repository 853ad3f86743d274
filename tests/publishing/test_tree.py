from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

import pytest

from compliance_digest.publishing.tree import Tree
from compliance_digest.signature import sha256_of

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "folder" / "below").mkdir(parents=True)
    (tmp_path / "folder" / "below" / "file").write_text("text")
    (tmp_path / "link").symlink_to("folder")
    (tmp_path / "folder" / "link").symlink_to("below/file")
    os.mkfifo(tmp_path / "pipe")
    return tmp_path


@pytest.mark.parametrize(
    ("path", "kind"),
    [("folder", "folder"), ("folder/below/file", "file"), ("link", "other"), ("folder/link", "other"),
     ("pipe", "other"), ("none", "nothing"), ("none/none", "nothing"), ("folder/below/file/x", "nothing")],
)  # fmt: skip
def test_what_is_at_a_path(root: Path, path: str, kind: str) -> None:
    assert Tree(root).kind(path) == kind


@pytest.mark.parametrize(
    ("path", "barrier"),
    [("x", None), ("folder/x", None), ("folder/below/x", None), ("link/below/file", ("link", "other")),
     ("none/a/b", ("none", "nothing")), ("folder/below/file/x", ("folder/below/file", "file"))],
)  # fmt: skip
def test_what_is_above_a_path(root: Path, path: str, barrier: object) -> None:
    tree = Tree(root)
    assert tree.barrier(path) == barrier
    assert tree.barrier(path) == barrier


def test_a_file_behind_a_link_is_none(root: Path) -> None:
    assert Tree(root).is_file("folder/below/file")
    assert not Tree(root).is_file("link/below/file")
    assert not Tree(root).is_file("folder/link")
    assert not Tree(root).is_file("folder")


def test_sha256(root: Path) -> None:
    assert sha256_of(root / "folder/below/file") == hashlib.sha256(b"text").hexdigest()
    assert [sha256_of(root / each) for each in ("none", "folder", "folder/below/file/x")] == [None] * 3
