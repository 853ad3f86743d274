from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import Any, ClassVar, Self

import pytest

from compliance_digest.outputs.artifact import Artifact
from compliance_digest.problems import OutputRefused
from compliance_digest.publishing.output import Published, locked

from .helpers import artifact, artifacts, clean_publish, publish, snapshot, visible

SITE = {"index.html": "home", "tags/fine.html": "fine", "notes/2024/a/index.html": "a", "empty": ""}


def reasons(published: Published) -> dict[str, str]:
    return dict(published.reasons)


def counts(published: Published) -> tuple[int, int, int]:
    return published.written, published.unchanged, published.removed


def written(file: Path) -> tuple[int, int, int]:
    """Return what tells whether a file was written since, whoever has read it."""
    found = file.stat()
    return found.st_ino, found.st_mtime_ns, found.st_ctime_ns


def figures(published: Published) -> tuple[int, int, int, tuple[tuple[str, str], ...]]:
    """Return what a publication says it did."""
    return published.written, published.unchanged, published.removed, published.reasons


def test_artifacts_become_files(tmp_path: Path) -> None:
    published = publish(tmp_path / "new" / "site", SITE)
    assert counts(published) == (4, 0, 0)
    assert published.reasons == tuple((path, "new") for path in SITE)
    files = {path: data for path, data in visible(tmp_path / "new" / "site").items() if data is not None}
    assert files == {path: content.encode() for path, content in SITE.items()}


def test_nothing_is_left_in_the_state_folder(tmp_path: Path) -> None:
    publish(tmp_path, SITE)
    assert sorted(each.name for each in (tmp_path / ".digest").iterdir()) == ["lock", "manifest.json"]


def test_a_site_of_nothing(tmp_path: Path) -> None:
    assert counts(publish(tmp_path / "a", {})) == (0, 0, 0)
    publish(tmp_path / "b", SITE)
    assert counts(publish(tmp_path / "b", {})) == (0, 0, 4)
    assert snapshot(tmp_path / "a") == snapshot(tmp_path / "b")
    assert (tmp_path / "a" / ".digest" / "manifest.json").exists()


def test_what_is_published_is_not_rendered_again(tmp_path: Path) -> None:
    publish(tmp_path, SITE)
    before = {path: written(tmp_path / path) for path in [*SITE, ".digest/manifest.json"]}

    def unwanted() -> bytes:
        pytest.fail("rendered again")

    same = [Artifact.of(path, f"a test of {path}", (content,), unwanted) for path, content in SITE.items()]
    with locked(tmp_path) as output:
        published = output.publish(same)
    assert figures(published) == (0, 4, 0, ())
    assert {path: written(tmp_path / path) for path in before} == before


def test_only_what_changed_is_written(tmp_path: Path) -> None:
    publish(tmp_path / "site", SITE)
    untouched = written(tmp_path / "site" / "tags" / "fine.html")
    after = {"index.html": "new home", "tags/fine.html": "fine", "empty": "", "more/page": "more"}
    published = publish(tmp_path / "site", after)
    assert counts(published) == (2, 2, 1)
    assert reasons(published) == {"index.html": "its inputs changed", "more/page": "new"}
    assert written(tmp_path / "site" / "tags" / "fine.html") == untouched
    assert snapshot(tmp_path / "site") == clean_publish(tmp_path / "clean", after)


@pytest.mark.parametrize("damage", ["altered", "deleted", "with its folder"])
def test_a_damaged_file_is_made_again(tmp_path: Path, damage: str) -> None:
    before = clean_publish(tmp_path, SITE)
    page = tmp_path / "tags" / "fine.html"
    if damage == "altered":
        page.write_text("fin!")
    else:
        page.unlink()
    if damage == "with its folder":
        page.parent.rmdir()
    published = publish(tmp_path, SITE)
    assert counts(published) == (1, 3, 0)
    assert reasons(published) == {"tags/fine.html": "the file was altered or deleted since"}
    assert snapshot(tmp_path) == before


def test_fresh_renders_all_and_writes_what_differs(tmp_path: Path) -> None:
    before = clean_publish(tmp_path, SITE)
    published = publish(tmp_path, SITE, fresh=True)
    assert counts(published) == (0, 4, 0)
    assert set(reasons(published).values()) == {"asked for by --fresh"}
    assert snapshot(tmp_path) == before


