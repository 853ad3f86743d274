"""How commands speak, and what all of them have in common."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from compliance_digest.problems import DigestError, Problem, one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from compliance_digest.problems import Format
    from compliance_digest.report import Report

    Function = Callable[..., None]


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

    def remark(self, text: str) -> None:
        """Print what is worth knowing of what was done, and no problem."""
        click.echo(f"digest: {one_line(text)}", err=True)

    def stop(self, error: DigestError) -> None:
        """Print why a command stopped."""
        self.tell(error.problems)
        if self.form == "text":
            counted = f"{count(error.problems)}: " if error.problems else ""
            lines = [one_line(line) for line in str(error).split("\n")]
            click.echo("\n".join([f"digest: {counted}{lines[0]}", *lines[1:]]), err=True)
        elif not error.problems:
            self.tell([Problem("digest.toml" if error.status == 2 else "", 0, 0, "error", "stopped", str(error))])


def common(command: Function) -> Function:
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


def print_result(**figures: object) -> None:
    """Print a result for programs: one JSON object on one line."""
    click.echo(json.dumps(figures, ensure_ascii=False))


def print_report(report: Report) -> None:
    """Print what a build did, for programs."""
    print_result(
        notes=report.notes,
        written=report.written,
        unchanged=report.unchanged,
        removed=report.removed,
        problems=len(report.problems),
        seconds=round(report.seconds, 3),
    )


def count(problems: Iterable[Problem]) -> str:
    """Return how many errors and warnings there are, in words."""
    severities = [problem.severity for problem in problems]
    counts = [(severities.count("error"), "error"), (severities.count("warning"), "warning")]
    return ", ".join(plural(number, name) for number, name in counts if number)


def plural(number: int, name: str) -> str:
    """Return a number and what it counts, such as `2 notes`."""
    return f"{number} {name}{'' if number == 1 else 's'}"
