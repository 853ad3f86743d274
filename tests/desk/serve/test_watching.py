from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from watchfiles import watch

from compliance_digest.desk.serve import watching
from compliance_digest.desk.serve.watching import Watcher
from tests.projects import note, settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.projects import Project

IN_VAIN = 0.4
"""Seconds after which a change that is to be passed over would have been seen."""


@pytest.fixture
def watcher(project: Project) -> Iterator[Watcher]:
    project.write({"content/a.md": note(), "content/deep/b.md": note(), "templates/x.html": "x"})
    with Watcher(project.folder) as watcher:
        see(watcher)
        yield watcher


def see(watcher: Watcher) -> None:
    """Wait for a change."""
    assert watcher.changed.wait(10)
    watcher.changed.clear()


def test_it_says_when_it_has_begun(watcher: Watcher) -> None:
    assert not watcher.changed.is_set()


@pytest.mark.parametrize(
    "path", ["content/a.md", "content/deep/b.md", "content/new.md", "templates/x.html", "digest.toml", "content/x.png"]
)
def test_a_change_is_seen(project: Project, watcher: Watcher, path: str) -> None:
    project.write({path: settings(title="Other") if path == "digest.toml" else note(title="Other")})
    see(watcher)


def test_a_file_that_is_moved_there_or_goes_is_seen(project: Project, watcher: Watcher) -> None:
    project.write({"draft.md": note(title="Moved"), "draft.toml": settings(title="Moved")})
    (project.folder / "draft.md").replace(project.folder / "content/a.md")
    see(watcher)
    (project.folder / "draft.toml").replace(project.folder / "digest.toml")
    see(watcher)
    (project.folder / "content/deep/b.md").unlink()
    see(watcher)


def test_folders_that_come_are_watched(project: Project, watcher: Watcher) -> None:
    project.write({"static/.well-known/a.txt": "a"})
    see(watcher)
    watcher.changed.wait(IN_VAIN)  # making folder and file can be two changes
    watcher.changed.clear()
    project.write({"static/.well-known/a.txt": "b"})
    see(watcher)
    project.write({"content/new/c.md": note()})
    see(watcher)


@pytest.mark.parametrize("what", ["content", ""])
def test_what_goes_and_comes_back_is_watched(project: Project, watcher: Watcher, what: str) -> None:
    away = project.folder.with_name("away")
    (project.folder / what).rename(away)
    see(watcher)
    away.rename(project.folder / what)
    see(watcher)
    watcher.changed.wait(IN_VAIN)
    watcher.changed.clear()
    project.write({"content/deep/b.md": note(title="Back")})
    see(watcher)
    shutil.rmtree(project.folder / "content")
    see(watcher)


def test_notes_in_a_folder_that_a_link_leads_to_are_watched(project: Project) -> None:
    (project.folder / "content").rename(project.folder.with_name("vault"))
    (project.folder / "content").symlink_to(project.folder.with_name("vault"))
    with Watcher(project.folder) as watcher:
        see(watcher)
        project.write({"content/a.md": note()})
        see(watcher)


@pytest.mark.parametrize("path", ["content/.a.md.swp", "content/.obsidian/workspace", "site/index.html", "README.md"])
def test_what_no_build_looks_at_is_passed_over(project: Project, watcher: Watcher, path: str) -> None:
    project.write({path: "x"})
    os.utime(project.folder / path)
    assert not watcher.changed.wait(IN_VAIN)


def test_where_the_system_watches_no_more_it_is_asked(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def limited(*paths: str, force_polling: bool | None, **options: Any) -> object:
        if not force_polling:
            raise OSError("OS file watch limit reached")
        return watch(*paths, force_polling=True, poll_delay_ms=10, **options)

    monkeypatch.setattr(watching, "watch", limited)
    project.write({"content/a.md": note()})
    with Watcher(project.folder) as watcher:
        see(watcher)
        project.write({"content/b.md": note()})
        see(watcher)
