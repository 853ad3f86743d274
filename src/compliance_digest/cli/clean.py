"""`digest clean`."""

from __future__ import annotations

from pathlib import Path

import click

from compliance_digest.cli.console import Console, common, plural


@click.command()
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The site's folder [default: site].")
@common
def clean(console: Console, output: Path | None) -> None:
    """Remove what builds wrote and what they remember, and nothing else."""
    from compliance_digest.publishing.cleaning import clean as run  # noqa: PLC0415 (late, for a quick --help)
    from compliance_digest.publishing.cleaning import forget  # noqa: PLC0415
    from compliance_digest.publishing.place import OUTPUT, check_place  # noqa: PLC0415
    from compliance_digest.unchanged import STATE  # noqa: PLC0415

    folder = output or console.project / OUTPUT
    check_place(folder, console.project)
    removed = run(folder)
    forget(console.project / STATE)
    console.say(f"{plural(removed, 'file')} removed")