def test_new_inputs_and_the_same_bytes_count_as_unchanged(tmp_path: Path) -> None:
    publish(tmp_path / "site", {"a": "text"})
    stat_before = written(tmp_path / "site" / "a")
    again = Artifact.of("a", "a test", ("other", "inputs"), lambda: b"text")
    with locked(tmp_path / "site") as output:
        published = output.publish([again])
    assert figures(published) == (0, 1, 0, (("a", "its inputs changed"),))
    assert written(tmp_path / "site" / "a") == stat_before
    with locked(tmp_path / "clean") as output:
        output.publish([again])
    assert snapshot(tmp_path / "site") == snapshot(tmp_path / "clean")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"a": "1"}, {"a/b": "2"}),
        ({"a": "1"}, {"a/b/c": "2", "a/b/d": "3"}),
        ({"a/b": "1"}, {"a": "2"}),
        ({"a/b/c": "1", "a/d/e": "2", "x": ""}, {"a": "2", "x": ""}),
        ({"a/b/c": "1", "a/d": "2"}, {"a/b": "1", "a/d/e": "2"}),
    ],
)
def test_a_file_becomes_a_folder_and_back(tmp_path: Path, before: dict[str, str], after: dict[str, str]) -> None:
    publish(tmp_path / "site", before)
    published = publish(tmp_path / "site", after)
    assert published.removed == len(before.keys() - after.keys())
    assert snapshot(tmp_path / "site") == clean_publish(tmp_path / "clean", after)


def test_a_file_for_a_folder_whose_files_were_deleted_by_hand(tmp_path: Path) -> None:
    publish(tmp_path / "site", {"a/b/c": ""})
    (tmp_path / "site" / "a" / "b" / "c").unlink()
    published = publish(tmp_path / "site", {"a": ""})
    assert counts(published) == (1, 0, 0)
    assert snapshot(tmp_path / "site") == clean_publish(tmp_path / "clean", {"a": ""})


def test_foreign_things_stay(tmp_path: Path) -> None:
    (tmp_path / ".git" / "objects").mkdir(parents=True)
    (tmp_path / "tags" / "empty").mkdir(parents=True)
    for path in ("README.md", "CNAME", ".git/config", "tags/mine.html"):
        (tmp_path / path).write_text("mine")
    foreign = snapshot(tmp_path)
    publish(tmp_path, SITE)
    publish(tmp_path, {"index.html": "alone"})
    expected = {**foreign, "index.html": b"alone"}
    assert visible(tmp_path) == expected


def test_foreign_things_in_the_way_are_listed_and_nothing_is_done(tmp_path: Path) -> None:
    publish(tmp_path, {"old": "1", "index.html": "1"})
    (tmp_path / "tags").write_text("mine")
    (tmp_path / "empty").write_text("mine")
    (tmp_path / "notes").symlink_to("/tmp")
    before = snapshot(tmp_path)
    with pytest.raises(OutputRefused) as refused:
        publish(tmp_path, SITE)
    assert str(refused.value).splitlines()[1:] == ["  empty", "  notes", "  tags"]
    assert snapshot(tmp_path) == before


def test_it_is_told_before_anything_is_rendered(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("mine")
    with locked(tmp_path) as output, pytest.raises(OutputRefused):
        output.publish([Artifact.of("a", "a test", (), lambda: pytest.fail("rendered"))])
    assert (tmp_path / "a").read_text() == "mine"


def test_what_comes_into_the_way_while_rendering(tmp_path: Path) -> None:
    publish(tmp_path, {"b": "old"})

    def interfering() -> bytes:
        (tmp_path / "a").write_text("mine")
        return b"a"

    with locked(tmp_path) as output, pytest.raises(OutputRefused, match=r"\n  a$"):
        output.publish([Artifact.of("a", "a test", (), interfering), artifact("b", "new")])
    assert visible(tmp_path) == {"a": b"mine", "b": b"old"}
    assert sorted(each.name for each in (tmp_path / ".digest").iterdir()) == ["lock", "manifest.json"]


def test_a_file_that_became_a_link_is_not_written_through(tmp_path: Path) -> None:
    publish(tmp_path / "site", {"a": "1", "b/c": "1"})
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "c").write_text("1")
    (tmp_path / "site" / "b" / "c").unlink()
    (tmp_path / "site" / "b").rmdir()
    (tmp_path / "site" / "b").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OutputRefused, match=r"\n  b$"):
        publish(tmp_path / "site", {"a": "2", "b/c": "2"})
    publish(tmp_path / "site", {"a": "3"})
    assert (tmp_path / "elsewhere" / "c").read_text() == "1"
    assert (tmp_path / "site" / "a").read_text() == "3"


