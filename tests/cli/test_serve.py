"""`digest serve` in a process of its own, as an editor starts it."""

from __future__ import annotations

import json
import re
import signal
from typing import TYPE_CHECKING
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from tests.cli.helpers import digest
from tests.projects import command, note, settings
from tests.serving import PORT, SITE, serving

if TYPE_CHECKING:
    from pathlib import Path

    from tests.projects import Project


def read(url: str) -> str:
    with urlopen(url, timeout=10) as response:
        return str(response.read().decode())


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=lambda each: each.name)
def test_it_serves_until_it_is_ended_and_leaves_nothing_behind(
    project: Project, tmp_path: Path, number: signal.Signals
) -> None:
    project.write({"content/a.md": note(title="One & only"), "content/b.md": note(title="Draft", draft=True)})
    with serving(project, "--no-search", temporary=tmp_path / "temporary") as terminal:
        url = terminal.url
        assert "One &amp; only" in read(url)
        assert "This note is a draft" in read(f"{url}2024/09/30/b/")
        assert f"{url}2024/09/30/b/" in read(f"{url}feed.xml")
        assert len(list((tmp_path / "temporary").iterdir())) == 1
        terminal.ends(number)
        assert terminal.rest(terminal.err) == []
    assert list((tmp_path / "temporary").iterdir()) == []
    assert not project.site.exists()
    assert {each.name for each in (project.folder / ".digest").iterdir()} == {".gitignore", "cache.sqlite"}


def test_what_is_wrong_is_told_as_it_comes_and_goes(project: Project, tmp_path: Path) -> None:
    project.write({"content/a.md": note(), "content/b.md": note(links=None)})
    with serving(project, "--no-search", temporary=tmp_path / "temporary") as terminal:
        url = terminal.url
        assert "[no-source]" in terminal.err.get(timeout=10)
        project.write({"content/a.md": note(date="30/9/24")})
        assert terminal.err.get(timeout=10).startswith("content/a.md:3:7: error: date: expected an ISO date")
        assert "[no-source]" in terminal.err.get(timeout=10)
        assert terminal.err.get(timeout=10) == "digest: 1 error, 1 warning: nothing was published"
        assert terminal.out.get(timeout=10) == "The pages stay as they are until that is mended."
        assert "A note" in read(f"{url}2024/09/30/a/")
        project.write({"content/a.md": note(title="Mended")})
        assert terminal.out.get(timeout=10).startswith("2 notes read; files: ")
        assert "Mended" in read(f"{url}2024/09/30/a/")
        terminal.ends(signal.SIGINT)
        assert terminal.rest(terminal.err) == []


def test_it_comes_up_though_nothing_can_be_built_and_outlives_the_project(project: Project, tmp_path: Path) -> None:
    project.write({"digest.toml": "[site]\ntitle = 1\n", "content/a.md": note()})
    with serving(project, "--no-search", temporary=tmp_path / "temporary") as terminal:
        assert terminal.out.get(timeout=20) == "There is nothing to see until that is mended."
        url = terminal.url
        with pytest.raises(HTTPError, match="503"):
            read(url)
        project.write({"digest.toml": settings()})
        assert terminal.out.get(timeout=10).startswith("1 note read")
        assert "A note" in read(url)
        project.folder.rename(tmp_path / "away")
        assert terminal.out.get(timeout=10) == "The pages stay as they are until that is mended."
        assert "A note" in read(url)
        (tmp_path / "away").rename(project.folder)
        project.write({"content/a.md": note(title="Back again")})
        while "Back again" not in read(url):
            terminal.out.get(timeout=10)
        terminal.ends(signal.SIGTERM)
        errors = terminal.rest(terminal.err)
    assert "digest: 1 error: digest.toml has errors" in errors
    assert any(f"no digest.toml in {project.folder}: this is not a project" in line for line in errors)
    assert not any("Traceback" in line for line in errors)


def test_json(project: Project, tmp_path: Path) -> None:
    project.write({"content/a.md": note()})
    with serving(project, "--no-search", "--format", "json", temporary=tmp_path / "temporary") as terminal:
        report, address = (json.loads(terminal.out.get(timeout=20)) for _ in range(2))
        assert (report["notes"], report["problems"]) == (1, 0)
        assert "A note" in read(address["address"])
        project.write({"content/a.md": note(date="x")})
        assert json.loads(terminal.err.get(timeout=10))["code"] == "bad-date"
        terminal.ends(signal.SIGINT)


def test_a_taken_port_and_a_network_are_told(project: Project, tmp_path: Path) -> None:
    project.write({"content/a.md": note()})
    with serving(project, "--no-search", temporary=tmp_path / "first") as first:
        port = re.search(r":(\d+)/", first.url)
        assert port
        with serving(
            project, "--no-search", "--port", port[1], "--bind", "0.0.0.0", temporary=tmp_path / "second"
        ) as second:
            lines = [second.out.get(timeout=20) for _ in range(3)]
            assert lines[1] == f"Port {port[1]} is taken."
            assert SITE.match(lines[2])
            assert "whoever reaches this machine over the network can read drafts" in second.err.get(timeout=10)
            second.ends(signal.SIGINT)
        first.ends(signal.SIGINT)


def test_a_browser_is_opened_where_there_is_one(project: Project, tmp_path: Path) -> None:
    project.write({"content/a.md": note()})
    script = f"""
import click, os, signal
from compliance_digest.cli import main
def launch(url):
    print("opened", url)
    os.kill(os.getpid(), signal.SIGINT)
    return 1
click.launch = launch
main(["serve", "--open", "--no-search", "--port", "{PORT}"], prog_name="digest")
"""
    with command(cwd=project.folder, script=script, TMPDIR=str(tmp_path)) as process:
        out, err = process.communicate(timeout=20)
    assert process.returncode == 0
    assert re.search(r"^opened http://127\.0\.0\.1:\d+/$", out, re.MULTILINE)
    assert err == ""


def test_a_process_that_is_begun_is_not_hit_by_ctrl_c(project: Project, tmp_path: Path) -> None:
    """Ctrl-C goes to all processes that a terminal's program has; none of them may print a traceback."""
    project.write({"content/a.md": note()})
    for delay in (0.05, 0.3, 0.5, 0.7):
        (tmp_path / "temporary").mkdir(exist_ok=True)
        script = f"""
import os, signal, threading
from compliance_digest.desk.serve import serving
from compliance_digest.cli import main
original = serving.Serving.run
def run(self):
    threading.Timer({delay}, lambda: os.killpg(0, signal.SIGINT)).start()
    original(self)
serving.Serving.run = run
os.setsid()
main(["serve", "--port", "{PORT}"], prog_name="digest")
"""
        with command(cwd=project.folder, script=script, TMPDIR=str(tmp_path / "temporary")) as process:
            out, err = process.communicate(timeout=20)
            assert (process.returncode, err) == (0, ""), out
        assert list((tmp_path / "temporary").iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["-C", "{tmp}"], "no digest.toml in {tmp}: this is not a project; make one with 'digest init', or name its"),
        (["--port", "0"], "0 is not in the range 1<=x<=65535"),
        (["--port", "http"], "'http' is not a valid integer"),
        (["--bind", "nowhere.invalid"], "--bind: expected an address of this machine, such as 127.0.0.1, found"),
    ],
)
def test_wrong_usage(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], words: str
) -> None:
    monkeypatch.chdir(project.folder)
    result = digest("serve", *(each.replace("{tmp}", str(tmp_path)) for each in arguments))
    assert result.exit_code == 2
    assert words.replace("{tmp}", str(tmp_path)) in result.stderr
