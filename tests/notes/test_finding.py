"""Files under `content/` that end in `.md` or `.markdown` are notes, in any depth of folders."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from compliance_digest.notes import finding

if TYPE_CHECKING:
    from pathlib import Path

    from compliance_digest.problems import Problem


def find_notes(content: Path) -> tuple[list[str], list[Problem]]:
    """Return the paths of notes, and what is wrong with other files."""
    found, problems = finding.find_notes(content)
    return list(found), problems


def make(folder: Path, *paths: str) -> None:
    for path in paths:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).touch()


def test_notes_are_found_at_any_depth_and_in_order(tmp_path: Path) -> None:
    make(tmp_path, "b.md", "a.markdown", "2024/c.md", "2024/09/d.md", "2024/C.MD", "é/f g.md", "2024-x.md")
    paths = ["2024-x.md", "2024/09/d.md", "2024/C.MD", "2024/c.md", "a.markdown", "b.md", "é/f g.md"]
    assert find_notes(tmp_path) == (paths, [])


def test_other_files_are_none(tmp_path: Path) -> None:
    make(tmp_path, "a.txt", "a.md.bak", "md", "a.mdx", "image.png", "README")
    assert find_notes(tmp_path) == ([], [])


def test_hidden_files_and_folders_are_passed_over(tmp_path: Path) -> None:
    make(tmp_path, ".a.md", ".obsidian/b.md", "2024/.trash/c.md", ".md", "d.md")
    assert find_notes(tmp_path) == (["d.md"], [])


def test_a_link_to_a_note_inside_is_a_note(tmp_path: Path) -> None:
    make(tmp_path, "a.md")
    (tmp_path / "b.md").symlink_to("a.md")
    assert find_notes(tmp_path) == (["a.md", "b.md"], [])


def test_a_link_to_a_file_outside_is_an_error(tmp_path: Path) -> None:
    make(tmp_path, "secret.txt", "content/a.md")
    (tmp_path / "content/b.md").symlink_to(tmp_path / "secret.txt")
    (tmp_path / "content/c.md").symlink_to("../secret.txt")
    found, problems = find_notes(tmp_path / "content")
    assert found == ["a.md"]
    told = "this is a link to a file outside the folder of notes; copy it here [outside-content]"
    assert sorted(map(str, problems)) == [f"content/b.md: error: {told}", f"content/c.md: error: {told}"]


def test_a_link_to_a_folder_is_not_followed(tmp_path: Path) -> None:
    make(tmp_path, "other/a.md", "content/b.md")
    (tmp_path / "content/other").symlink_to(tmp_path / "other")
    found, (problem,) = find_notes(tmp_path / "content")
    assert found == ["b.md"]
    assert (problem.file, problem.code) == ("content/other", "outside-content")


def test_what_is_no_file_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    found, (problem,) = find_notes(tmp_path)
    assert (found, problem.file, problem.code) == ([], "content/pipe.md", "unreadable")


def test_links_that_lead_nowhere_are_left_to_the_reader(tmp_path: Path) -> None:
    (tmp_path / "gone.md").symlink_to("absent.md")
    (tmp_path / "loop.md").symlink_to("loop.md")
    assert find_notes(tmp_path) == (["gone.md", "loop.md"], [])


def test_the_folder_may_be_a_link_itself(tmp_path: Path) -> None:
    make(tmp_path, "notes/a.md")
    (tmp_path / "content").symlink_to("notes")
    assert find_notes(tmp_path / "content") == (["a.md"], [])


def test_a_name_that_is_not_utf_8_is_an_error(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"caf\xe9.md")).touch()
    found, (problem,) = find_notes(tmp_path)
    assert found == []
    assert str(problem) == r"content/caf\xe9.md: error: the file's name is not UTF-8; rename it [not-utf-8]"


def test_no_folder(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        find_notes(tmp_path / "content")
