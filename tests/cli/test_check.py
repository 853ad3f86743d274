"""`digest check` as on a command line."""

from __future__ import annotations

import json
from importlib import import_module
from typing import TYPE_CHECKING

import pytest

from tests.cli.helpers import digest
from tests.desk.servers import Web
from tests.projects import note, settings

if TYPE_CHECKING:
    from pathlib import Path

    from tests.projects import Project

TEXT = "Text. #consent\n"
GOOD = note(TEXT)
MIXED = "---\ndate: 2024-01-01\ntitle: T\nlinks: [https://a.example/]\n---\nText. #consent\n"
DIFF = """\
--- content/a.md
+++ content/a.md
@@ -1,5 +1,5 @@
 ---
+title: T
 date: 2024-01-01
-title: T
 links: [https://a.example/]
 ---
"""


def text(project: Project) -> str:
    return (project.folder / "content/a.md").read_text()


def test_nothing_wrong(project: Project) -> None:
    result = digest("check", "-C", project.write({"content/a.md": GOOD}).folder)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "1 note checked: nothing is wrong\n", "")


def test_warnings_and_errors(project: Project) -> None:
    project.write({"content/a.md": GOOD, "content/b.md": note("Text.\n", links=["https://b.example/"])})
    result = digest("check", "-C", project.folder)
    assert (result.exit_code, result.stdout) == (0, "2 notes checked: 1 warning\n")
    assert result.stderr.startswith("content/b.md:1: warning: no passage of the text has a hashtag")
    assert digest("check", "-C", project.folder, "--strict").exit_code == 1
    result = digest("check", "-C", project.write({"content/c.md": note(date="x")}).folder)
    assert (result.exit_code, result.stdout) == (1, "3 notes checked: 1 error, 1 warning\n")
    assert len(result.stderr.splitlines()) == 2


def test_formats(project: Project) -> None:
    project.write({"content/a.md": MIXED, "content/b.md": note("Text.\n")})
    result = digest("check", "-C", project.folder, "--format", "json")
    told = json.loads(result.stdout)
    assert told.pop("seconds") >= 0
    assert told == {"notes": 2, "errors": 0, "warnings": 1, "problems": 1, "mendable": 1, "mended": 0, "diff": ""}
    assert json.loads(result.stderr)["code"] == "untagged-text"
    result = digest("check", "-C", project.folder, "--format", "github")
    assert result.stderr.startswith("::warning file=content/b.md,line=1,col=1::no passage")
    result = digest("check", "-C", project.folder, "--quiet")
    assert (result.stdout, len(result.stderr.splitlines())) == ("", 1)


def test_fixes_are_shown_and_not_made_where_nobody_can_be_asked(project: Project) -> None:
    result = digest("check", "-C", project.write({"content/a.md": MIXED}).folder)
    assert result.stdout == "1 note checked: nothing is wrong\n1 note can be mended: digest check --fix shows how\n"
    result = digest("check", "-C", project.folder, "--fix")
    assert (result.exit_code, text(project)) == (0, MIXED)
    assert result.stdout == f"{DIFF}1 note checked: nothing is wrong\n"
    assert result.stderr == "digest: nothing was changed: add --yes to change the notes like this\n"


def test_fixes_are_made_with_yes(project: Project) -> None:
    result = digest("check", "-C", project.write({"content/a.md": MIXED}).folder, "--fix", "--yes")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == f"{DIFF}mended content/a.md\n1 note checked: nothing is wrong\n"
    assert text(project) == MIXED.replace("date: 2024-01-01\ntitle: T\n", "title: T\ndate: 2024-01-01\n")
    assert "mended" not in digest("check", "-C", project.folder, "--fix", "--yes").stdout


def test_fixes_for_programs(project: Project) -> None:
    project.write({"content/a.md": MIXED})
    assert digest("check", "-C", project.folder, "--fix", "--format", "json").stderr == ""
    told = json.loads(digest("check", "-C", project.folder, "--fix", "--yes", "--format", "json").stdout)
    assert (told["mendable"], told["mended"], told["diff"]) == (1, 1, DIFF)


@pytest.mark.parametrize(("answer", "changed"), [("y\n", True), ("n\n", False), ("\n", False)])
def test_on_a_terminal_one_is_asked(
    project: Project, monkeypatch: pytest.MonkeyPatch, answer: str, *, changed: bool
) -> None:
    monkeypatch.setattr(import_module("compliance_digest.cli.check"), "_can_be_asked", lambda _: True)
    project.write({"content/a.md": MIXED})
    result = digest("check", "-C", project.folder, "--fix", keyboard=answer)
    assert "Change 1 note like this? [y/N]" in result.stderr
    assert result.exit_code == 0
    assert (text(project) != MIXED) == changed


def test_what_can_not_be_mended_safely_is_told(project: Project) -> None:
    text = note(tags="Health-Data").replace('"Health-Data"', "\n  - Health\n    Data")
    project.write({"digest.toml": settings("[tags.health_data]"), "content/a.md": text})
    result = digest("check", "-C", project.folder, "--fix", "--yes")
    assert "content/a.md:1: warning: this note was not mended: its front matter would say" in result.stderr
    assert (project.folder / "content/a.md").read_text() == text


def test_signs_that_would_move_a_terminals_cursor_are_shown(project: Project) -> None:
    project.write({"content/a.md": MIXED.replace("title: T", "# \u202e\ntitle: T")})
    result = digest("check", "-C", project.folder, "--fix")
    assert "\u202e" not in result.output


def test_yes_without_fix_is_wrong_usage(project: Project) -> None:
    result = digest("check", "-C", project.folder, "--yes")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "--yes says what to do with --fix" in result.stderr


def test_no_project(tmp_path: Path) -> None:
    result = digest("check", "-C", tmp_path)
    assert result.exit_code == 2
    assert "no digest.toml" in result.stderr


def test_links_are_asked_where_that_is_wanted_and_mended(project: Project) -> None:
    with Web() as web:
        old, new = web.page("/old", status=301, location="/new/old"), web.page("/new/old")
        project.write(
            {"digest.toml": settings("[check]\nhttp-link = false\n"), "content/a.md": note(TEXT, links=[old])}
        )
        assert digest("check", "-C", project.folder).stdout == "1 note checked: nothing is wrong\n"
        result = digest("check", "-C", project.folder, "--links", "--fix", "--yes")
        assert result.stderr == (
            f"content/a.md:4:9: warning: {old} leads to {new} for good; write that; 'digest check --links --fix' does"
            " [link-moved]\n"
        )
        assert f'-links: ["{old}"]\n+links: ["{new}"]\n' in result.stdout
        assert text(project) == note(TEXT, links=[new])
        again = digest("check", "-C", project.folder, "--links")
        assert (again.stdout, again.stderr) == ("1 note checked: nothing is wrong\n", "")
