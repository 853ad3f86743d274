"""`digest build`."""

from __future__ import annotations

import gc
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from compliance_digest.cli.console import Console, common, count, plural, print_report, print_result
from compliance_digest.cli.progress import Progress
from compliance_digest.problems import DigestError

if TYPE_CHECKING:
    from compliance_digest.report import Report


@click.command()
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write the site there [default: site].")
@click.option("--base-url", metavar="URL", help="The site's address, instead of that in digest.toml.")
@click.option("--drafts", is_flag=True, help="Publish drafts as well.")
@click.option("--future", is_flag=True, help="Publish notes dated after today as well.")
@click.option("--strict", is_flag=True, help="Take warnings for errors.")
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="Share the work among N processes [default: as many as there are processors].",
)
@click.option(
    "--no-search", "search", is_flag=True, flag_value=False, default=True, help="Make neither search page nor index."
)
@click.option("--fresh", is_flag=True, help="Make every file again, even those that are up to date.")
@common
def build(console: Console, **options: Any) -> None:
    """Make the site of the notes in content/.

    Exit status: 0 done; 1 the notes have errors, and nothing was published; 2 wrong usage or settings; 3 the file
    system failed.
    """
    from compliance_digest.report import BuildOptions  # noqa: PLC0415 (late, for a quick --help)
    from compliance_digest.unchanged import inputs_of, last_report  # noqa: PLC0415

    started = time.perf_counter()
    asked = BuildOptions(**options)
    inputs = inputs_of(console.project, asked)
    report = last_report(console.project, asked, inputs)
    try:
        if report is None:
            from compliance_digest.build import build as run  # noqa: PLC0415 (later still: it takes long to load)

            with Progress(console) as progress:
                report = run(console.project, asked, progress, inputs)
    except DigestError as error:
        if console.form == "json" and error.status == 1:
            seconds = round(time.perf_counter() - started, 3)
            print_result(notes=0, written=0, unchanged=0, removed=0, problems=len(error.problems), seconds=seconds)
        raise
    gc.freeze()  # or the interpreter would look through all of it before it ends
    console.tell(report.problems)
    for remark in report.remarks:
        console.remark(remark)
    _report(console, report)


def _report(console: Console, report: Report) -> None:
    if console.verbose:
        for each in report.left_out:
            console.say(f"  content/{each.path} is left out: {each.reason}")
        for path, reason in report.reasons:
            console.say(f"  {path}: {reason}")
        for stage, seconds in report.stages:
            console.say(f"  {stage:>8}  {seconds:6.3f} s")
    if console.form == "json":
        print_report(report)
    if report.problems and console.form == "text" and not console.quiet:
        click.echo(f"digest: {count(report.problems)}", err=True)
    files = f"{report.written} written, {report.unchanged} unchanged, {report.removed} removed"
    for reason, number in Counter(each.reason for each in report.left_out).items():
        console.say(f"Left out: {plural(number, 'note')}, since {reason}.")
    console.say(f"{plural(report.notes, 'note')} read; files: {files}; {report.seconds:.2f} s")
    console.say(f"The front page is at {(report.output.resolve() / 'index.html').as_uri()}")
