"""`digest init`."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from compliance_digest.cli.console import Console, common


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@common
def init(console: Console, folder: Path) -> None:
    """Make a new project in FOLDER: settings with every key explained, and an example note."""
    from compliance_digest.desk.init import init_project  # noqa: PLC0415 (late, for a quick --help)

    folder = console.project / folder
    made = init_project(folder)
    for file in made:
        console.say(f"made {file}")
    console.say(f"Next: cd {shlex.quote(str(folder))} && digest build")
