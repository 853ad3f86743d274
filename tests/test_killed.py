"""Builds killed at any moment, with all of their processes or without: the next one makes what a first one would."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import compliance_digest
from tests.projects import DIGEST, Project, note

if TYPE_CHECKING:
    from tests.projects import Files

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are looked for in /proc")

KILLS = 5
NOTES: Files = {f"content/n{number:02}.md": note(f"- Passage {number}. #x #y\n") for number in range(40)}


def started(project: Project) -> subprocess.Popen[bytes]:
    """Start a build that leads a process group of its own."""
    return subprocess.Popen(
        [sys.executable, "-c", DIGEST, "build", "--no-search", "--jobs", "2", "-q"],
        cwd=project.folder,
        env={**os.environ, "PYTHONPATH": str(Path(compliance_digest.__file__).parent.parent)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def group(leader: int) -> set[int]:
    """Return the running processes of a group; one that has ended and waits to be asked for isn't running."""
    found = set()
    for file in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, of_group, *_ = file.read_text("ascii", "replace").rpartition(")")[2].split()
        except OSError:
            continue
        if int(of_group) == leader and state not in "ZX":
            found.add(int(file.parent.name))
    return found


@pytest.mark.parametrize("whole", [True, False], ids=["with all its processes", "alone"])
def test_killed_at_any_moment_a_build_does_no_harm_and_leaves_no_process(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, whole: bool
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1735689600")
    chance, most = random.Random(whole), 0
    project.write(NOTES)
    start = time.monotonic()
    started(project).wait()
    took = time.monotonic() - start
    for number in range(KILLS):
        project.write({f"content/n{note_:02}.md": note(f"- Version {number}. #x\n") for note_ in range(30)})
        process = started(project)
        deadline = time.monotonic() + chance.uniform(0.2, 1) * took
        while time.monotonic() < deadline:
            most = max(most, len(group(process.pid)))
            time.sleep(0.005)
        if whole:
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
        process.wait()
        deadline = time.monotonic() + 5
        while group(process.pid):
            assert time.monotonic() < deadline, "a worker outlives the build"
            time.sleep(0.02)
        assert project.read("2024/09/30/n35/index.html")
    project.build()
    assert most >= 2, "no build was seen at work in several processes"
    (tmp_path / "afresh").mkdir()
    versions = {f"content/n{number:02}.md": note(f"- Version {KILLS - 1}. #x\n") for number in range(30)}
    assert project.files() == Project(tmp_path / "afresh").built({**NOTES, **versions}).files()
