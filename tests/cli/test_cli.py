from __future__ import annotations

import io
import json
import re
import shlex
import sys
from typing import TYPE_CHECKING, Any, cast

import pytest

from compliance_digest import __version__
from compliance_digest.cli import main
from compliance_digest.problems import DigestError, OutputRefused
from tests.cli.helpers import digest
from tests.projects import command, finished, note, settings

if TYPE_CHECKING:
    from pathlib import Path

    from tests.projects import Project

BAD = {
    "content/b.md": note(date="30/9/24", country="UK"),
    "content/a.md": note(date="30/9/24", colour="red"),
    "content/c.md": note(links=None),
}
TOLD = """\
content/a.md:3:7: error: date: expected an ISO date such as 2024-09-30, found '30/9/24' [bad-date]
content/a.md:5:.* [unknown-field]
content/b.md:3:7: error: date: expected an ISO date such as 2024-09-30, found '30/9/24' [bad-date]
content/b.md:5:10: error: country: .*; did you mean 'GB'? [bad-country]
content/c.md:1: warning: the note names no source; add its address under links [no-source]
digest: 3 errors, 2 warnings: nothing was published
"""


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--help"], ["build", "clean", "init", "--version"]),
        (["-h"], ["build", "clean", "init"]),
        (["build", "--help"], ["--output", "--base-url", "--drafts", "--future", "--strict", "--jobs", "--fresh"]),
        (["build", "--help"], ["--project", "--quiet", "--verbose", "--format"]),
        (["init", "--help"], ["FOLDER"]),
        (["clean", "--help"], ["--output"]),
    ],
)
def test_help(arguments: list[str], words: list[str]) -> None:
    result = digest(*arguments)
    assert result.exit_code == 0
    assert result.stdout.startswith("Usage: digest ")
    assert all(word in result.stdout for word in words)


