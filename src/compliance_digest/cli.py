"""Words on the command line to calls, and what came of them to words and exit statuses. No logic."""

from __future__ import annotations

import gc
import json
import shlex
import sys
import time
from collections import Counter
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from compliance_digest import __version__
from compliance_digest.problems import DigestError, Problem, one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from compliance_digest.problems import Format
    from compliance_digest.report import Report

    Command = Callable[..., None]

_PATIENCE = 0.5
"""Seconds of work after which progress is shown."""


@dataclass(frozen=True, slots=True)
class Console:
    """How a command speaks: results to standard output, problems and progress to standard error."""

    project: Path
    form: Format
    quiet: bool
    verbose: bool

    def say(self, text: str) -> None:
        """Print a result for people; in JSON there are none."""
        if not self.quiet and self.form != "json":
            click.echo(text)

    def tell(self, problems: Iterable[Problem]) -> None:
        """Print problems, sorted, one a line."""
        for problem in sorted(problems):
            click.echo(problem.written(self.form), err=True)

    def stop(self, error: DigestError) -> None:
        """Print why a command stopped."""
        self.tell(error.problems)
        if self.form == "text":
            count = f"{_count(error.problems)}: " if error.problems else ""
            lines = [one_line(line) for line in str(error).split("\n")]
            click.echo("\n".join([f"digest: {count}{lines[0]}", *lines[1:]]), err=True)
        elif not error.problems:
            self.tell([Problem("digest.toml" if error.status == 2 else "", 0, 0, "error", "stopped", str(error))])


def _common(command: Command) -> Command:
    """Give a command the options that all have, and turn what goes wrong into messages and exit statuses."""

    @click.option("-C", "--project", type=click.Path(path_type=Path), help="The project's folder [default: this one].")
    @click.option("-q", "--quiet", is_flag=True, help="Print problems only.")
    @click.option("-v", "--verbose", is_flag=True, help="Print what was done, and why, in detail.")
    @click.option(
        "--format",
        "form",
        type=click.Choice(["text", "json", "github"]),
        default="text",
        show_default=True,
        help="How problems and results are written.",
    )
    @click.pass_context
    @wraps(command)
    def run(
        context: click.Context,
        /,
        *args: Any,
        project: Path | None,
        quiet: bool,
        verbose: bool,
        form: Format,
        **options: Any,
    ) -> None:
        console = Console(project or context.obj or Path(), form, quiet, verbose)
        try:
            command(console, *args, **options)
        except DigestError as error:
            console.stop(error)
            sys.exit(error.status)
        except OSError as error:
            console.stop(DigestError(f"the file system failed: {error}"))
            sys.exit(3)

    return run


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="digest")
@click.option("-C", "--project", type=click.Path(path_type=Path), help="The project's folder [default: this one].")
@click.pass_context
def main(context: click.Context, project: Path | None) -> None:
    """Make a site and feeds of notes on privacy enforcement actions."""
    context.obj = project


@main.command()
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
@_common
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

            with _Progress(console) as progress:
                report = run(console.project, asked, progress, inputs)
    except DigestError as error:
        if console.form == "json" and error.status == 1:
            seconds = round(time.perf_counter() - started, 3)
            _print_result(notes=0, written=0, unchanged=0, removed=0, problems=len(error.problems), seconds=seconds)
        raise
    gc.freeze()  # or the interpreter would look through all of it before it ends
    console.tell(report.problems)
    for remark in report.remarks:
        click.echo(f"digest: {one_line(remark)}", err=True)
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
        _print_result(
            notes=report.notes,
            written=report.written,
            unchanged=report.unchanged,
            removed=report.removed,
            problems=len(report.problems),
            seconds=round(report.seconds, 3),
        )
    if report.problems and console.form == "text" and not console.quiet:
        click.echo(f"digest: {_count(report.problems)}", err=True)
    files = f"{report.written} written, {report.unchanged} unchanged, {report.removed} removed"
    for reason, count in Counter(each.reason for each in report.left_out).items():
        console.say(f"Left out: {_plural(count, 'note')}, since {reason}.")
    console.say(f"{_plural(report.notes, 'note')} read; files: {files}; {report.seconds:.2f} s")
    console.say(f"The front page is at {(report.output.resolve() / 'index.html').as_uri()}")


@main.command()
@click.argument("folder", type=click.Path(path_type=Path))
@_common
def init(console: Console, folder: Path) -> None:
    """Make a new project in FOLDER: settings with every key explained, and an example note."""
    from compliance_digest.desk.init import init_project  # noqa: PLC0415 (late, for a quick --help)

    folder = console.project / folder
    made = init_project(folder)
    for file in made:
        console.say(f"made {file}")
    console.say(f"Next: cd {shlex.quote(str(folder))} && digest build")


@main.command()
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The site's folder [default: site].")
@_common
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
    console.say(f"{_plural(removed, 'file')} removed")


class _Progress:
    """A progress bar on standard error, where that is a terminal and the work takes over half a second."""

    def __init__(self, console: Console) -> None:
        self._shown = sys.stderr.isatty() and not console.quiet and console.form == "text"
        self._start = time.perf_counter()
        self._stage = ""
        self._bar: Any = None

    def __enter__(self) -> Callable[[str, int, int], None]:
        return self.update

    def __exit__(self, *_: object) -> None:
        self._close()

    def update(self, stage: str, done: int, total: int) -> None:
        """Show that `done` of `total` parts of a stage are done."""
        if not self._shown or time.perf_counter() - self._start < _PATIENCE:
            return
        if stage != self._stage:
            self._close()
            self._stage = stage
            self._bar = click.progressbar(length=total, label=f"{stage:<10}", file=sys.stderr)
            self._bar.render_progress()
        self._bar.update(done - self._bar.pos)

    def _close(self) -> None:
        if self._bar is not None:
            self._bar.render_finish()
            self._bar = None


def _print_result(**figures: float) -> None:
    click.echo(json.dumps(figures))


def _count(problems: Iterable[Problem]) -> str:
    """Return how many errors and warnings there are, in words."""
    severities = [problem.severity for problem in problems]
    counts = [(severities.count("error"), "error"), (severities.count("warning"), "warning")]
    return ", ".join(_plural(count, name) for count, name in counts if count)


def _plural(count: int, name: str) -> str:
    return f"{count} {name}{'' if count == 1 else 's'}"
