"""A build that is killed, at every point it can be, and what the next one makes of it."""

from __future__ import annotations

import shutil
import signal
import time
from typing import TYPE_CHECKING

import pytest

from compliance_digest.publishing.output import locked

from .helpers import (
    Killed,
    Snapshot,
    clean_publish,
    killing,
    publish,
    python,
    snapshot,
    visible,
)

if TYPE_CHECKING:
    from pathlib import Path

OLD = {
    "index.html": "old",
    "same": "same",
    "stale": "x",
    "deep/er/stale": "x",
    "file": "x",
    "folder/a": "x",
    "folder/b/c": "x",
}
NEW = {
    "index.html": "new",
    "same": "same",
    "new": "x",
    "deep/new": "x",
    "file/a": "x",
    "file/b/c": "x",
    "folder": "x",
}

TRANSITIONS = {
    "one site after another": (OLD, NEW),
    "the first site": ({}, NEW),
    "the last page goes": (OLD, {}),
    "the way back": (NEW, OLD),
}


@pytest.fixture(params=TRANSITIONS)
def transition(request: pytest.FixtureRequest) -> tuple[dict[str, str], dict[str, str]]:
    return TRANSITIONS[request.param]


def start(folder: Path, site: dict[str, str]) -> Path:
    """Make a folder with `site` and with foreign files."""
    folder.mkdir()
    (folder / "README.md").write_text("mine")
    if site:
        publish(folder, site)
    return folder


def steps_of(folder: Path, old: dict[str, str], new: dict[str, str]) -> int:
    start(folder, old)
    with killing(after=float("inf")) as steps:
        publish(folder, new)
    return steps.taken


def whole(tmp_path: Path, name: str, site: dict[str, str]) -> Snapshot:
    (tmp_path / name).mkdir()
    (tmp_path / name / "README.md").write_text("mine")
    return clean_publish(tmp_path / name, site)


def test_killed_anywhere_the_next_build_ends_as_if_it_were_the_first(
    tmp_path: Path, transition: tuple[dict[str, str], dict[str, str]]
) -> None:
    old, new = transition
    expected = whole(tmp_path, "expected", new)
    steps = steps_of(tmp_path / "counted", old, new)
    assert snapshot(tmp_path / "counted") == expected
    assert steps > 10
    for after in range(steps):
        site = start(tmp_path / f"killed-{after}", old)
        with pytest.raises(Killed), killing(after):
            publish(site, new)
        publish(site, new)
        assert snapshot(site) == expected, f"killed after {after} of {steps} steps"


def test_killed_anywhere_the_next_to_hold_the_folder_finds_one_whole_site(
    tmp_path: Path, transition: tuple[dict[str, str], dict[str, str]]
) -> None:
    old, new = transition
    before = visible(start(tmp_path / "before", old))
    whole(tmp_path, "after", new)
    after_all = visible(tmp_path / "after")
    found = []
    for after in range(steps_of(tmp_path / "counted", old, new)):
        site = start(tmp_path / f"killed-{after}", old)
        with pytest.raises(Killed), killing(after):
            publish(site, new)
        with locked(site):
            found.append(visible(site))
        assert {each.name for each in (site / ".digest").iterdir()} <= {"lock", "manifest.json"}
    forward = found.index(after_all)
    assert found == [before] * forward + [after_all] * (len(found) - forward)
    assert forward > 0