@pytest.mark.parametrize("error", [ZeroDivisionError("no"), KeyboardInterrupt(), SystemExit(1)])
def test_an_exception_while_rendering_changes_nothing(tmp_path: Path, error: BaseException) -> None:
    before = clean_publish(tmp_path, {"a": "1", "b": "1", "c": "1"})

    def failing() -> bytes:
        raise error

    with locked(tmp_path) as output, pytest.raises(type(error)):
        output.publish([artifact("a", "2"), Artifact.of("b", "a test", (), failing), artifact("d/e", "2")])
    assert snapshot(tmp_path) == before


def test_a_file_error_while_rendering_names_the_artifact(tmp_path: Path) -> None:
    source = tmp_path / "static" / "logo.png"
    logo = Artifact.of("logo.png", "static file", (), source.read_bytes)
    with locked(tmp_path / "site") as output, pytest.raises(OutputRefused) as refused:
        output.publish([artifact("a", "1"), logo])
    assert str(refused.value) == f"can't make logo.png (static file): No such file or directory: {source}"
    assert visible(tmp_path / "site") == {}


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_a_failing_disk_while_staging_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    before = clean_publish(tmp_path, {"a": "1"})

    def failing(path: Path, data: bytes) -> None:
        raise OSError(code, os.strerror(code), str(path))

    monkeypatch.setattr(Path, "write_bytes", failing)
    with pytest.raises(OutputRefused, match=f"can't publish: {os.strerror(code)}: .*/staging/"):
        publish(tmp_path, {"a": "2"})
    assert snapshot(tmp_path) == before


def test_a_folder_that_can_not_be_written_is_told_before_anything_is_published(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = clean_publish(tmp_path, {"a": "1", "b/c": "1", "d": "1"})
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != tmp_path / "b")
    for after in ({"a": "2", "b/c": "2"}, {"a": "2"}):
        with pytest.raises(OutputRefused, match=f"can't publish: Permission denied: {tmp_path / 'b'}"):
            publish(tmp_path, after)
        assert snapshot(tmp_path) == before
    assert publish(tmp_path, {"a": "2", "b/c": "1"}).written == 1


def test_a_failing_disk_half_way_is_put_right_by_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(tmp_path / "site", {"a": "1", "b": "1", "c": "1"})
    replace = os.replace

    def failing(source: Any, target: Any) -> None:
        if Path(target).name == "b":
            raise PermissionError(errno.EACCES, "Permission denied", str(target))
        replace(source, target)

    monkeypatch.setattr(os, "replace", failing)
    after = {"a": "2", "b": "2", "d": "2"}
    with pytest.raises(OutputRefused, match="half-way, and the next build will complete it: Permission denied"):
        publish(tmp_path / "site", after)
    with pytest.raises(OutputRefused, match="can't clear up after a killed build: Permission denied"):
        publish(tmp_path / "site", after)
    monkeypatch.undo()
    with locked(tmp_path / "site"):
        recovered = snapshot(tmp_path / "site")
    assert recovered == clean_publish(tmp_path / "clean", after)


@pytest.mark.parametrize("path", ["/etc/passwd", "../a", "a//b", "a\\b", ".digest/manifest.json", ""])
def test_a_path_that_leads_astray_is_a_mistake_in_the_program(tmp_path: Path, path: str) -> None:
    before = clean_publish(tmp_path, {"a": "1"})
    with pytest.raises(ValueError, match="path"):
        publish(tmp_path, {"a": "2", path: "2"})
    assert snapshot(tmp_path) == before


