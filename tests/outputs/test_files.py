from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from compliance_digest.problems import SettingsInvalid
from tests.projects import note
from tests.sample import PIXEL

if TYPE_CHECKING:
    from pathlib import Path

    from tests.projects import Files, Project

BYTES = bytes(range(256)) * 3


def test_static_files_are_copied_as_they_are(project: Project) -> None:
    files = {
        "a.bin": BYTES,
        "b/c d.txt": b"\r\n{{ site }}\xef\xbb\xbf",
        "imprint/index.html": b"<p>{{ x }}",
        "größe.txt": b"",
    }
    project.built({f"static/{path}": content for path, content in files.items()})
    published = project.files()
    assert {path: published[path] for path in files} == files


def test_what_a_note_brings_along_is_published_beside_it_with_the_same_bytes(project: Project) -> None:
    files: Files = {
        "content/x/a.md": note("![a](b.png) [c](sub/c.pdf) [d](../d.csv) #tag\n"),
        "content/x/b.png": PIXEL,
        "content/x/sub/c.pdf": BYTES,
        "content/d.csv": "1,2\r\n",
        "content/x/unused.pdf": "never linked",
    }
    published = project.built(files).files()
    found = {path.rpartition("/a/")[2]: data for path, data in published.items() if path.startswith("2024/09/30/a/")}
    del found["index.html"]
    assert found == {"b.png": PIXEL, "sub/c.pdf": BYTES, "d.csv": b"1,2\r\n"}
    assert not any(path.endswith("unused.pdf") for path in published)


def test_a_file_of_two_notes_is_published_beside_both(project: Project) -> None:
    files: Files = {
        "content/a.md": note("[it](d.pdf)\n"),
        "content/b.md": note("[it](d.pdf)\n"),
        "content/d.pdf": b"%PDF",
    }
    published = project.built(files).files()
    assert published["2024/09/30/a/d.pdf"] == published["2024/09/30/b/d.pdf"] == b"%PDF"


def test_a_drafts_files_are_not_published(project: Project) -> None:
    project.built({"content/a.md": note("[it](d.pdf)\n", draft=True), "content/d.pdf": b"%PDF"})
    assert not any(path.endswith(".pdf") for path in project.published())


def test_a_changed_file_is_published_anew_and_a_removed_one_goes(project: Project) -> None:
    project.built({"static/a.txt": "1", "static/b.txt": "1"})
    project.built({"static/a.txt": "2", "static/b.txt": None})
    assert project.read("a.txt") == "2"
    assert not (project.site / "b.txt").exists()


def test_what_systems_leave_behind_is_not_published(project: Project) -> None:
    project.built({"static/.DS_Store": "x", "static/.git/config": "x", "static/a/.gitkeep": ""})
    assert not any("DS_Store" in path or ".git" in path for path in project.published())


def test_hidden_files_that_servers_read_are_published(project: Project) -> None:
    project.built({"static/.nojekyll": "", "static/.well-known/security.txt": "Contact: mailto:a@b.example"})
    assert project.read(".well-known/security.txt").startswith("Contact")
    assert ".nojekyll" in project.published()


def test_the_builds_own_folder_can_not_be_published_over(project: Project) -> None:
    (problem,) = project.problems({"static/.digest/manifest.json": "{}"}, SettingsInvalid)
    assert problem.code == "bad-name"


def test_a_name_that_no_address_can_have(project: Project) -> None:
    (problem,) = project.problems({"static/a\\b.txt": "x"}, SettingsInvalid)
    assert "a\\b.txt" in problem.file


@pytest.mark.parametrize("folder", ["static", "templates/assets"])
def test_a_link_that_leads_out_is_refused(project: Project, tmp_path: Path, folder: str) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    (project.folder / folder).mkdir(parents=True, exist_ok=True)
    (project.folder / folder / "a.txt").symlink_to(tmp_path / "secret.txt")
    (problem,) = project.problems({"content/a.md": note()}, SettingsInvalid)
    assert (problem.file, problem.code) == (f"{folder}/a.txt", "outside-content")
