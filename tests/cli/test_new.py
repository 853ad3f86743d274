from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import pytest

from tests.cli.helpers import digest
from tests.desk.servers import Web

if TYPE_CHECKING:
    from pathlib import Path

    from tests.projects import Project

ASKED = ("CNIL fines ACME", "--link", "https://www.cnil.fr/x", "--date", "2024-09-30")
NAME = "content/2024-09-30-cnil-fines-acme.md"


def test_it_prints_the_file_and_what_was_filled_in(project: Project) -> None:
    result = digest("new", "-C", project.folder, *ASKED)
    assert (result.exit_code, result.stdout) == (0, f"{project.folder / NAME}\n")
    assert result.stderr.splitlines() == [
        "digest: authority cnil, since cnil.fr is the site of National Commission on Informatics and Liberty",
        "digest: country FR, the authority's",
    ]
    assert project.build(strict=True).notes == 1


def test_as_json(project: Project) -> None:
    result = digest("new", "-C", project.folder, *ASKED, "--draft", "--format", "json")
    assert json.loads(result.stdout) == {
        "file": str(project.folder / NAME),
        "title": "CNIL fines ACME",
        "date": "2024-09-30",
        "authority": "cnil",
        "country": "FR",
        "draft": True,
    }
    assert result.stderr == ""


def test_a_note_that_is_there_is_not_overwritten(project: Project) -> None:
    project.write({NAME: "mine"})
    result = digest("new", "-C", project.folder, *ASKED)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"{NAME}: error: a note of this name is there already; edit that, or")
    assert (project.folder / NAME).read_text() == "mine"


def test_wrong_options_are_told_all_at_once(project: Project) -> None:
    result = digest("new", "-C", project.folder, "T", "--date", "30/9/24", "--fine", "5", "--country", "XX")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.splitlines() == [
        "--country: error: expected an ISO 3166-1 alpha-2 code such as FR, or EU, found 'XX' [bad-country]",
        "--date: error: expected an ISO date such as 2024-09-30, found '30/9/24' [bad-date]",
        "--fine: error: '5' says no currency; add its ISO 4217 code, such as 5 EUR [bad-fine]",
        "digest: 3 errors: no note was made",
    ]


def test_without_a_title_it_says_where_one_comes_from(project: Project) -> None:
    result = digest("new", "-C", project.folder)
    assert result.exit_code == 2
    assert "TITLE: error: a note needs a title; write it after the command" in result.stderr


def test_outside_a_project_it_says_so(tmp_path: Path) -> None:
    result = digest("new", "-C", tmp_path, "T")
    assert result.exit_code == 2
    assert "this is not a project; make one with 'digest init'" in result.stderr


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An editor that adds a line."""
    script = tmp_path / "editor.py"
    script.write_text("import sys\nopen(sys.argv[1], 'a').write('- Edited.\\n')")
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", f"{sys.executable} {script}")
    return script


def test_it_opens_the_editor(project: Project, editor: Path) -> None:
    assert digest("new", "-C", project.folder, *ASKED, "--edit").exit_code == 0
    assert (project.folder / NAME).read_text("utf-8").endswith("---\n\n- Edited.\n")


def test_an_editor_that_is_not_there_is_told_of_and_the_note_stays(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISUAL", "no-such-editor")
    result = digest("new", "-C", project.folder, *ASKED, "--edit")
    assert result.exit_code == 3
    assert "was made, but can't be opened: " in result.stderr
    assert "set EDITOR to your editor's command" in result.stderr
    assert (project.folder / NAME).is_file()


def test_title_and_date_are_read_from_a_page(project: Project) -> None:
    with Web() as web:
        text = '<title>A fine</title><meta property="article:published_time" content="2024-09-30">'
        url = web.page("/a", text, content_type="text/html")
        result = digest("new", "-C", project.folder, "--from", url)
    assert (result.exit_code, result.stdout) == (0, f"{project.folder / 'content/2024-09-30-a-fine.md'}\n")
    assert "digest: date 2024-09-30, when the page says it was published" in result.stderr
    assert f"links:\n  - {url}\n" in (project.folder / "content/2024-09-30-a-fine.md").read_text("utf-8")


def test_a_page_that_can_not_be_read_gives_status_3_and_no_note(project: Project) -> None:
    with Web() as web:
        result = digest("new", "-C", project.folder, "--from", web("/gone"))
    assert result.exit_code == 3
    assert "can't be read: the server answers 404 Not Found" in result.stderr
    assert not list((project.folder / "content").iterdir())


def test_what_may_be_several_may_be_given_several_times(project: Project) -> None:
    several = ("--tag", "a, b", "--tag", "c", "--fine", "5 EUR", "--fine", "6 GBP", "--organisation", "X, Inc.")
    assert digest("new", "-C", project.folder, *ASKED, *several, "--no-hints").exit_code == 0
    text = (project.folder / NAME).read_text("utf-8")
    assert "tags:\n  - a\n  - b\n  - c\n" in text
    assert "fine:\n  - 5 EUR\n  - 6 GBP\n" in text
    assert "organisation: X, Inc.\n" in text
    assert "#" not in text


def test_a_date_in_the_future_is_told(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1735689600")
    result = digest("new", "-C", project.folder, "T", "--date", "2025-01-02")
    assert result.stderr == (
        "digest: date 2025-01-02, which is in the future: until then, digest build leaves the note out\n"
    )
    assert "future" not in digest("new", "-C", project.folder, "U", "--date", "2025-01-01").stderr
