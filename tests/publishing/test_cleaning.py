from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Any

import pytest

from compliance_digest.problems import OutputRefused
from compliance_digest.publishing import transaction
from compliance_digest.publishing.cleaning import clean
from compliance_digest.publishing.layout import Layout
from compliance_digest.publishing.output import locked

from .helpers import Killed, artifacts, killing, publish, snapshot, visible

if TYPE_CHECKING:
    from pathlib import Path

SITE = {"index.html": "home", "tags/fine.html": "fine", "a/b/c": "c"}


def test_what_was_published_goes_and_the_folder_stays(tmp_path: Path) -> None:
    publish(tmp_path / "site", SITE)
    assert clean(tmp_path / "site") == 3
    assert list((tmp_path / "site").iterdir()) == []


def test_foreign_things_stay(tmp_path: Path) -> None:
    publish(tmp_path, SITE)
    (tmp_path / "README.md").write_text("mine")
    (tmp_path / "tags" / "mine").mkdir()
    assert clean(tmp_path) == 3
    assert snapshot(tmp_path) == {"README.md": b"mine", "tags": None, "tags/mine": None}


def test_foreign_things_among_the_builds_own_stay(tmp_path: Path) -> None:
    publish(tmp_path, SITE)
    (tmp_path / ".digest" / "mine").write_text("mine")
    assert clean(tmp_path) == 3
    assert snapshot(tmp_path) == {".digest": None, ".digest/mine": b"mine"}


@pytest.mark.parametrize("there", ["nothing", "an empty folder", "a foreign file", "a file"])
def test_where_no_build_has_been(tmp_path: Path, there: str) -> None:
    site = tmp_path / "site"
    if there == "a file":
        site.write_text("mine")
    elif there != "nothing":
        site.mkdir()
    if there == "a foreign file":
        (site / "index.html").write_text("mine")
    before = snapshot(tmp_path)
    assert clean(site) == 0
    assert snapshot(tmp_path) == before


def test_twice(tmp_path: Path) -> None:
    publish(tmp_path, SITE)
    assert [clean(tmp_path), clean(tmp_path)] == [3, 0]
    assert list(tmp_path.iterdir()) == []


def test_a_state_folder_without_a_manifest(tmp_path: Path) -> None:
    with locked(tmp_path):
        pass
    assert (tmp_path / ".digest").exists()
    assert clean(tmp_path) == 0
    assert list(tmp_path.iterdir()) == []


def test_counts_what_was_there(tmp_path: Path) -> None:
    publish(tmp_path, SITE)
    (tmp_path / "index.html").unlink()
    assert clean(tmp_path) == 2


def test_clears_up_after_a_killed_build_first(tmp_path: Path) -> None:
    publish(tmp_path / "new", {"b": "2", "c": "2"})
    publish(tmp_path / "site", {"a": "1"})
    layout = Layout(tmp_path / "site")
    transaction.stage(layout, "b", b"2")
    transaction.stage(layout, "c", b"2")
    layout.journal.write_bytes(Layout(tmp_path / "new").manifest.read_bytes())
    assert clean(tmp_path / "site") == 2
    assert list((tmp_path / "site").iterdir()) == []


def test_a_manifest_that_can_not_be_trusted(tmp_path: Path) -> None:
    publish(tmp_path, SITE)
    (tmp_path / ".digest" / "manifest.json").write_text("{")
    before = snapshot(tmp_path)
    with pytest.raises(OutputRefused, match="put it back"):
        clean(tmp_path)
    assert snapshot(tmp_path) == before


def test_waits_for_a_build(tmp_path: Path) -> None:
    with locked(tmp_path) as output:
        output.publish(artifacts(SITE))
        with pytest.raises(OutputRefused, match="another build"):
            clean(tmp_path, wait=0)
    assert len(visible(tmp_path)) == 6


def test_a_build_that_waits_for_it_has_a_lock_that_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The lock goes with the rest: who waits for it must not take hold of a file that is gone."""
    publish(tmp_path, SITE)
    commit = transaction.commit
    second_refused: list[bool] = []

    def build() -> None:
        with locked(tmp_path, wait=30) as output:
            with pytest.raises(OutputRefused, match="another build"), locked(tmp_path, wait=0):
                pytest.fail("two hold the lock")
            second_refused.append(True)
            output.publish(artifacts({"new": "site"}))

    waiter = threading.Thread(target=build)

    def while_another_waits(*args: Any) -> int:
        waiter.start()
        time.sleep(0.3)
        monkeypatch.setattr(transaction, "commit", commit)
        return commit(*args)

    monkeypatch.setattr(transaction, "commit", while_another_waits)
    assert clean(tmp_path) == 3
    waiter.join(30)
    assert second_refused == [True]
    assert visible(tmp_path) == {"new": b"site"}


def test_killed_anywhere_it_goes_on_when_called_again(tmp_path: Path) -> None:
    publish(tmp_path / "whole", SITE)
    with killing(after=float("inf")) as steps:
        clean(tmp_path / "whole")
    assert steps.taken > 10
    for after in range(steps.taken):
        site = tmp_path / str(after)
        site.mkdir()
        (site / "README.md").write_text("mine")
        publish(site, SITE)
        with pytest.raises(Killed), killing(after):
            clean(site)
        clean(site)
        assert snapshot(site) == {"README.md": b"mine"}
