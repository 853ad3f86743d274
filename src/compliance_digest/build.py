"""The pipeline: notes are read, gathered into an archive, planned into artifacts, and published."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING

from compliance_digest.archive.archive import gather
from compliance_digest.archive.wikilinks import Withheld
from compliance_digest.notes.finding import find_notes
from compliance_digest.notes.note import FOLDER
from compliance_digest.notes.reading import Context, Reading, read_note
from compliance_digest.outputs.plan import plan
from compliance_digest.outputs.theme import Theme
from compliance_digest.problems import NotesInvalid, Problem, SettingsInvalid
from compliance_digest.publishing.output import locked
from compliance_digest.publishing.place import OUTPUT, check_place
from compliance_digest.settings_file import load_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path
    from zoneinfo import ZoneInfo

    from compliance_digest.notes.note import Note
    from compliance_digest.settings import Settings

    Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """How to build. `output` and `base_url` go before the project's own; `strict` makes warnings errors.

    `jobs` is the number of processes that read notes; `fresh` renders what is up to date as well. Without `search` the
    site has neither a search page nor an index.
    """

    output: Path | None = None
    base_url: str | None = None
    drafts: bool = False
    future: bool = False
    strict: bool = False
    fresh: bool = False
    jobs: int = 1
    search: bool = True


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did. `left_out` are notes that were not published, with the reason.

    `reasons` says of each file that was made again why, `stages` how many seconds each stage took.
    """

    output: Path
    notes: int
    left_out: tuple[Withheld, ...]
    written: int
    unchanged: int
    removed: int
    problems: tuple[Problem, ...]
    reasons: tuple[tuple[str, str], ...]
    stages: tuple[tuple[str, float], ...]
    seconds: float


def build(project: Path, options: BuildOptions, progress: Progress | None = None) -> Report:
    """Make the site of the project in this folder and report what was done.

    `progress` is told the stage, and how many of how many of its parts are done. Raises NotesInvalid with every
    problem found, SettingsInvalid, SearchFailed or OutputRefused; the published site is then as it was.
    """
    clock = _Clock()
    settings, problems = load_settings(project, base_url=options.base_url)
    output = options.output or project / OUTPUT
    check_place(output, project)

    readings = _read(project, settings, options, problems, progress)
    day = today(settings.site.timezone)
    notes, withheld = publishable(readings, options, day)
    problems += _future_updates(notes, day)
    clock.stage("read")
    archive, found = gather(notes, settings, withheld)
    problems += found
    clock.stage("gather")
    theme = Theme(settings, project / "templates", search=options.search)
    artifacts, bundles, found = plan(archive, settings, theme, project, day)
    problems += found
    clock.stage("plan")
    _refuse_errors(problems, strict=options.strict)
    with locked(output) as site:
        published = site.publish(
            artifacts, bundles, fresh=options.fresh, progress=partial(progress, "publishing") if progress else None
        )
    clock.stage("publish")
    return Report(
        output=output,
        notes=len(notes),
        left_out=tuple(each for each in withheld if each.reason),
        written=published.written,
        unchanged=published.unchanged,
        removed=published.removed,
        problems=tuple(sorted(set(problems))),
        reasons=published.reasons,
        stages=tuple(clock.stages),
        seconds=clock.seconds,
    )


def publishable(readings: Iterable[Reading], options: BuildOptions, day: date) -> tuple[list[Note], list[Withheld]]:
    """Part the notes to be published from the others: drafts, those dated after `day`, those with errors.

    This is the one filter: what it withholds is in no output.
    """
    notes: list[Note] = []
    withheld: list[Withheld] = []
    for reading in readings:
        note = reading.note
        if note is None:
            withheld.append(Withheld(reading.path, reading.title, ""))
        elif note.draft and not options.drafts:
            withheld.append(Withheld(note.path, note.title, "it is a draft"))
        elif note.date > day and not options.future:
            withheld.append(Withheld(note.path, note.title, "its date is in the future"))
        else:
            notes.append(note)
    return notes, withheld


def _future_updates(notes: Iterable[Note], day: date) -> Iterator[Problem]:
    """Events that have not happened yet: most likely a wrong date, which feeds show as that of a change."""
    for note in notes:
        for update in note.updates:
            if update.date > day:
                message = f"updates: {update.date} is in the future"
                line = note.lines.get("updates", 1)
                yield Problem(note.file, line, 0, "warning", "future-update", message, "correct the date")


def today(timezone: ZoneInfo) -> date:
    """Return today's date in a time zone: that of SOURCE_DATE_EPOCH where it is set. Raises SettingsInvalid."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return datetime.now(timezone).date()
    try:
        return datetime.fromtimestamp(int(epoch), timezone).date()
    except (ValueError, OverflowError, OSError):
        message = f"SOURCE_DATE_EPOCH is not a number of seconds since 1970: '{epoch}'"
        raise SettingsInvalid(message) from None


def _read(
    project: Path, settings: Settings, options: BuildOptions, problems: list[Problem], progress: Progress | None
) -> list[Reading]:
    content = project / FOLDER
    try:
        paths, found = find_notes(content)
    except FileNotFoundError:
        message = f"there is no folder {content}: notes go there"
        raise SettingsInvalid(message) from None
    problems += found
    context = Context(content, settings.site.timezone, settings.site.id)
    readings: list[Reading] = []
    for reading in _mapped(partial(read_note, context=context), paths, options.jobs):
        readings.append(reading)
        problems += reading.problems
        if progress:
            progress("reading", len(readings), len(paths))
    return readings


def _mapped(function: Callable[[str], Reading], paths: list[str], jobs: int) -> Iterable[Reading]:
    """Map over paths, in this process or in several; the results come in the order of the paths."""
    if jobs == 1 or len(paths) < 2:
        yield from map(function, paths)
        return
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 (late: most builds need none)
    from multiprocessing import get_context  # noqa: PLC0415

    with ProcessPoolExecutor(min(jobs, len(paths)), get_context("spawn")) as executor:
        yield from executor.map(function, paths, chunksize=max(1, len(paths) // (jobs * 4)))


def _refuse_errors(problems: Iterable[Problem], *, strict: bool) -> None:
    errors = [problem for problem in problems if strict or problem.severity == "error"]
    if errors:
        raise NotesInvalid("nothing was published", problems)


class _Clock:
    """Times the stages of a build; wall-clock seconds."""

    def __init__(self) -> None:
        self._start = self._last = time.perf_counter()
        self.stages: list[tuple[str, float]] = []

    @property
    def seconds(self) -> float:
        return self._last - self._start

    def stage(self, name: str) -> None:
        now = time.perf_counter()
        self.stages.append((name, now - self._last))
        self._last = now
