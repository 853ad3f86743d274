"""`digest init`."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from compliance_digest.cli.console import Console, common


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--with-github-pages",
    "github_pages",
    is_flag=True,
    help="Add a workflow that checks, builds and publishes the digest; to a project that is there already as well.",
)
@common
def init(console: Console, folder: Path, *, github_pages: bool) -> None:
    """Make a new project in FOLDER: settings with every key explained, and an example note."""
    from compliance_digest.desk.init import init_project  # noqa: PLC0415 (late, for a quick --help)

    folder = console.project / folder
    made = init_project(folder, github_pages=github_pages)
    for file in made:
        console.say(f"made {file}")
    if github_pages:
        console.say(f"What the workflow needs before its first run is said at the top of {made[-1]}")
    console.say(f"Next: cd {shlex.quote(str(folder))} && digest serve")