def test_two_artifacts_for_one_path_are_a_mistake_in_the_program(tmp_path: Path) -> None:
    with locked(tmp_path) as output, pytest.raises(ValueError, match="two artifacts"):
        output.publish([artifact("a", "1"), artifact("a", "2")])
    assert visible(tmp_path) == {}


def test_progress_counts_what_is_rendered(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    publish(tmp_path, {"a": "1", "b": "1", "c": "1"})
    publish(tmp_path, {"a": "2", "b": "1", "c": "2"}, progress=lambda *counts: told.append(counts))
    assert told == [(1, 2), (2, 2)]


def test_one_rendered_artifact_at_a_time_is_in_memory(tmp_path: Path) -> None:
    class Data(bytes):
        alive: ClassVar[int] = 0
        most: ClassVar[int] = 0

        def __new__(cls, data: bytes) -> Self:
            cls.alive += 1
            cls.most = max(cls.most, cls.alive)
            return super().__new__(cls, data)

        def __del__(self) -> None:
            Data.alive -= 1

    def page(name: str) -> Artifact:
        return Artifact.of(name, "a test", (), lambda: Data(name.encode()))

    pages = [page(f"{number}") for number in range(20)]
    with locked(tmp_path) as output:
        assert output.publish(pages).written == 20
    assert (Data.most, Data.alive) == (1, 0)


def test_one_flush_to_the_disk_however_many_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flushed: list[int] = []
    monkeypatch.setattr(os, "fsync", flushed.append)
    publish(tmp_path, {f"page/{number}": str(number) for number in range(50)})
    assert len(flushed) == 1


@pytest.mark.parametrize(("umask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_modes_are_what_the_umask_says(tmp_path: Path, umask: int, mode: int) -> None:
    before = os.umask(umask)
    try:
        publish(tmp_path, {"a/b": "1"})
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a" / "b").stat().st_mode) == mode
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o777 & ~umask


def test_the_output_folder_may_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    (tmp_path / "dangling").symlink_to("made")
    publish(tmp_path / "link", {"a": "1"})
    publish(tmp_path / "dangling", {"a": "2"})
    assert (tmp_path / "real" / "a").read_text() == "1"
    assert (tmp_path / "made" / "a").read_text() == "2"


def test_an_output_folder_that_is_a_loop_of_links(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(OutputRefused, match="can't write to the output folder: "):
        publish(tmp_path / "loop", {})


def test_twice_under_one_lock(tmp_path: Path) -> None:
    with locked(tmp_path / "site") as output:
        output.publish(artifacts({"a": "1", "b": "1"}))
        assert counts(output.publish(artifacts({"a": "1", "c": "1"}))) == (1, 1, 1)
    assert snapshot(tmp_path / "site") == clean_publish(tmp_path / "clean", {"a": "1", "c": "1"})


def test_locked_waits_no_longer_than_told(tmp_path: Path) -> None:
    with locked(tmp_path), pytest.raises(OutputRefused, match="another build"), locked(tmp_path, wait=0):
        pytest.fail("the lock was given twice")


@pytest.mark.parametrize("data", [b"{", b'{"version":9,"files":{}}', b'{"version":1,"files":{"../x":{}}}'])
def test_a_manifest_that_can_not_be_trusted(tmp_path: Path, data: bytes) -> None:
    publish(tmp_path, {"a": "1", "b": "1"})
    manifest = tmp_path / ".digest" / "manifest.json"
    manifest.write_bytes(data)
    before = snapshot(tmp_path)
    with pytest.raises(OutputRefused, match="put it back as it was, or delete it together with") as refused:
        publish(tmp_path, {"a": "2"})
    assert str(manifest) in str(refused.value)
    assert snapshot(tmp_path) == before


def test_a_manifest_written_otherwise_is_written_anew(tmp_path: Path) -> None:
    before = clean_publish(tmp_path, {"a": "1"})
    manifest = tmp_path / ".digest" / "manifest.json"
    manifest.write_bytes(manifest.read_bytes().replace(b":", b": "))
    assert figures(publish(tmp_path, {"a": "1"})) == (0, 1, 0, ())
    assert snapshot(tmp_path) == before
