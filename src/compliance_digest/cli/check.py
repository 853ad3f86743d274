"""`digest check`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from compliance_digest.cli.console import Console, common, count, plural, print_result
from compliance_digest.cli.progress import Progress
from compliance_digest.problems import one_line

if TYPE_CHECKING:
    from compliance_digest.desk.check.checker import Checked


@click.command()
@click.option("--strict", is_flag=True, help="Take warnings for errors.")
@click.option("--links", is_flag=True, help="Ask all addresses in notes whether they are still there; see below.")
@click.option("--fix", is_flag=True, help="Mend what is certain, in front matter only, after showing it.")
@click.option("--yes", is_flag=True, help="With --fix: change the files without asking.")
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="Read notes in N processes [default: as many as there are processors].",
)
@common
def check(console: Console, *, strict: bool, links: bool, fix: bool, yes: bool, jobs: int | None) -> None:
    """Tell what is wrong with the notes, drafts and future ones too, and what is doubtful about them.

    That is all that a build would refuse or warn about, and what the rules in [check] of digest.toml find. Nothing is
    published.

    --links asks each address of the notes' front matter and texts, and warns of pages that are gone, that have moved
    for good, and of what gives no answer that tells. Answers that are certain are kept for a day. A host is asked one
    thing at a time.

    --fix writes tags as digest.toml does, puts fields in their documented order and, with --links, gives sources that
    moved their new addresses. It shows what would change, and asks; where there is nobody to ask, nothing is changed
    without --yes.

    Exit status: 0 done, there may be warnings; 1 the notes have errors, or, with --strict, warnings; 2 wrong usage or
    settings; 3 the file system failed.
    """
    from compliance_digest.desk.check.checker import check as run  # noqa: PLC0415 (late, for a quick --help)

    if yes and not fix:
        raise click.UsageError("--yes says what to do with --fix, which is not given")
    with Progress(console) as progress:
        checked = run(console.project, jobs, progress, links=links)
    console.tell(checked.problems)
    for remark in checked.remarks:
        console.remark(remark)
    fixed, diff = _fix(console, checked, yes=yes) if fix else (0, [])
    _report(console, checked, fixed, diff)
    if checked.mendable and not fix:
        console.say(f"{plural(len(checked.mendable), 'note')} can be mended: digest check --fix shows how")
    if any(strict or problem.severity == "error" for problem in checked.problems):
        sys.exit(1)


def _fix(console: Console, checked: Checked, *, yes: bool) -> tuple[int, list[str]]:
    """Show what can be mended and, where that is wanted, mend it; return how many notes were, and the diff."""
    from compliance_digest.desk.check.checker import mended_notes, not_mended  # noqa: PLC0415
    from compliance_digest.desk.check.mending import write  # noqa: PLC0415

    mended, problems = mended_notes(console.project, checked)
    console.tell(problems)
    diff = [one_line(line) for note in mended for line in note.diff()]
    if console.form != "json":
        click.echo("".join(f"{line}\n" for line in diff), nl=False)
    if not mended or not (yes or _is_wanted(console, len(mended))):
        return 0, diff
    written = [note for note in mended if write(console.project, note)]
    console.tell(not_mended(note.file, changed=True) for note in mended if note not in written)
    for note in written:
        console.say(f"mended {note.file}")
    return len(written), diff


def _is_wanted(console: Console, notes: int) -> bool:
    if _can_be_asked(console):
        return click.confirm(f"Change {plural(notes, 'note')} like this?", err=True)
    if console.form != "json":
        click.echo("digest: nothing was changed: add --yes to change the notes like this", err=True)
    return False


def _can_be_asked(console: Console) -> bool:
    return console.form == "text" and sys.stdin.isatty()


def _report(console: Console, checked: Checked, fixed: int, diff: list[str]) -> None:
    severities = [problem.severity for problem in checked.problems]
    if console.form == "json":
        print_result(
            notes=checked.notes,
            errors=severities.count("error"),
            warnings=severities.count("warning"),
            problems=len(severities),
            mendable=len(checked.mendable),
            mended=fixed,
            diff="".join(f"{line}\n" for line in diff),
            seconds=round(checked.seconds, 3),
        )
    console.say(f"{plural(checked.notes, 'note')} checked: {count(checked.problems) or 'nothing is wrong'}")
