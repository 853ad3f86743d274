"""`digest schema`."""

from __future__ import annotations

import json

import click

from compliance_digest.cli.console import Console, common


@click.command()
@common
def schema(console: Console) -> None:  # noqa: ARG001 (a schema is the same in every form)
    """Print what front matter may hold, as JSON Schema.

    Editors that know JSON Schema (draft 2020-12) can check a note's front matter by it: see docs/notes.md.
    """
    from compliance_digest.desk.schema import front_matter_schema  # noqa: PLC0415 (late, for a quick --help)

    click.echo(json.dumps(front_matter_schema(), ensure_ascii=False, indent=2))
