from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast

import pytest
import yaml

from compliance_digest.build import build
from compliance_digest.desk.init import init_project
from compliance_digest.problems import SettingsInvalid
from compliance_digest.report import BuildOptions
from compliance_digest.settings import DEFAULT_NAMESPACE
from compliance_digest.settings_file import load_settings
from compliance_digest.unchanged import STATE

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


WORKFLOW = ".github/workflows/publish.yml"


def test_a_project_for_github_pages_has_a_workflow_beside_the_rest(tmp_path: Path) -> None:
    assert init_project(tmp_path, github_pages=True) == [tmp_path / name for name in (*FILES, WORKFLOW)]


def test_the_workflow_is_added_to_a_project_that_is_there(tmp_path: Path) -> None:
    init_project(tmp_path)
    before = (tmp_path / "digest.toml").read_bytes()
    assert init_project(tmp_path, github_pages=True) == [tmp_path / WORKFLOW]
    assert (tmp_path / "digest.toml").read_bytes() == before
    with pytest.raises(SettingsInvalid, match=r"publish\.yml is there already, .* take it away to have it made anew"):
        init_project(tmp_path, github_pages=True)


@pytest.fixture
def workflow(tmp_path: Path) -> dict[Any, Any]:
    (*_, file) = init_project(tmp_path, github_pages=True)
    return cast("dict[Any, Any]", yaml.safe_load(file.read_text("utf-8")))


def test_the_workflow_may_do_no_more_than_it_must(workflow: dict[Any, Any]) -> None:
    assert workflow["permissions"] == {}
    assert {name: job["permissions"] for name, job in workflow["jobs"].items()} == {
        "build": {"contents": "read"},
        "deploy": {"pages": "write", "id-token": "write"},
    }
    checkout = workflow["jobs"]["build"]["steps"][0]
    assert checkout["with"] == {"persist-credentials": False}
    assert workflow["jobs"]["deploy"]["if"] == "github.event_name != 'pull_request' && github.ref == 'refs/heads/main'"


def test_the_workflow_restores_checks_and_builds_in_this_order(workflow: dict[Any, Any]) -> None:
    steps = workflow["jobs"]["build"]["steps"]
    done = [step.get("run") or step["uses"].partition("@")[0] for step in steps]
    order = ["actions/cache", "digest check --format github", "digest build", "actions/upload-pages-artifact"]
    assert [each for each in done if each in order] == order
    cache = next(step["with"] for step in steps if step.get("uses", "").startswith("actions/cache@"))
    assert cache["path"] == STATE
    assert cache["key"].startswith(cache["restore-keys"])


def test_every_action_is_pinned_to_a_commit_and_says_its_version(tmp_path: Path) -> None:
    (*_, file) = init_project(tmp_path, github_pages=True)
    uses = re.findall(r"uses: (.*)", file.read_text("utf-8"))
    assert len(uses) == 4
    assert all(re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", each) for each in uses)


def test_no_text_of_others_gets_into_a_shell(workflow: dict[Any, Any]) -> None:
    runs = [step["run"] for job in workflow["jobs"].values() for step in job["steps"] if "run" in step]
    assert not any("${{" in run for run in runs)
