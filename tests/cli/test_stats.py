from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.cli.helpers import digest
from tests.projects import note

if TYPE_CHECKING:
    from tests.projects import Project


def test_figures_go_to_standard_output_and_warnings_to_standard_error(project: Project) -> None:
    project.write({"content/a.md": note(links=None, fine="5 EUR")})
    result = digest("stats", "-C", project.folder)
    assert (result.exit_code, result.stdout.splitlines()[:3]) == (
        0,
        ["Actions        1", "With a fine    1", "Sum of fines  €5"],
    )
    assert "[no-source]" in result.stderr


def test_as_json_they_are_one_object_on_one_line(project: Project) -> None:
    (line,) = digest("stats", "-C", project.folder, "--format", "json").stdout.splitlines()
    assert json.loads(line)["actions"] == 0


def test_errors_of_notes_give_status_1_and_no_figures(project: Project) -> None:
    result = digest("stats", "-C", project.write({"content/a.md": note(date="x")}).folder)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.endswith("digest: 1 error: the figures would lack notes that have errors\n")
