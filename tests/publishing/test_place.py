from __future__ import annotations

from pathlib import Path

import pytest

from compliance_digest.problems import SettingsInvalid
from compliance_digest.publishing.place import check_place, resolved


@pytest.fixture
def project(tmp_path: Path) -> Path:
    project = tmp_path / "home" / "work" / "project"
    for name in ("content", "templates", "static", "src"):
        (project / name / "deep").mkdir(parents=True)
    return project


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    home = tmp_path / "home"
    home.mkdir(exist_ok=True)
    monkeypatch.setenv("HOME", str(home))
    return home


def refusal(output: Path, project: Path) -> str:
    with pytest.raises(SettingsInvalid) as refused:
        check_place(output, project)
    assert refused.value.status == 2
    assert "choose a folder that holds nothing but the site" in str(refused.value)
    assert repr(str(output)) in str(refused.value)
    return str(refused.value)


@pytest.mark.parametrize("name", ["site", "deep/er", "contents", ".", "project/../site", "public"])
def test_a_folder_of_its_own_is_accepted(project: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "elsewhere").mkdir()
    base = tmp_path / "elsewhere" if name == "." else project
    before = sorted(tmp_path.rglob("*"))
    check_place(base / name, project)
    assert sorted(tmp_path.rglob("*")) == before


def test_an_existing_folder_with_files_is_accepted(project: Path) -> None:
    (project / "site").mkdir()
    (project / "site" / "README.md").write_text("mine")
    check_place(project / "site", project)
    assert (project / "site" / "README.md").read_text() == "mine"


@pytest.mark.parametrize("name", [".", "..", "content/..", "site/.."])
def test_the_project_and_what_is_above_it(project: Path, name: str) -> None:
    assert "it is the project folder, or above it" in refusal(project / name, project)


def test_the_root(project: Path) -> None:
    assert "the root of the file system" in refusal(Path("/"), project)


@pytest.mark.parametrize("name", [".", ".."])
def test_the_home_folder_and_what_is_above_it(home: Path, tmp_path: Path, name: str) -> None:
    elsewhere = home.parent.parent / f"{tmp_path.name}-project"
    assert "it is your home folder, or above it" in refusal(home / name, elsewhere)


def test_without_a_home_folder(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(Path, "home", homeless)
    check_place(project / "site", project)
    assert "the project folder" in refusal(project, project)


@pytest.mark.parametrize("source", ["content", "templates", "static", "src"])
@pytest.mark.parametrize("below", [".", "deep", "new/folder"])
def test_what_the_site_is_made_from(project: Path, source: str, below: str) -> None:
    assert f"the project's {source}/" in refusal(project / source / below, project)


def test_a_source_that_does_not_exist(project: Path) -> None:
    (project / "static" / "deep").rmdir()
    (project / "static").rmdir()
    assert "the project's static/" in refusal(project / "static", project)


def test_a_folder_that_holds_a_source_which_is_a_link(project: Path, tmp_path: Path) -> None:
    (tmp_path / "shared" / "notes").mkdir(parents=True)
    (project / "content" / "deep").rmdir()
    (project / "content").rmdir()
    (project / "content").symlink_to(tmp_path / "shared" / "notes")
    assert "the project's content/" in refusal(tmp_path / "shared", project)


def test_links_are_resolved(project: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(project)
    assert "it is the project folder" in refusal(tmp_path / "link", project)
    assert "the project's src/" in refusal(tmp_path / "link" / "src" / "x", project)
    assert "it is the project folder" in refusal(project, tmp_path / "link")


def test_another_name_of_the_same_folder(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a file system that doesn't tell `Content` from `content`."""
    (project / "Content").mkdir()
    same = {project / "Content", project / "content"}
    monkeypatch.setattr(Path, "samefile", lambda one, other: one == other or {one, other} == same)
    assert "the project's content/" in refusal(project / "Content" / "site", project)


@pytest.mark.parametrize("name", ["file", "file/below", "file/below/that"])
def test_no_folder(project: Path, name: str) -> None:
    (project / "file").write_text("")
    assert f"{project / 'file'} is not a folder" in refusal(project / name, project)


def test_a_loop_of_links(project: Path) -> None:
    (project / "loop").symlink_to(project / "loop")
    assert "symbolic links" in refusal(project / "loop", project)
    with pytest.raises(OSError, match="symbolic links"):
        (resolved(project / "loop")).stat()


def test_a_path_that_cannot_be(project: Path) -> None:
    assert "null" in refusal(project / "a\0b", project)


def test_relative_paths(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project)
    check_place(Path("site"), Path())
    assert "the project folder" in refusal(Path(), Path())
