"""`digest new`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from compliance_digest.cli import completing
from compliance_digest.cli.console import Console, common, print_result
from compliance_digest.problems import DigestError

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@click.argument("title", required=False)
@click.option("--link", "links", multiple=True, metavar="URL", help="A source; the first is the primary one.")
@click.option("--date", help="The day of the action, such as 2024-09-30 [default: today].")
@click.option("--tag", "tags", multiple=True, help="A topic of the whole note.", shell_complete=completing.tags)
@click.option(
    "--authority",
    metavar="NAME",
    shell_complete=completing.authorities,
    help="Who acted: id or name [default: by the first link's site].",
)
@click.option("--country", metavar="CODE", help="ISO 3166-1 alpha-2, or EU [default: the authority's].")
@click.option("--organisation", multiple=True, metavar="NAME", help="Whom the action was directed against.")
@click.option("--fine", multiple=True, metavar="AMOUNT", help='Such as "800000 EUR" or "€800,000".')
@click.option(
    "--outcome",
    shell_complete=completing.outcomes,
    help="What was decided: fine, reprimand, order …; docs/notes.md lists them.",
)
@click.option("--article", "articles", multiple=True, help='Legal basis, such as "GDPR 5(1)(e)".')
@click.option(
    "--status", shell_complete=completing.statuses, help="What became of it: final, appealed, reduced or annulled."
)
@click.option("--case", help="The authority's own number.")
@click.option("--sector", help="The sector in which the organisation works.")
@click.option("--summary", metavar="TEXT", help="One or two sentences.")
@click.option("--lang", metavar="CODE", help="The note's language, such as fr [default: the site's].")
@click.option("--slug", help="The end of the file's name and of the address [default: from the title].")
@click.option("--draft", is_flag=True, help="Mark the note as a draft, which is not published.")
@click.option("--from", "page", metavar="URL", help="Read title and date from this page, and make it the first source.")
@click.option("--hints/--no-hints", default=True, help="Tell in comments of fields that aren't filled in, or don't.")
@click.option("--edit", is_flag=True, help="Open the note in the editor that VISUAL or EDITOR names.")
@common
def new(console: Console, *, page: str | None, hints: bool, edit: bool, **options: Any) -> None:
    """Start a note called TITLE, filled in from options.

    It is made in content/, named by date and title, and its file is printed. Authority and country are taken from the
    first link where its site is a known authority's. What isn't known is left out. A note that is there is never
    overwritten. Without --draft, the next build publishes it.

    --link, --tag, --organisation, --fine and --article may be given several times.

    Exit status: 0 done; 2 wrong usage or settings, or there is a note of that name; 3 the page can't be read, or the
    file system or the editor failed.
    """
    from compliance_digest.desk.new import new_note  # noqa: PLC0415 (late, for a quick --help)

    asked = {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in options.items()
        if value not in (None, (), False)
    }
    if options["tags"]:
        asked["tags"] = ",".join(options["tags"])  # as in front matter, a comma parts tags
    remarks: list[str] = []
    if page:
        from compliance_digest.desk.source_page import with_page  # noqa: PLC0415

        asked, remarks = with_page(console.project, page, asked)
    made = new_note(console.project, asked, hints=hints)
    console.tell(made.problems)
    if not console.quiet and console.form == "text":
        for remark in (*remarks, *made.remarks):
            console.remark(remark)
    if console.form == "json":
        fields = made.fields
        print_result(
            file=str(made.file),
            title=fields.title,
            date=str(fields.date),
            authority=fields.authority,
            country=fields.country,
            draft=fields.draft,
        )
    console.say(str(made.file))
    if edit:
        _open(made.file)


def _open(file: Path) -> None:
    try:
        click.edit(filename=str(file))
    except click.ClickException as error:
        message = f"{file} was made, but can't be opened: {error.format_message()}; set EDITOR to your editor's command"
        raise DigestError(message) from None
