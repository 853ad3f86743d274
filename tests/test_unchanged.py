"""A build with nothing to do is over at once, and one that has something to do is never taken for it."""

from __future__ import annotations

import json
import os
import shutil
import time
from typing import TYPE_CHECKING, Any

import pytest

from compliance_digest.publishing.snapshot import NONE, SNAPSHOTS, load
from compliance_digest.report import BuildOptions
from compliance_digest.unchanged import inputs_of, last_report
from tests.projects import Project, command, finished, note, settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.projects import Files

NOON = "1735732800"  # 1 January 2025
FILES: Files = {
    "digest.toml": settings(),
    "content/a.md": note("- Text. #x\n- [it](d.csv)\n"),
    "content/draft.md": note(draft=True, title="A draft"),
    "content/later.md": note(date="2025-01-02"),
    "content/warned.md": note(links=None),
    "content/d.csv": "1",
    "templates/404.html": "Not here.",
    "templates/assets/own.css": "p { }",
    "static/x.txt": "x",
}


@pytest.fixture
def built(project: Project, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A project built a moment ago, and all of it old enough to be relied on."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOON)
    project.write(FILES)
    settle()
    return project.built({})


def settle() -> None:
    time.sleep(0.06)


def is_done(project: Project, **options: Any) -> bool:
    asked = BuildOptions(**{"search": False, **options})
    return last_report(project.folder, asked, inputs_of(project.folder, asked)) is not None


def test_a_build_with_nothing_to_do_reports_what_the_last_one_did(built: Project) -> None:
    first, asked = built.build(), BuildOptions(search=False)
    for _ in range(2):
        report = last_report(built.folder, asked, inputs_of(built.folder, asked))
        assert report
        assert (report.written, report.removed, report.unchanged) == (0, 0, first.unchanged)
        assert (report.notes, report.problems, report.left_out) == (first.notes, first.problems, first.left_out)
        assert [problem.code for problem in report.problems] == ["no-source"]
        assert len(report.left_out) == 2
        settle()


def rewritten(path: str, data: str) -> Callable[[Project], object]:
    return lambda project: project.write({path: data})


def same_size_and_time(path: str) -> Callable[[Project], object]:
    def change(project: Project) -> None:
        file = project.folder / path
        before, data = file.stat(), file.read_bytes()
        file.write_bytes(bytes([*data[:-2], data[-2] ^ 1, *data[-1:]]))
        os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
        assert (file.stat().st_mtime_ns, file.stat().st_size) == (before.st_mtime_ns, before.st_size)

    return change


def replaced(path: str) -> Callable[[Project], object]:
    """Another file of the same size and time is moved there."""

    def change(project: Project) -> None:
        file = project.folder / path
        other = file.with_name("other")
        shutil.copy2(file, other)
        other.write_bytes(b"y" * file.stat().st_size)
        os.utime(other, ns=(file.stat().st_atime_ns, file.stat().st_mtime_ns))
        other.replace(file)

    return change


def linked(path: str) -> Callable[[Project], object]:
    """A link to a file of the same bytes is put in a file's place."""

    def change(project: Project) -> None:
        file = project.folder / path
        target = file.rename(project.folder / "target")
        file.symlink_to(target)

    return change


def made_a_folder(path: str) -> Callable[[Project], object]:
    def change(project: Project) -> None:
        (project.folder / path).unlink()
        (project.folder / path).mkdir()

    return change


def removed(path: str) -> Callable[[Project], object]:
    return lambda project: project.write({path: None})


CHANGES: dict[str, Callable[[Project], object]] = {
    "a note": rewritten("content/a.md", note("- Other. #x\n")),
    "a note added": rewritten("content/new.md", note()),
    "a note removed": removed("content/warned.md"),
    "a note renamed": lambda project: (project.folder / "content/a.md").rename(project.folder / "content/b.md"),
    "a note of the same size and time": same_size_and_time("content/a.md"),
    "a note with another in its place": replaced("content/a.md"),
    "an attachment": rewritten("content/d.csv", "2"),
    "an attachment removed": removed("content/d.csv"),
    "an attachment of the same size and time": replaced("content/d.csv"),
    "a template": rewritten("templates/404.html", "Gone."),
    "a template added": rewritten("templates/parts/new.html", ""),
    "a template of the same size and time": same_size_and_time("templates/404.html"),
    "an asset": rewritten("templates/assets/own.css", "p { color: red }"),
    "a static file": rewritten("static/x.txt", "y"),
    "a static file added": rewritten("static/deep/new.txt", "y"),
    "a hidden static file added": rewritten("static/.well-known/new.txt", "y"),
    "a static file of the same size and time": replaced("static/x.txt"),
    "settings": rewritten("digest.toml", settings(title="Other")),
    "settings of the same size and time": same_size_and_time("digest.toml"),
    "a page altered": rewritten("site/index.html", "By hand."),
    "a page deleted": removed("site/index.html"),
    "a page of the same size and time": same_size_and_time("site/index.html"),
    "a page with another in its place": replaced("site/index.html"),
    "a page with a link in its place": linked("site/index.html"),
    "a page with a folder in its place": made_a_folder("site/index.html"),
    "the manifest altered": rewritten("site/.digest/manifest.json", "{}"),
    "the manifest deleted": removed("site/.digest/manifest.json"),
    "a build killed while publishing": rewritten("site/.digest/journal.json", "{}"),
    "a build killed while rendering": rewritten("site/.digest/staging/x", ""),
    "the site deleted": lambda project: shutil.rmtree(project.site),
    "the cache of builds deleted": lambda project: shutil.rmtree(project.folder / ".digest"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_after_a_change_there_is_something_to_do(built: Project, change: Callable[[Project], object]) -> None:
    assert is_done(built)
    change(built)
    assert not is_done(built)
    settle()
    assert not is_done(built)


@pytest.mark.parametrize(
    "options",
    [
        {"base_url": "https://other.example/"},
        {"drafts": True},
        {"future": True},
        {"strict": True},
        {"search": True},
        {"part": "pages"},
        {"fresh": True},
    ],
    ids=str,
)
def test_asked_for_otherwise_there_is_something_to_do(built: Project, options: dict[str, Any]) -> None:
    assert is_done(built)
    assert not is_done(built, **options)


def test_another_output_folder_has_a_build_of_its_own(built: Project, tmp_path: Path) -> None:
    assert not is_done(built, output=tmp_path / "other")
    built.build(output=tmp_path / "other")
    assert is_done(built, output=tmp_path / "other")
    assert is_done(built)


def test_the_number_of_processes_makes_no_difference(built: Project) -> None:
    assert is_done(built, jobs=2)


def test_on_another_day_there_is_something_to_do(built: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(NOON) + 11 * 3600))
    assert is_done(built)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(NOON) + 12 * 3600))
    assert not is_done(built)


