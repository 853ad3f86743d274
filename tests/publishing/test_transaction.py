from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

import pytest

from compliance_digest.problems import OutputRefused
from compliance_digest.publishing import transaction
from compliance_digest.publishing.layout import Layout, staged_name
from compliance_digest.publishing.manifest import Entry, Manifest

from .helpers import publish, snapshot, visible

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    publish(tmp_path, {"a": "1", "b/c": "1"})
    return Layout(tmp_path)


def manifest(**files: str) -> Manifest:
    return Manifest({path: Entry("f", hashlib.sha256(text.encode()).hexdigest()) for path, text in files.items()})


def half_way(layout: Layout, **staged: str) -> None:
    """Leave what a build leaves that is killed right after the moment of no return."""
    for path, text in staged.items():
        transaction.stage(layout, path, text.encode())
    layout.journal.write_bytes(manifest(**staged).to_bytes())


def test_a_commit(layout: Layout) -> None:
    old, new = transaction.published(layout), manifest(a="2", d="2")
    transaction.stage(layout, "a", b"2")
    transaction.stage(layout, "d", b"2")
    assert transaction.commit(layout, old, new, ["a", "d"]) == 1
    assert visible(layout.folder) == {"a": b"2", "d": b"2"}
    assert transaction.published(layout) == new
    assert sorted(each.name for each in layout.state.iterdir()) == ["lock", "manifest.json"]


def test_a_commit_refuses_what_is_in_the_way(layout: Layout) -> None:
    (layout.folder / "d").write_text("mine")
    before = visible(layout.folder)
    transaction.stage(layout, "d", b"2")
    with pytest.raises(OutputRefused, match=r"\n  d$"):
        transaction.commit(layout, transaction.published(layout), manifest(d="2"), ["d"])
    assert visible(layout.folder) == before
    assert not layout.journal.exists()


def test_rolling_forward(layout: Layout) -> None:
    half_way(layout, a="2", d="2")
    transaction.recover(layout)
    assert visible(layout.folder) == {"a": b"2", "d": b"2"}
    assert transaction.published(layout) == manifest(a="2", d="2")
    assert sorted(each.name for each in layout.state.iterdir()) == ["lock", "manifest.json"]


def test_rolling_back(layout: Layout) -> None:
    before = snapshot(layout.folder)
    transaction.stage(layout, "x/y", b"2")
    layout.draft.write_bytes(b'{"version"')
    transaction.recover(layout)
    assert snapshot(layout.folder) == before


def test_no_way_back_once_there_is_a_journal(layout: Layout) -> None:
    half_way(layout, a="2")
    before = snapshot(layout.folder)
    transaction.roll_back(layout)
    assert snapshot(layout.folder) == before


def test_nothing_to_recover(layout: Layout) -> None:
    before = snapshot(layout.folder)
    transaction.recover(layout)
    assert snapshot(layout.folder) == before


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b'{"version":2,"files":{}}', b'{"version":1,"files":[]}']
    + [
        json.dumps({"version": 1, "files": {path: {"fingerprint": "f", "sha256": "s"}}}).encode()
        for path in ("/etc/passwd", "../x", "a/../../x", "a\\b", ".digest/lock")
    ],
)
def test_a_journal_that_can_not_be_trusted(layout: Layout, data: bytes) -> None:
    transaction.stage(layout, "a", b"2")
    layout.journal.write_bytes(data)
    before = snapshot(layout.folder)
    with pytest.raises(OutputRefused, match="delete this file and build again") as refused:
        transaction.recover(layout)
    assert str(refused.value).startswith(str(layout.journal))
    assert snapshot(layout.folder) == before
    layout.journal.unlink()
    publish(layout.folder, {"a": "3"})
    assert visible(layout.folder) == {"a": b"3"}


def test_a_journal_and_a_manifest_that_can_not_be_trusted(layout: Layout) -> None:
    half_way(layout, a="2")
    layout.manifest.write_bytes(b"{")
    before = snapshot(layout.folder)
    with pytest.raises(OutputRefused, match="put it back as it was"):
        transaction.recover(layout)
    assert snapshot(layout.folder) == before


def test_a_journal_can_not_remove_what_no_build_wrote(layout: Layout) -> None:
    (layout.folder / "README.md").write_text("mine")
    half_way(layout, a="2")
    transaction.recover(layout)
    assert visible(layout.folder) == {"a": b"2", "README.md": b"mine"}


def test_what_came_into_the_way_since_the_kill(layout: Layout) -> None:
    half_way(layout, a="2", d="2")
    (layout.folder / "d").write_text("mine")
    before = snapshot(layout.folder)
    with pytest.raises(OutputRefused, match=r"\n  d$"):
        transaction.recover(layout)
    assert snapshot(layout.folder) == before
    (layout.folder / "d").rename(layout.folder / "mine")
    transaction.recover(layout)
    assert visible(layout.folder) == {"a": b"2", "d": b"2", "mine": b"mine"}


def test_what_is_in_staging_and_not_in_the_journal_is_dropped(layout: Layout) -> None:
    half_way(layout, a="2")
    transaction.stage(layout, "intruder", b"!")
    (layout.staging / staged_name("b")).symlink_to(layout.folder / "b")
    transaction.recover(layout)
    assert visible(layout.folder) == {"a": b"2"}
    assert not layout.staging.exists()


def test_a_staged_file_that_a_power_cut_emptied_is_not_published(layout: Layout) -> None:
    half_way(layout, a="2", d="2")
    (layout.staging / staged_name("a")).write_bytes(b"")
    transaction.recover(layout)
    assert visible(layout.folder) == {"a": b"1", "d": b"2"}
    published = publish(layout.folder, {"a": "2", "d": "2"})
    assert visible(layout.folder) == {"a": b"2", "d": b"2"}
    assert published.written == 1


def test_staging_that_is_a_link_is_refused(tmp_path: Path) -> None:
    publish(tmp_path / "site", {"a": "1"})
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "file").write_text("mine")
    (tmp_path / "site" / ".digest" / "staging").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OutputRefused, match="symbolic link"):
        publish(tmp_path / "site", {"a": "2"})
    assert (tmp_path / "elsewhere" / "file").read_text() == "mine"
    assert visible(tmp_path / "site") == {"a": b"1"}
