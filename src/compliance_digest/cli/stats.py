"""`digest stats`."""

from __future__ import annotations

import click

from compliance_digest.cli.console import Console, common, print_result


@click.command()
@common
def stats(console: Console) -> None:
    """Print the figures of the published notes.

    These are fines by year, authority, tag, article and currency, actions by month, and the largest fines: those of
    the site's page of statistics. With --format json, all of them are one JSON object.
    """
    from compliance_digest.desk.stats import as_json  # noqa: PLC0415 (late, for a quick --help)
    from compliance_digest.desk.stats import stats as run  # noqa: PLC0415
    from compliance_digest.desk.stats_text import as_text  # noqa: PLC0415

    found = run(console.project)
    console.tell(found.problems)
    if console.form == "json":
        print_result(**as_json(found))
    else:
        console.say(as_text(found))
