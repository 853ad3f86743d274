"""What the documentation says is so."""

from __future__ import annotations

import json
import re
import tomllib
import uuid
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args, get_origin
from urllib.parse import unquote

import click
import pytest
import yaml
from jinja2.filters import FILTERS
from pydantic import BaseModel

from compliance_digest.cli import main
from compliance_digest.desk.check.rules import RULES
from compliance_digest.desk.init import init_project
from compliance_digest.notes.fields import NoteFields, SourceFields, UpdateFields
from compliance_digest.notes.note import Outcome, Status
from compliance_digest.outputs.theme import Theme
from compliance_digest.problems import Problem
from compliance_digest.program import built_in_templates
from compliance_digest.settings import Settings
from compliance_digest.settings_file import load_settings
from tests import problems
from tests.cli.helpers import digest
from tests.commands import FILE, written
from tests.problem_examples import EXAMPLES
from tests.projects import Project, note, settings

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
LINK = re.compile(r"\]\(([^()\s]+)\)")


def rows(text: str, header: str) -> dict[str, list[str]]:
    """Return the rows of the table with this first heading: their cells by what the first one has in backticks."""
    (table,) = re.findall(rf"^\| {header} \|.*\n\|[-|]+\n((?:\|.*\n)+)", text, re.MULTILINE)
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()]
    return {name: row for row in cells for name in re.findall(r"`([^`]+)`", row[0])}


def test_the_commands_are_up_to_date() -> None:
    assert FILE.read_text("utf-8") == written(), "run: python -m tests.commands"


def test_the_problems_are_up_to_date() -> None:
    assert problems.FILE.read_text("utf-8") == problems.written(), "run: python -m tests.problems"


def test_every_code_of_a_problem_has_an_example_and_every_example_a_code() -> None:
    assert problems.codes() == EXAMPLES.keys()


def test_all_commands_and_options_are_explained() -> None:
    text = FILE.read_text("utf-8")
    for name, command in main.commands.items():
        assert f"## digest {name}\n" in text
        assert command.help
        for option in command.params:
            if isinstance(option, click.Option):
                assert option.help
                assert all(each in text for each in option.opts)


def test_the_table_of_fields_holds_all_fields_and_no_others() -> None:
    table = rows((ROOT / "docs/notes.md").read_text("utf-8"), "field")
    assert list(table) == list(NoteFields.model_fields)
    for model, field in ((SourceFields, "links"), (UpdateFields, "updates")):
        assert f"{{{', '.join(model.model_fields)}}}" in table[field][1]
    for choices, field in ((Outcome, "outcome"), (Status, "status")):
        assert re.findall(r"`([^`]+)`", table[field][1]) == list(get_args(choices))
    required = [name for name, field in NoteFields.model_fields.items() if field.is_required()]
    assert required == ["title", "date"]