def test_version() -> None:
    assert digest("--version").stdout == f"digest, version {__version__}\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["biuld"],
        ["build", "--nothing"],
        ["build", "extra"],
        ["build", "--jobs", "0"],
        ["build", "--jobs", "many"],
        ["build", "--format", "xml"],
        ["init"],
        ["clean", "--drafts"],
    ],
)
def test_wrong_usage(arguments: list[str]) -> None:
    result = digest(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Usage: digest" in result.stderr


def test_a_build(project: Project) -> None:
    result = digest("build", "-C", project.write({"content/a.md": note()}).folder)
    count = len(project.published())
    assert (result.exit_code, result.stderr) == (0, "")
    summary, front_page = result.stdout.splitlines()
    assert re.fullmatch(rf"1 note read; files: {count} written, 0 unchanged, 0 removed; \d+\.\d\d s", summary)
    assert front_page == f"The front page is at {(project.site / 'index.html').as_uri()}"


@pytest.mark.parametrize("before", [True, False], ids=["before", "after"])
@pytest.mark.parametrize("option", ["-C", "--project"])
def test_a_projects_folder_stands_before_or_after_the_command(project: Project, option: str, *, before: bool) -> None:
    place = [option, project.folder]
    assert digest(*([*place, "build"] if before else ["build", *place])).exit_code == 0
    assert (project.site / "index.html").is_file()
    assert digest(*([*place, "clean"] if before else ["clean", *place])).exit_code == 0
    assert not (project.site / "index.html").exists()


def test_the_project_is_the_folder_one_is_in(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project.folder)
    assert digest("build").exit_code == 0
    assert (project.site / "index.html").is_file()


def test_options_of_a_build(project: Project, tmp_path: Path) -> None:
    project.write({"content/a.md": note(draft=True), "content/b.md": note(date="2031-01-01")})
    options = ["--drafts", "--future", "--jobs", "1", "--base-url", "https://other.example/", "-o", tmp_path / "out"]
    result = digest("build", "-C", project.folder, *options)
    assert result.stdout.startswith("2 notes read")
    assert "https://other.example/sitemap.xml" in (tmp_path / "out/robots.txt").read_text()
    again = digest("build", "-C", project.folder, *options, "--fresh", "-v")
    assert "  index.html: asked for by --fresh" in again.stdout


def test_a_build_makes_a_search_unless_it_is_left_out(project: Project) -> None:
    project.write({"content/a.md": note()})
    assert "  pagefind: new" in digest("build", "-C", project.folder, "-v").stdout
    assert (project.site / "search/index.html").is_file()
    assert "pagefind" not in digest("build", "-C", project.folder, "-v", "--no-search").stdout
    assert not (project.site / "search").exists()
    assert not (project.site / "pagefind").exists()


def test_a_search_that_can_not_be_made_is_told_with_what_to_do(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pagefind_bin.get_executable", lambda: "/nowhere/pagefind")
    result = digest("build", "-C", project.write({"content/a.md": note()}).folder)
    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr.startswith("digest: Pagefind, which makes the search index, can't be run")
    assert "--no-search" in result.stderr
    assert "Traceback" not in result.stderr
    assert project.published() == set()


def test_problems_are_sorted_then_counted(project: Project) -> None:
    result = digest("build", "-C", project.write(BAD).folder)
    assert (result.exit_code, result.stdout) == (1, "")
    for line, pattern in zip(result.stderr.splitlines(), TOLD.splitlines(), strict=True):
        start, _, end = pattern.partition(".*")
        assert line.startswith(start)
        assert line.endswith(end)
    assert not project.site.exists()


def test_warnings_are_told_and_counted(project: Project) -> None:
    result = digest("build", "-C", project.write({"content/a.md": note(links=None)}).folder)
    assert result.exit_code == 0
    assert result.stderr.splitlines() == [
        "content/a.md:1: warning: the note names no source; add its address under links [no-source]",
        "digest: 1 warning",
    ]
    strict = digest("build", "-C", project.folder, "--strict")
    assert (strict.exit_code, strict.stdout) == (1, "")
    assert strict.stderr.splitlines()[-1] == "digest: 1 warning: nothing was published"


@pytest.mark.parametrize(
    ("files", "settings_", "status", "problems"),
    [
        pytest.param({"content/a.md": note()}, settings(), 0, 0, id="done"),
        pytest.param({"content/a.md": note(links=None)}, settings(), 0, 1, id="a warning"),
        pytest.param(BAD, settings(), 1, 5, id="errors in notes"),
        pytest.param({}, "[site]\ntitle = 1\nbase_url = 'x'\n", 2, 2, id="errors in settings"),
        pytest.param({}, "title", 2, 1, id="no settings"),
        pytest.param({"templates/404.html": "{{ nothing }}"}, settings(), 2, 1, id="an error in a template"),
        pytest.param({"site/index.html": "mine"}, settings(), 3, 1, id="foreign files in the way"),
        pytest.param({"site": "mine"}, settings(), 2, 1, id="a file where the site is to go"),
    ],
)
def test_json(project: Project, files: dict[str, Any], settings_: str, status: int, problems: int) -> None:
    """A problem is one object a line on standard error, the result one on standard output."""
    project.write({**files, "digest.toml": settings_})
    result = digest("build", "-C", project.folder, "--format", "json")
    assert result.exit_code == status
    objects = [json.loads(line) for line in result.stderr.splitlines()]
    assert len(objects) == problems
    for each in objects:
        assert list(each) == ["file", "line", "column", "severity", "code", "message", "hint"]
        assert isinstance(each["line"], int)
        assert each["severity"] in ("error", "warning")
    if status < 2:
        (line,) = result.stdout.splitlines()
        found = json.loads(line)
        assert list(found) == ["notes", "written", "unchanged", "removed", "problems", "seconds"]
        assert found["problems"] == problems
        assert found["notes"] == (status == 0)
        assert isinstance(found["seconds"], float)
        assert found["written"] == len(project.published())
    else:
        assert result.stdout == ""


def test_github_annotations(project: Project) -> None:
    result = digest("build", "-C", project.write(BAD).folder, "--format", "github")
    assert result.exit_code == 1
    lines = result.stderr.splitlines()
    assert lines[0] == (
        "::error file=content/a.md,line=3,col=7::"
        "date: expected an ISO date such as 2024-09-30, found '30/9/24' [bad-date]"
    )
    assert lines[4].startswith("::warning file=content/c.md,line=1,col=1::")
    assert len(lines) == 5


def test_a_message_can_not_pose_as_another_one(project: Project) -> None:
    files = {"content/a,b%.md": note(date="x\n::error::y%0A\x1b[31m")}
    for form in ("github", "text", "json"):
        result = digest("build", "-C", project.write(files).folder, "--format", form)
        assert len(result.stderr.splitlines()) == (2 if form == "text" else 1)
    assert digest("build", "-C", project.folder, "--format", "github").stderr.startswith(
        "::error file=content/a%2Cb%25.md,line=3"
    )


@pytest.mark.parametrize("form", ["text", "json", "github"])
def test_quiet(project: Project, form: str) -> None:
    project.write({"content/a.md": note(links=None)})
    result = digest("build", "-C", project.folder, "-q", "--format", form)
    assert result.exit_code == 0
    assert len(result.stderr.splitlines()) == 1
    assert "no-source" in result.stderr
    assert len(result.stdout.splitlines()) == (1 if form == "json" else 0)
    bad = digest("build", "-C", project.write(BAD).folder, "--quiet")
    assert (bad.exit_code, bad.stdout) == (1, "")
    assert "bad-date" in bad.stderr


def test_verbose_says_why_a_file_was_made_and_how_long_it_took(project: Project) -> None:
    project.write({"content/a.md": note()})
    assert "  2024/09/30/a/index.html: new\n" in digest("build", "-C", project.folder, "-v").stdout
    (project.site / "404.html").write_text("mine")
    project.write({"content/a.md": note("Other text.")})
    lines = digest("build", "-C", project.folder, "--verbose").stdout.splitlines()
    assert "  404.html: the file was altered or deleted since" in lines
    assert "  2024/09/30/a/index.html: its inputs changed" in lines
    assert [line.split()[0] for line in lines if line.endswith(" s") and line.startswith("   ")] == [
        "read", "gather", "plan", "publish",
    ]  # fmt: skip


class Terminal(io.StringIO):
    """A standard error that people look at."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("patience", "kind", "options", "shown"),
    [
        pytest.param(0, Terminal, [], True, id="on a terminal"),
        pytest.param(60, Terminal, [], False, id="not for what is done at once"),
        pytest.param(0, io.StringIO, [], False, id="not in a file"),
        pytest.param(0, Terminal, ["-q"], False, id="not where quiet is asked for"),
        pytest.param(0, Terminal, ["--format", "json"], False, id="not in JSON"),
    ],
)
def test_progress(
    project: Project,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    *,
    patience: int,
    kind: type[io.StringIO],
    options: list[str],
    shown: bool,
) -> None:
    project.write({"content/a.md": note(), "content/b.md": note()})
    monkeypatch.setattr("compliance_digest.cli.progress._PATIENCE", patience)
    monkeypatch.setattr("sys.stderr", kind())
    main(["build", "-C", str(project.folder), *options], standalone_mode=False)
    written = cast("io.StringIO", sys.stderr).getvalue()
    assert ("reading" in written, "publishing" in written) == (shown, shown)
    assert shown or not written
    assert "publishing" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["build", "-C", "{tmp}/nothing"], 2, "this is not a project; make one with 'digest init'"),
        (["build", "-C", "{tmp}/a\nb"], 2, "this is not a project"),
        (["build", "-C", "{project}", "-o", "{project}"], 2, "can't be the output folder"),
        (["build", "-C", "{project}", "-o", "/"], 2, "it is the root of the file system"),
        (["build", "-C", "{project}", "--base-url", "x"], 2, "--base-url: error: expected the site's address"),
        (["build", "-C", "{project}", "-o", "{tmp}/foreign"], 3, "there are things in the way that no build put there"),
        (["build", "-C", "{project}", "-o", "{tmp}/file/site"], 2, "is not a folder"),
        (["build", "-C", "{tmp}/notes-a-file"], 3, "digest: "),
        (["init", "{project}"], 2, "digest.toml is there already"),
        (["init", "{tmp}/file"], 2, "is there already"),
        (["init", "{tmp}/file/new"], 3, "digest: the file system failed"),
        (["clean", "-C", "{project}", "-o", "{project}"], 2, "can't be the output folder"),
        (["clean", "-C", "{tmp}", "-o", "{tmp}/damaged"], 3, "manifest.json is damaged"),
    ],
)
def test_what_goes_wrong_is_told_in_a_sentence(
    project: Project, tmp_path: Path, arguments: list[str], status: int, words: str
) -> None:
    project.write({"content/a.md": note()})
    (tmp_path / "foreign").mkdir()
    (tmp_path / "foreign" / "index.html").write_text("mine")
    (tmp_path / "file").write_text("mine")
    (tmp_path / "damaged" / ".digest").mkdir(parents=True)
    (tmp_path / "damaged" / ".digest" / "manifest.json").write_text("{")
    (tmp_path / "notes-a-file").mkdir()
    (tmp_path / "notes-a-file" / "content").write_text("x")
    (tmp_path / "notes-a-file" / "digest.toml").write_text(settings())
    filled = [argument.format(tmp=tmp_path, project=project.folder) for argument in arguments]
    result = digest(*filled)
    assert (result.exit_code, result.stdout) == (status, "")
    assert words in result.stderr
    assert "digest: " in result.stderr
    as_json = digest(*filled, "--format", "json")
    assert as_json.exit_code == status
    assert all(json.loads(line)["severity"] == "error" for line in as_json.stderr.splitlines())
    assert as_json.stderr


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (DigestError("it went wrong"), 3),
        (OutputRefused("no\nroom"), 3),
        (PermissionError(13, "Permission denied", "/x"), 3),
        (OSError("disk"), 3),
        (FileNotFoundError(2, "No such file", "/x"), 3),
    ],
)
def test_no_traceback_whatever_fails(
    project: Project, monkeypatch: pytest.MonkeyPatch, error: Exception, status: int
) -> None:
    def fail(*_arguments: object, **_options: object) -> None:
        raise error

    monkeypatch.setattr("compliance_digest.build.load_settings", fail)
    for form in ("text", "json", "github"):
        result = digest("build", "-C", project.folder, "--format", form)
        assert (result.exit_code, result.stdout) == (status, "")
        assert result.stderr


def test_init_makes_a_project_that_builds(tmp_path: Path) -> None:
    folder = tmp_path / "a digest"
    result = digest("init", folder)
    assert (result.exit_code, result.stderr) == (0, "")
    *made, last = result.stdout.splitlines()
    assert {line.removeprefix("made ") for line in made} == {str(file) for file in folder.rglob("*") if file.is_file()}
    assert last == f"Next: cd {shlex.quote(str(folder))} && digest serve"
    built = digest("build", "-C", folder, "--strict")
    assert (built.exit_code, built.stderr) == (0, "")


def test_clean_removes_what_was_built_and_nothing_else(project: Project) -> None:
    project.built({"content/a.md": note(), "site/README.md": "mine", "site/tags/mine.txt": "mine"})
    count = len(project.published()) - 2
    result = digest("clean", "-C", project.folder)
    assert (result.exit_code, result.stdout, result.stderr) == (0, f"{count} files removed\n", "")
    assert project.published() == {"README.md", "tags/mine.txt"}
    assert not (project.site / ".digest").exists()
    assert (project.folder / "content/a.md").is_file()
    assert digest("clean", "-C", project.folder).stdout == "0 files removed\n"


def test_clean_of_another_folder(project: Project, tmp_path: Path) -> None:
    project.build(output=tmp_path / "out")
    assert digest("clean", "-C", project.folder, "-o", tmp_path / "out", "-q").stdout == ""
    assert list((tmp_path / "out").iterdir()) == []


def test_a_real_process(project: Project) -> None:
    project.write(BAD)
    status, out, err = finished(command("-C", project.folder, "build", FORCE_COLOR="1"))
    assert (status, out) == (1, "")
    assert err.splitlines()[-1] == TOLD.splitlines()[-1]
    assert "\x1b" not in err
    for name in ("a", "b", "c"):
        (project.folder / f"content/{name}.md").unlink()
    status, out, err = finished(command("build", cwd=project.folder, NO_COLOR="1", LC_ALL="C"))
    assert (status, err) == (0, "")
    assert out.startswith("0 notes read")
    assert "\x1b" not in out


def test_names_that_a_terminal_can_not_show(project: Project) -> None:
    project.write({"content/größe.md": note("[it](größe.pdf)\n"), "content/größe.pdf": "x"})
    process = command("build", "-v", cwd=project.folder, PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    status, out, err = finished(process)
    assert (status, err) == (0, "")
    assert "1 note read" in out


@pytest.mark.parametrize("arguments", [["--help"], ["build", "--help"], ["serve", "--help"], ["--version"]])
def test_help_comes_at_once(arguments: list[str]) -> None:
    """What takes long to import is imported where it is needed."""
    script = f"""
import sys
from compliance_digest.cli import main
try:
    main({arguments})
finally:
    late = {{"markdown", "lxml", "feedgen", "pydantic", "jinja2", "babel", "yaml", "nh3", "watchfiles", "http"}}
    assert not late & sys.modules.keys(), late & sys.modules.keys()
"""
    status, _, err = finished(command(script=script))
    assert (status, err) == (0, "")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shell_completion(shell: str) -> None:
    status, out, err = finished(command(_DIGEST_COMPLETE=f"{shell}_source"))
    assert (status, err) == (0, "")
    assert "_DIGEST_COMPLETE" in out


def test_init_for_github_pages_says_where_it_is_told_what_the_workflow_needs(tmp_path: Path) -> None:
    result = digest("init", "-C", tmp_path, "new", "--with-github-pages")
    workflow = tmp_path / "new/.github/workflows/publish.yml"
    assert result.exit_code == 0
    assert f"What the workflow needs before its first run is said at the top of {workflow}\n" in result.stdout
    assert workflow.is_file()
