"""`digest serve`."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import click

from compliance_digest.cli.console import Console, common, plural, print_report, print_result
from compliance_digest.cli.progress import Progress
from compliance_digest.problems import DigestError

if TYPE_CHECKING:
    from compliance_digest.desk.serve.building import Outcome
    from compliance_digest.desk.serve.listening import Listening
    from compliance_digest.problems import Problem
    from compliance_digest.report import Part, Report


@click.command()
@click.option(
    "--port",
    type=click.IntRange(min=1, max=65535),
    default=8000,
    show_default=True,
    metavar="N",
    help="The port; where it is taken, the next one that is free.",
)
@click.option(
    "--bind",
    default="127.0.0.1",
    show_default=True,
    metavar="HOST",
    help="The address to listen at; with another than a loopback one, others can read drafts.",
)
@click.option("--open", "opens", is_flag=True, help="Open the site in a browser.")
@click.option(
    "--no-search", "search", is_flag=True, flag_value=False, default=True, help="Make neither search page nor index."
)
@common
def serve(console: Console, port: int, bind: str, *, opens: bool, search: bool) -> None:
    """Show the site as it will be, in a browser, while it is written.

    Builds the site, serves it on this machine, and builds it again whenever a note, a template, a static file or the
    settings change; open pages reload. Drafts and notes dated after today are shown, and marked. What is wrong is shown
    over the last good page until it is mended. Nothing is written to site/. Ctrl-C ends it.

    Exit status: 0 ended; 2 wrong usage, or no project; 3 the file system failed.
    """
    from compliance_digest.desk.serve.listening import listening  # noqa: PLC0415 (late, for a quick --help)
    from compliance_digest.desk.serve.news import News  # noqa: PLC0415
    from compliance_digest.desk.serve.serving import Serving, scratch, until_stopped  # noqa: PLC0415
    from compliance_digest.report import BuildOptions  # noqa: PLC0415
    from compliance_digest.settings_file import require_project  # noqa: PLC0415

    project = console.project.absolute()  # the folder may go and come back: then another one has its name
    require_project(project)
    with until_stopped(), scratch(project) as site:
        found = listening(bind, port, site, News())
        with found.server:
            options = BuildOptions(output=site, base_url=found.url, drafts=True, future=True, search=search)
            terminal = _Terminal(console, found, port, opens=opens)
            Serving(project, site, found.server, options, terminal.tell, partial(Progress, console)).run()


class _Terminal:
    """Tells what came of each build; after the first one, where the site is."""

    def __init__(self, console: Console, listening: Listening, port: int, *, opens: bool) -> None:
        self._console = console
        self._listening = listening
        self._port = port
        self._opens = opens
        self._is_introduced = False
        self._has_site = False
        self._warnings: frozenset[Problem] = frozenset()

    def tell(self, part: Part, outcome: Outcome) -> None:
        """Tell what came of a build."""
        if isinstance(outcome, DigestError):
            self._console.stop(outcome)
            kept = "The pages stay as they are" if self._has_site else "There is nothing to see"
            self._console.say(f"{kept} until that is mended.")
        elif part == "late":
            self._tell_reasons(outcome)
            if outcome.written:
                self._console.say(f"Search and data: {outcome.written} written; {outcome.seconds:.2f} s")
        else:
            self._has_site = True
            self._tell_report(outcome)
        if not self._is_introduced:
            self._is_introduced = True
            self._introduce()

    def _tell_report(self, report: Report) -> None:
        warnings = frozenset(report.problems)
        self._console.tell(warnings - self._warnings)
        self._warnings = warnings
        for remark in report.remarks:
            self._console.remark(remark)
        self._tell_reasons(report)
        if self._console.form == "json":
            print_report(report)
        files = f"{report.written} written, {report.removed} removed"
        self._console.say(f"{plural(report.notes, 'note')} read; files: {files}; {report.seconds:.2f} s")

    def _tell_reasons(self, report: Report) -> None:
        if self._console.verbose:
            for path, reason in report.reasons:
                self._console.say(f"  {path}: {reason}")

    def _introduce(self) -> None:
        url = self._listening.url
        if self._console.form == "json":
            print_result(address=url)
        if self._listening.server.server_port != self._port:
            self._console.say(f"Port {self._port} is taken.")
        self._console.say(f"The site is at {url} (Ctrl-C ends this)")
        if not self._listening.is_private:
            message = "--bind is no loopback address: whoever reaches this machine over the network can read drafts"
            click.echo(f"digest: warning: {message}", err=True)
        if self._opens and click.launch(url) != 0:
            click.echo(f"digest: no browser could be opened; open {url}", err=True)
