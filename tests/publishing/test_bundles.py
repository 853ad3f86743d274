"""Bundles: files that are made together, whose names are known only once they are made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from compliance_digest.outputs.artifact import Bundle
from compliance_digest.problems import OutputRefused
from compliance_digest.publishing.cleaning import clean
from compliance_digest.publishing.output import Published, locked

from .helpers import Killed, Site, artifacts, bundle, killing, visible

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

PAGES = {"index.html": "front"}
OLD = bundle("found", {"entry": "1", "index/a1": "words", "same": "x"}, inputs="old")
NEW = bundle("found", {"entry": "2", "index/b2": "words", "same": "x"}, inputs="new")


def publish(folder: Path, *bundles: Bundle, pages: Site = PAGES, **options: Any) -> Published:
    with locked(folder) as output:
        return output.publish(artifacts(pages), bundles, **options)


def files(folder: Path) -> dict[str, bytes]:
    return {path: data for path, data in visible(folder).items() if data is not None}


def site(made: Bundle) -> dict[str, bytes]:
    return {"index.html": b"front", **made.files()}


def test_its_files_are_published_and_counted(tmp_path: Path) -> None:
    published = publish(tmp_path, OLD)
    assert files(tmp_path) == site(OLD)
    assert (published.written, published.unchanged, published.removed) == (4, 0, 0)
    assert dict(published.reasons)["found"] == "new"


def test_it_is_not_made_again_while_its_inputs_are_the_same(tmp_path: Path) -> None:
    publish(tmp_path, OLD)
    other = bundle("found", {"entry": "other names, other bytes"}, inputs="old")
    published = publish(tmp_path, other)
    assert files(tmp_path) == site(OLD)
    assert (published.written, published.unchanged, published.removed) == (0, 4, 0)
    assert published.reasons == ()


def test_new_inputs_replace_all_its_files(tmp_path: Path) -> None:
    publish(tmp_path, OLD)
    published = publish(tmp_path, NEW)
    assert files(tmp_path) == site(NEW)
    assert (published.written, published.unchanged, published.removed) == (2, 2, 1)
    assert published.reasons == (("found", "its inputs changed"),)


@pytest.mark.parametrize("damage", ["altered", "deleted"])
def test_it_is_made_again_where_one_of_its_files_is_not_as_it_was(tmp_path: Path, damage: str) -> None:
    publish(tmp_path, OLD)
    if damage == "altered":
        (tmp_path / "found/index/a1").write_text("by hand")
    else:
        (tmp_path / "found/index/a1").unlink()
    published = publish(tmp_path, OLD)
    assert files(tmp_path) == site(OLD)
    assert published.reasons == (("found", "one of its files was altered or deleted since"),)


def test_fresh_makes_it_again(tmp_path: Path) -> None:
    publish(tmp_path, OLD)
    assert dict(publish(tmp_path, OLD, fresh=True).reasons)["found"] == "asked for by --fresh"


def test_left_as_it_is_its_files_stay_while_pages_change(tmp_path: Path) -> None:
    publish(tmp_path, OLD)
    published = publish(tmp_path, NEW, pages={"index.html": "other"}, part="pages")
    assert files(tmp_path) == {**site(OLD), "index.html": b"other"}
    assert [path for path, _ in published.reasons] == ["index.html"]
    assert dict(publish(tmp_path, NEW).reasons)["found"] == "its inputs changed"
    assert files(tmp_path) == site(NEW)


def test_left_as_it_is_where_there_is_none_it_stays_away(tmp_path: Path) -> None:
    publish(tmp_path, OLD, part="pages")
    assert files(tmp_path) == {"index.html": b"front"}
    assert publish(tmp_path, OLD).reasons == (("found", "new"),)
    publish(tmp_path, part="pages")
    assert files(tmp_path) == {"index.html": b"front"}


def test_one_that_is_no_longer_planned_goes(tmp_path: Path) -> None:
    publish(tmp_path, OLD)
    assert publish(tmp_path).removed == 3
    assert files(tmp_path) == {"index.html": b"front"}
    assert not (tmp_path / "found").exists()


def test_a_bundle_and_files_take_each_others_places(tmp_path: Path) -> None:
    for pages in ({"found": "a file"}, {"found/entry": "one of its own names"}):
        publish(tmp_path, pages=pages)
        publish(tmp_path, OLD)
        assert files(tmp_path) == site(OLD)
        publish(tmp_path, pages=pages)
        assert files(tmp_path) == {path: text.encode() for path, text in pages.items()}


def test_clean_takes_it_away_and_nothing_else(tmp_path: Path) -> None:
    publish(tmp_path, OLD)
    (tmp_path / "found/mine").write_text("mine")
    assert clean(tmp_path) == 4
    assert files(tmp_path) == {"found/mine": b"mine"}


@pytest.mark.parametrize("foreign", ["found", "found/index", "found/index/b2"])
def test_foreign_files_in_its_way_are_refused(tmp_path: Path, foreign: str) -> None:
    (tmp_path / foreign).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / foreign).write_text("mine")
    with pytest.raises(OutputRefused, match=foreign):
        publish(tmp_path, NEW)
    assert files(tmp_path) == {foreign: b"mine"}


def test_when_it_cannot_be_made_the_site_stays(tmp_path: Path) -> None:
    def fail() -> Mapping[str, bytes]:
        raise RuntimeError("no")

    publish(tmp_path, OLD)
    with pytest.raises(RuntimeError):
        publish(tmp_path, Bundle("found", "a test", ("new",), fail), pages={"index.html": "changed"})
    assert files(tmp_path) == site(OLD)
    assert not (tmp_path / ".digest/staging").exists()


@pytest.mark.parametrize("name", ["../out", "/etc/x", "a//b", ""])
def test_a_name_that_leads_elsewhere_is_a_mistake(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="not a path inside"):
        publish(tmp_path, bundle("found", {name: "x"}, inputs="x"))
    assert files(tmp_path) == {}


def test_an_artifact_in_its_folder_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="can't be a file and the folder"):
        publish(tmp_path, OLD, pages={"found/more": "x"})


def test_killed_at_any_step_it_is_the_old_one_or_the_next_build_completes_it(tmp_path: Path) -> None:
    with killing(after=float("inf")) as all_steps:
        publish(tmp_path / "whole", OLD)
        publish(tmp_path / "whole", NEW)
    outcomes = set()
    for step in range(all_steps.taken):
        folder = tmp_path / str(step)
        publish(folder, OLD)
        try:
            with killing(after=step):
                publish(folder, NEW)
        except Killed:
            with locked(folder):
                pass  # whatever was begun is completed or dropped
        now = files(folder)
        assert now in (site(OLD), site(NEW))
        outcomes.add(now == site(NEW))
        publish(folder, NEW)
        assert files(folder) == site(NEW)
    assert outcomes == {True, False}
