from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from compliance_digest.build import build
from compliance_digest.desk.init import init_project
from compliance_digest.problems import SettingsInvalid
from compliance_digest.report import BuildOptions
from compliance_digest.settings import DEFAULT_NAMESPACE
from compliance_digest.settings_file import load_settings

if TYPE_CHECKING:
    from pathlib import Path

FILES = ["digest.toml", "content/2024-09-30-cnil-cegedim-sante.md", ".gitignore"]


def test_a_new_project_builds_without_a_warning(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "new"
    assert init_project(folder) == [folder / name for name in FILES]
    report = build(folder, BuildOptions(strict=True))
    assert (report.notes, report.problems) == (1, ())
    assert (folder / "site/2024/09/30/cnil-cegedim-sante/index.html").is_file()


def test_two_projects_have_name_spaces_of_their_own(tmp_path: Path) -> None:
    ids = set()
    for name in ("one", "two"):
        init_project(tmp_path / name)
        ids.add(load_settings(tmp_path / name)[0].site.id)
    assert len(ids | {DEFAULT_NAMESPACE}) == 3


@pytest.mark.parametrize("there", FILES)
def test_a_file_that_is_there_is_not_overwritten_and_nothing_is_made(tmp_path: Path, there: str) -> None:
    (tmp_path / there).parent.mkdir(exist_ok=True)
    (tmp_path / there).write_text("mine")
    with pytest.raises(SettingsInvalid, match=there):
        init_project(tmp_path)
    assert [file for file in tmp_path.rglob("*") if file.is_file()] == [tmp_path / there]
    assert (tmp_path / there).read_text() == "mine"


def test_a_link_that_leads_nowhere_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "digest.toml").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(SettingsInvalid, match=r"digest\.toml"):
        init_project(tmp_path)
    assert not (tmp_path / "elsewhere").exists()


def test_a_file_in_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(SettingsInvalid, match="is there already"):
        init_project(tmp_path / "file")


def test_other_files_may_be_there(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "README.md").write_text("mine")
    assert init_project(tmp_path) == [tmp_path / name for name in FILES]
    assert (tmp_path / "README.md").read_text() == "mine"


def test_files_have_the_same_line_ends_everywhere(tmp_path: Path) -> None:
    assert all(b"\r" not in file.read_bytes() for file in init_project(tmp_path))


def test_git_passes_over_the_site_that_builds_make(tmp_path: Path) -> None:
    init_project(tmp_path)
    assert "/site/" in (tmp_path / ".gitignore").read_text().splitlines()
