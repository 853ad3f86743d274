from __future__ import annotations

import os
import signal
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from compliance_digest.desk.serve.building import Builder
from compliance_digest.problems import DigestError, NotesInvalid, SettingsInvalid
from compliance_digest.report import BuildOptions, Report
from tests.projects import note

from .helpers import eventually

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compliance_digest.desk.serve.building import Outcome
    from compliance_digest.report import Part
    from tests.projects import Project


@pytest.fixture
def builder(project: Project, tmp_path: Path) -> Iterator[Builder]:
    """A builder of a project with a note."""
    project.write({"content/a.md": note()})
    (tmp_path / "temporary").mkdir()
    with Builder(project.folder, BuildOptions(output=project.site), tmp_path / "temporary") as builder:
        yield builder


def built(builder: Builder, part: Part = "pages") -> Outcome:
    return builder.build(part, lambda *_: None)


def process_of(builder: Builder) -> int:
    return int(builder._process.pid)


def test_one_process_builds_again_and_again(project: Project, builder: Builder) -> None:
    stages = set()
    report = builder.build("pages", lambda stage, *_: stages.add(stage))
    assert isinstance(report, Report)
    assert report.notes == 1
    assert stages == {"reading", "publishing"}
    process = process_of(builder)
    project.write({"content/a.md": note(date="yesterday")})
    error = built(builder)
    assert isinstance(error, NotesInvalid)
    assert [(problem.line, problem.code) for problem in error.problems] == [(3, "bad-date")]
    project.write({"digest.toml": "[site"})
    assert isinstance(built(builder), SettingsInvalid)
    assert process_of(builder) == process


def test_what_is_late_follows_when_it_is_asked_for(project: Project, builder: Builder, tmp_path: Path) -> None:
    built(builder)
    assert "search/index.html" in project.published()
    late = {"actions/rows.json", "data/actions.csv", "data/actions.json", "data/datapackage.json", "data/passages.json"}
    assert not late & project.published()
    assert not any(path.startswith("pagefind/") for path in project.published())
    report = built(builder, "late")
    assert isinstance(report, Report)
    assert {path for path, _ in report.reasons} == {*late, "pagefind"}
    assert {*late, "pagefind/pagefind.js"} <= project.published()
    assert list((tmp_path / "temporary").iterdir()) == []


def test_a_builder_that_is_killed_at_work_says_so_and_builds_the_next_time(builder: Builder) -> None:
    builder.begin("pages")
    os.kill(process_of(builder), signal.SIGKILL)
    error = builder.outcome(lambda *_: None, seconds=None)
    assert isinstance(error, DigestError)
    assert "was killed, for want of memory perhaps; save a file to try again" in str(error)
    assert isinstance(built(builder), Report)


def test_a_builder_that_was_killed_while_it_had_nothing_to_do_is_begun_again(builder: Builder) -> None:
    built(builder)
    os.kill(process_of(builder), signal.SIGKILL)
    builder._process.join()
    assert isinstance(built(builder), Report)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are looked for in /proc")
def test_it_can_be_stopped_at_any_moment_with_all_it_has_started(project: Project, builder: Builder) -> None:
    project.write({f"content/n{number}.md": note(f"- Text {number}.\n") for number in range(200)})
    for _ in range(3):
        builder.begin("late")
        leader = process_of(builder)
        builder.stop()
        eventually(partial(nothing_runs, leader))
    assert isinstance(built(builder, "late"), Report)


def nothing_runs(leader: int) -> bool:
    """Return whether no process of a group runs any more."""
    for file in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, of_group, *_ = file.read_text("ascii", "replace").rpartition(")")[2].split()
        except OSError:
            continue
        if int(of_group) == leader and state not in "ZX":
            return False
    return True


def test_whatever_fails_is_told_in_a_sentence(project: Project, builder: Builder) -> None:
    (project.folder / "content/a.md").unlink()
    (project.folder / "content").rmdir()
    (project.folder / "content").write_text("x", encoding="utf-8")
    assert str(built(builder)).startswith("the file system failed: ")