@pytest.mark.parametrize("document", [ROOT / "README.md", ROOT / "docs/notes.md"], ids=lambda path: path.name)
def test_notes_in_the_documentation_are_notes(project: Project, document: Path) -> None:
    notes = re.findall(r"^```markdown\n(---\n.*?)^```", document.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    assert notes
    for number, text in enumerate(notes):
        project.write({f"content/{number}.md": text})
    assert project.build(strict=True).notes == len(notes)


def starter(*, uncommented: bool) -> str:
    """Return the settings of a new project, with those that are commented out or without."""
    text = resources.files("compliance_digest.desk").joinpath("starter/digest.toml").read_text("utf-8")
    text = text.replace("{id}", str(uuid.uuid4()))
    return re.sub(r"^# (?=\[|[\w-]+ = )", "", text, flags=re.MULTILINE) if uncommented else text


def test_a_new_projects_settings_explain_every_setting() -> None:
    values = tomllib.loads(starter(uncommented=True))
    assert set(keys(values)) == set(settings_of(Settings))
    for block in starter(uncommented=True).split("\n\n"):
        assert re.search(r"^#", block, re.MULTILINE) or block.startswith("[site]"), block


def test_what_is_commented_out_in_a_new_projects_settings_are_the_defaults() -> None:
    values = Settings.model_validate(tomllib.loads(starter(uncommented=False)))
    everything = Settings.model_validate(tomllib.loads(starter(uncommented=True)))
    assert everything.feeds.model_copy(update={"hub": None}) == values.feeds
    assert (everything.pages, everything.editions) == (values.pages, values.editions)
    assert everything.check == values.check
    assert (everything.site.language, everything.site.timezone) == (values.site.language, values.site.timezone)


FREE = [("rates", "units"), ("import", "feeds")]
"""Tables whose keys, currencies and authorities, are not settings themselves."""


def keys(values: dict[str, Any], *way: str) -> Iterator[tuple[str, ...]]:
    for key, value in values.items():
        if isinstance(value, dict) and (*way, key) not in FREE:
            yield from keys(value, *way, "*" if way else key)
        else:
            yield (*way, key)


def settings_of(model: type[BaseModel], *way: str) -> Iterator[tuple[str, ...]]:
    for name, field in model.model_fields.items():
        types = [field.annotation, *get_args(field.annotation)]
        table = next((each for each in types if isinstance(each, type) and issubclass(each, BaseModel)), None)
        key = field.alias or name
        if table is None:
            yield (*way, key)
        else:
            yield from settings_of(table, *way, key, *(["*"] if get_origin(field.annotation) is dict else []))


def test_the_table_of_templates_holds_all_templates() -> None:
    table = rows((ROOT / "docs/theming.md").read_text("utf-8"), "template")
    assert set(table) == {file.name for file in built_in_templates().glob("*.html")} - {"base.html"}


def test_all_filters_of_templates_are_explained(project: Project) -> None:
    (named,) = re.findall(r"\*\*Filters\*\*:(.*?)\n\n", (ROOT / "docs/theming.md").read_text("utf-8"), re.DOTALL)
    filters = Theme(load_settings(project.folder)[0], project.folder)._environment.filters
    assert set(re.findall(r"`(\w+)`", named)) == filters.keys() - FILTERS.keys()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_in_the_documentation_lead_somewhere(document: Path) -> None:
    text = re.sub(r"```.*?```|`[^`]*`", "", document.read_text("utf-8"), flags=re.DOTALL)
    for link in LINK.findall(text):
        if "://" in link:
            continue
        path, _, fragment = unquote(link).partition("#")
        target = document.parent / path if path else document
        assert target.exists(), link
        assert not fragment or fragment in anchors(target), link


def anchors(document: Path) -> set[str]:
    """Return the anchors that GitHub gives a document's headings."""
    headings = re.findall(r"^#+ (.*)$", document.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_the_readmes_problems_are_what_a_build_says(project: Project) -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    told = re.findall(r"^content/\S+: error: (.*)$", text, re.MULTILINE)
    project.write({"digest.toml": settings(), "content/a.md": note(date="20/8/24", fine="4.053.173 PLN")})
    assert [str(problem).split(": error: ")[1] for problem in project.problems()] == told


def test_what_vs_code_is_told_to_look_for_is_what_problems_look_like() -> None:
    tasks, types = re.findall(
        r"^```json\n(.*?)^```", (ROOT / "docs/notes.md").read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    pattern = json.loads(tasks)["tasks"][0]["problemMatcher"]["pattern"]
    for place in ((7, 3), (7, 0), (0, 0)):
        problem = Problem("content/a.md", *place, "warning", "bad-date", "told: so", "write [it]")
        match = re.fullmatch(pattern["regexp"], str(problem))
        assert match
        told = [match[pattern[part]] for part in ("file", "line", "column", "severity", "message", "code")]
        assert told == [
            problem.file,
            *(str(each) if each else None for each in place),
            "warning",
            "told: so; write [it]",
            "bad-date",
        ]
    assert json.loads(types)["types"].keys() < NoteFields.model_fields.keys()


def test_the_hook_that_the_repository_has_is_the_one_that_the_documentation_shows() -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    (shown,) = re.findall(
        r"^```yaml\n(.*?)^```", (ROOT / "docs/publishing.md").read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    (local,) = yaml.safe_load(shown)["repos"][0]["hooks"]
    assert {**hook, "language": "system"} == {**local, "description": hook["description"]}
    assert hook["entry"] == "digest check"
    for path in ("digest.toml", "content/a/b.md", "templates/x.html", "static/x.css"):
        assert re.search(hook["files"], path)
    assert not re.search(hook["files"], "site/index.html")


def test_all_rules_of_checks_are_explained() -> None:
    table = rows((ROOT / "docs/checking.md").read_text("utf-8"), "rule")
    assert list(table) == list(RULES)


def test_the_check_in_the_documentation_is_one_of_a_new_project(tmp_path: Path) -> None:
    init_project(tmp_path)
    result = digest("check", "-C", tmp_path)
    (session,) = re.findall(r"\$ digest check\n(.*?)```", (ROOT / "docs/checking.md").read_text("utf-8"), re.DOTALL)
    assert session == result.stderr + result.stdout.partition("\n")[0] + "\n"
