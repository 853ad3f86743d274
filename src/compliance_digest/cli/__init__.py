"""Words on the command line to calls, and what came of them to words and exit statuses. No logic."""

from __future__ import annotations

from pathlib import Path

import click

from compliance_digest import __version__
from compliance_digest.cli.build import build
from compliance_digest.cli.check import check
from compliance_digest.cli.clean import clean
from compliance_digest.cli.import_ import import_
from compliance_digest.cli.init import init
from compliance_digest.cli.new import new
from compliance_digest.cli.schema import schema
from compliance_digest.cli.serve import serve
from compliance_digest.cli.stats import stats

_COMMANDS = (build, check, clean, import_, init, new, schema, serve, stats)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="digest")
@click.option("-C", "--project", type=click.Path(path_type=Path), help="The project's folder [default: this one].")
@click.pass_context
def main(context: click.Context, project: Path | None) -> None:
    """Make a site and feeds of notes on privacy enforcement actions."""
    context.obj = project


for _command in _COMMANDS:
    main.add_command(_command)