def test_killed_again_while_clearing_up(tmp_path: Path) -> None:
    expected = whole(tmp_path, "expected", NEW)
    steps = steps_of(tmp_path / "counted", OLD, NEW)
    kills = 0
    for first in range(steps // 2, steps, 3):
        killed = start(tmp_path / f"killed-{first}", OLD)
        with pytest.raises(Killed), killing(first):
            publish(killed, NEW)
        second = 0
        while True:
            site = tmp_path / f"killed-{first}-{second}"
            shutil.copytree(killed, site)
            try:
                with killing(second), locked(site):
                    break
            except Killed:
                kills += 1
            publish(site, NEW)
            assert snapshot(site) == expected, f"killed after {first} and {second} steps"
            second += 2
    assert kills > 40


def test_another_site_after_a_kill(tmp_path: Path) -> None:
    """The next build need not be the killed one over again: notes change meanwhile."""
    other = {"index.html": "other", "stale/page": "x", "file": "y", "folder/a": "y", "new/page": "x"}
    expected = whole(tmp_path, "expected", other)
    steps = steps_of(tmp_path / "counted", OLD, NEW)
    for after in range(steps):
        site = start(tmp_path / f"killed-{after}", OLD)
        with pytest.raises(Killed), killing(after):
            publish(site, NEW)
        publish(site, other)
        assert snapshot(site) == expected, f"killed after {after} of {steps} steps"


PUBLISH = """
import os, signal, sys, pathlib
from compliance_digest.outputs.artifact import Artifact
from compliance_digest.publishing.output import locked

def site(text, count):
    return [Artifact.of(f"{n % 7}/{n}", "a test", (text,), text.encode) for n in range(int(count))]
"""

KILLED_AT = """
folder, text, count, name, calls = sys.argv[1:]
original, left = getattr(os, name), [int(calls)]
def deadly(*args, **kwargs):
    if not left[0]:
        os.kill(os.getpid(), signal.SIGKILL)
    left[0] -= 1
    return original(*args, **kwargs)
with locked(pathlib.Path(folder)) as output:
    setattr(os, name, deadly)
    output.publish(site(text, count))
"""

FOREVER = """
folder, count = sys.argv[1:]
print("ready", flush=True)
for number in range(10**9):
    with locked(pathlib.Path(folder)) as output:
        output.publish(site(f"text {number}", count))
"""

ONCE = """
folder, text, count, go = sys.argv[1:]
print("ready", flush=True)
while not pathlib.Path(go).exists():
    pass
for _ in range(10):
    with locked(pathlib.Path(folder)) as output:
        output.publish(site(text, count))
        found = {f.read_text() for f in pathlib.Path(folder).glob("?/*")}
        assert found == {text}, found
"""


def pages(text: str, count: int) -> dict[str, str]:
    return {f"{number % 7}/{number}": text for number in range(count)}


@pytest.mark.parametrize(
    ("name", "calls"), [("fsync", 0), ("replace", 0), ("replace", 1), ("replace", 20), ("unlink", 5)]
)
def test_a_real_kill(tmp_path: Path, name: str, calls: int) -> None:
    site = tmp_path / "site"
    publish(site, pages("old", 60))
    with python(PUBLISH + KILLED_AT, site, "new", 40, name, calls) as process:
        assert process.wait() == -signal.SIGKILL
    with locked(site):
        files = {path: data for path, data in visible(site).items() if data is not None}
    rolled_back = (name, calls) in {("fsync", 0), ("replace", 0)}
    expected = pages("old", 60) if rolled_back else pages("new", 40)
    assert files == {path: text.encode() for path, text in expected.items()}
    publish(site, pages("new", 40))
    assert snapshot(site) == clean_publish(tmp_path / "clean", pages("new", 40))


def test_real_kills_at_any_time(tmp_path: Path) -> None:
    site = tmp_path / "site"
    expected = clean_publish(tmp_path / "clean", pages("done", 100))
    for number in range(8):
        with python(PUBLISH + FOREVER, site, 100) as process:
            assert process.stdout
            assert process.stdout.readline() == "ready\n"
            time.sleep(0.05 + number * 0.013)
            process.kill()
            assert process.wait() == -signal.SIGKILL
        with locked(site):
            texts = {data for data in visible(site).values() if data is not None}
        assert len(texts) <= 1
    publish(site, pages("done", 100))
    assert snapshot(site) == expected


def test_two_builds_at_once_do_not_mix(tmp_path: Path) -> None:
    site = tmp_path / "site"
    processes = [python(PUBLISH + ONCE, site, text, 100, tmp_path / "go") for text in ("one", "two")]
    for process in processes:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
    (tmp_path / "go").touch()
    for process in processes:
        _, errors = process.communicate(timeout=60)
        assert (process.returncode, errors) == (0, "")
    assert snapshot(site) in [clean_publish(tmp_path / text, pages(text, 100)) for text in ("one", "two")]
