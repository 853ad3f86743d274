"""What shells offer when the tab key is pressed."""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.commands import FILE
from tests.projects import installed, settings

if TYPE_CHECKING:
    from pathlib import Path

    from tests.projects import Project

LINES = re.findall(r"^\| \w+.* \| `~/.* \| `(.*)` \|$", FILE.read_text("utf-8"), re.MULTILINE)
IN_BASH, IN_ZSH, IN_FISH = (line.replace(r"\|", "|") for line in LINES)
"""The lines that the documentation has users add to their shells' files."""


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """An environment in which `digest` is a command."""
    return {**installed(tmp_path / "bin"), "HOME": str(tmp_path)}


def run(shell: str, script: str, environment: dict[str, str], cwd: Path | None = None) -> list[str]:
    """Return the lines that a shell prints."""
    program = shutil.which(shell)
    if program is None:
        pytest.skip(f"{shell} is not installed")
    command = [program, "-c", script]
    result = subprocess.run(command, env=environment, cwd=cwd, capture_output=True, text=True, timeout=60, check=True)
    assert result.stderr == ""
    return list(filter(None, result.stdout.splitlines()))


def bash(environment: dict[str, str], *words: str, cwd: Path | None = None) -> list[str]:
    """Return what bash offers for the last of these words."""
    typed = " ".join(f"'{word}'" for word in words)
    complete = f"COMP_WORDS=({typed}) COMP_CWORD={len(words) - 1}; _digest_completion digest"
    return run("bash", f"{IN_BASH}; {complete}; printf '%s\\n' \"${{COMPREPLY[@]}}\"", environment, cwd)


def test_bash_completes_commands_and_options(environment: dict[str, str]) -> None:
    assert bash(environment, "digest", "bu") == ["build"]
    assert bash(environment, "digest", "build", "--ba") == ["--base-url"]


def test_fish_completes_commands(environment: dict[str, str]) -> None:
    offered = run("fish", f'{IN_FISH}; complete --do-complete "digest bu"', environment)
    assert [line.split("\t")[0] for line in offered] == ["build"]


def test_zsh_completes_commands(environment: dict[str, str]) -> None:
    script = f"autoload -Uz compinit; compinit -u; {IN_ZSH}; print $_comps[digest]"
    assert run("zsh", script, environment) == ["_digest_completion"]
    asked = "COMP_WORDS='digest bu' COMP_CWORD=1 _DIGEST_COMPLETE=zsh_complete digest"
    assert run("zsh", asked, environment)[:2] == ["plain", "build"]


def test_values_are_completed(environment: dict[str, str], project: Project) -> None:
    own = '[tags.cookies]\n[tags.consent]\n[authorities.cnil-of-ours]\nshort = "X"'
    project.write({"digest.toml": settings(own)})
    cases = {
        "--tag": ("coo", ["cookies"]),
        "--authority": ("cni", ["cnil", "cnil-of-ours"]),
        "--outcome": ("no", ["no-violation"]),
        "--status": ("", ["annulled", "appealed", "final", "reduced"]),
    }
    for option, (begun, offered) in cases.items():
        assert bash(environment, "digest", "new", "T", option, begun, cwd=project.folder) == offered
    assert bash(environment, "digest", "new", "-C", str(project.folder), "--tag", "coo") == ["cookies"]


def test_without_a_project_there_are_no_tags_and_no_error(environment: dict[str, str], tmp_path: Path) -> None:
    assert bash(environment, "digest", "new", "--tag", "", cwd=tmp_path) == []


def test_what_can_be_imported_is_completed(environment: dict[str, str], project: Project) -> None:
    project.write({"digest.toml": settings('[import.feeds]\ncniel = "https://a.example/"\n')})
    assert bash(environment, "digest", "import", "cni", cwd=project.folder) == ["cniel", "cnil"]
    asked = "COMP_WORDS='digest import cases' COMP_CWORD=2 _DIGEST_COMPLETE=bash_complete digest"
    assert run("bash", asked, environment, project.folder) == ["file,cases"]