def test_the_day_is_that_of_the_sites_time_zone(built: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    built.write({"digest.toml": settings(timezone="Pacific/Kiritimati")})
    settle()
    built.build()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(NOON) - 3600 * 12))
    assert not is_done(built)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(NOON) - 3600))
    assert is_done(built)


def test_a_refused_build_is_not_taken_for_done(built: Project) -> None:
    built.problems({"content/wrong.md": "no front matter"})
    settle()
    assert not is_done(built)


def test_what_was_changed_just_now_is_not_relied_on(built: Project) -> None:
    built.write({"content/a.md": note("- Fresh. #x\n")})
    asked = BuildOptions(search=False)
    assert inputs_of(built.folder, asked) == ""
    built.build()
    settle()
    assert not is_done(built)
    built.build()
    assert is_done(built)


@pytest.mark.parametrize("seed", range(40))
def test_a_damaged_snapshot_is_no_snapshot(built: Project, seed: int) -> None:
    (file,) = (built.folder / ".digest").glob(SNAPSHOTS)
    data = bytearray(file.read_bytes())
    place = seed * (len(data) - 1) // 39
    data[place] ^= 1 << seed % 7
    file.write_bytes(data)
    assert load(built.folder / ".digest", built.site) == NONE
    assert not is_done(built)


@pytest.mark.parametrize(
    "data", [b"", b"{}", b"null", b"\xff" * 100, b"[" * 100_000, json.dumps({"inputs": 5}).encode()], ids=range(6)
)
def test_what_is_no_snapshot(built: Project, data: bytes) -> None:
    (file,) = (built.folder / ".digest").glob(SNAPSHOTS)
    file.write_bytes(data)
    assert not is_done(built)
    built.build()
    assert is_done(built)


HEAVY = ("babel", "feedgen", "jinja2", "lxml", "markdown", "msgspec", "nh3", "pydantic", "sqlite3", "yaml")

LOADED = """
import sys
from compliance_digest.cli import main
main(["build", "-q", "--no-search"], standalone_mode=False)
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


def test_a_build_with_nothing_to_do_loads_nothing_heavy(built: Project) -> None:
    """But one with something to do does: what is looked for is really loaded by then."""
    before = built.files()
    finished(command(script=LOADED, cwd=built.folder))  # the project is called otherwise from inside
    status, loaded, _ = finished(command(script=LOADED, cwd=built.folder))
    assert (status, set(HEAVY) & set(loaded.split())) == (0, set())
    (built.folder / ".digest/cache.sqlite").unlink()
    built.write({"content/a.md": note("- Other. #x\n")})
    settle()
    _, loaded, _ = finished(command(script=LOADED, cwd=built.folder))
    assert {"markdown", "msgspec", "pydantic"} <= set(loaded.split())
    after = built.files()
    status, loaded, _ = finished(command(script=LOADED, cwd=built.folder))
    assert (status, set(HEAVY) & set(loaded.split())) == (0, set())
    assert built.files() == after != before
