"""`digest import`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from compliance_digest.cli import completing
from compliance_digest.cli.console import Console, common, count, plural, print_result
from compliance_digest.cli.progress import Progress

if TYPE_CHECKING:
    from compliance_digest.desk.importing import Imported, Outcome


@click.command("import")
@click.argument("sources", nargs=-1, metavar="[SOURCE]...", shell_complete=completing.sources)
@click.option("--list", "listed", is_flag=True, help="Show the feeds that are known, and import nothing.")
@click.option(
    "--map",
    "mappings",
    multiple=True,
    metavar="FIELD=COLUMN",
    help="A table's column that a field is in, where it isn't called like the field; may be given several times.",
)
@click.option(
    "--dates",
    default="",
    metavar="FORMAT",
    help="How a table writes dates, such as %d/%m/%Y [default: ISO 8601, such as 2024-09-30].",
)
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    metavar="N",
    help="Look at the N newest items of each feed, or the N first rows of a table [default: 50, and all].",
)
@click.option("--dry-run", is_flag=True, help="Show what would be made, and make nothing.")
@common
def import_(
    console: Console,
    *,
    sources: tuple[str, ...],
    listed: bool,
    mappings: tuple[str, ...],
    dates: str,
    limit: int | None,
    dry_run: bool,
) -> None:
    """Make drafts in content/inbox/ of what feeds or tables tell of.

    A SOURCE is the id of an authority whose feed is known, the address of an RSS or Atom feed, or a CSV, TSV or JSON
    file. Without one, the feeds that digest.toml names under [import.feeds] are read.

    A table's columns are found by their names: title, date and link must be there; summary, authority, country,
    organisation, fine, tags, articles, outcome, status, case, sector and lang may. Of organisation, fine, tags and
    articles, a cell may hold several, parted by semicolons.

    A draft holds what its source says, and marks it as a quote. Nothing is made twice: imported.txt remembers what was
    made, and sources of notes count too.

    Exit status: 0 done; 2 wrong usage or settings; 3 a feed can't be read, or the file system failed; the other feeds
    are imported all the same.
    """
    from compliance_digest.desk.importing import Asked, import_items  # noqa: PLC0415 (late, for a quick --help)
    from compliance_digest.desk.tables import columns_of  # noqa: PLC0415

    if listed:
        _list(console)
        return
    asked = Asked(sources, columns_of(mappings, dates), limit, dry_run)
    with Progress(console) as progress:
        result = import_items(console.project, asked, lambda done, total: progress("asking", done, total))
    console.tell(result.problems)
    _report(console, result, dry_run=dry_run)
    if any(outcome.failed for outcome in result.outcomes):
        sys.exit(3)


def _report(console: Console, result: Imported, *, dry_run: bool) -> None:
    outcomes = result.outcomes
    drafts = [draft for outcome in outcomes for draft in outcome.drafts]
    if console.form == "json":
        print_result(
            drafts=[draft.path for draft in drafts],
            known=sum(outcome.known for outcome in outcomes),
            left=sum(outcome.left for outcome in outcomes),
            failed=[outcome.source for outcome in outcomes if outcome.failed],
            problems=len(result.problems),
        )
    if result.problems and console.form == "text" and not console.quiet:
        click.echo(f"digest: {count(result.problems)}", err=True)
    for outcome in outcomes:
        if not outcome.failed:
            _report_one(console, outcome)
    made = "would be made" if dry_run else "made"
    console.say(f"{plural(len(drafts), 'draft')} {made}")


def _report_one(console: Console, outcome: Outcome) -> None:
    figures = [plural(len(outcome.drafts), "draft")]
    if outcome.known:
        figures.append(f"{outcome.known} known already")
    if outcome.left:
        figures.append(f"{outcome.left} not looked at (see --limit)")
    console.say(f"{outcome.source}: {', '.join(figures)}")
    for draft in outcome.drafts:
        console.say(f"  {draft.path}")


def _list(console: Console) -> None:
    from compliance_digest.archive.authorities import Authorities  # noqa: PLC0415 (late, for a quick --help)
    from compliance_digest.desk.known_feeds import known_feeds  # noqa: PLC0415
    from compliance_digest.settings_file import load_settings  # noqa: PLC0415

    settings, problems = load_settings(console.project)
    console.tell(problems)
    authorities = Authorities.of(settings.authorities)
    feeds = known_feeds(settings.imports.feeds)
    if console.form == "json":
        print_result(feeds=[{"authority": each.authority, "urls": each.urls, "named": each.named} for each in feeds])
    for each in feeds:
        state = {None: "", True: " [in digest.toml]", False: " [switched off in digest.toml]"}[each.named]
        authority = authorities.by_name(each.authority, None)
        country = f", {authority.country}" if authority.country else ""
        console.say(f"{each.authority} ({authority.short}{country}){state}")
        for url in each.urls:
            console.say(f"  {url}")
