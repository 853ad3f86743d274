"""The pipeline: notes are read, gathered into an archive, planned into artifacts, and published."""

from __future__ import annotations

import gc
import time
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, TypeVar

from compliance_digest.archive.archive import gather
from compliance_digest.archive.related import related, relations
from compliance_digest.archive.wikilinks import Withheld
from compliance_digest.notes.cache import CACHE, Cache, CacheBusy, CacheDamaged
from compliance_digest.notes.finding import FOLDER, find_notes
from compliance_digest.notes.library import Library
from compliance_digest.outputs.plan import plan
from compliance_digest.problems import NotesInvalid, Problem, SettingsInvalid
from compliance_digest.program import program_fingerprint
from compliance_digest.publishing import snapshot
from compliance_digest.publishing.output import locked
from compliance_digest.publishing.place import OUTPUT, check_place
from compliance_digest.report import Early, LeftOut, Report
from compliance_digest.settings_file import load_settings
from compliance_digest.unchanged import STATE, inputs_of, keep, today

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from compliance_digest.archive.archive import Archive
    from compliance_digest.archive.related import Related
    from compliance_digest.notes.note import Note, Reading
    from compliance_digest.report import BuildOptions
    from compliance_digest.settings import Settings

    Progress = Callable[[str, int, int], None]
    T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Gathered:
    """Notes that are published together, those withheld, the archive that they make, and what is wrong among them."""

    notes: list[Note]
    withheld: list[Withheld]
    archive: Archive
    problems: list[Problem]


def build(project: Path, options: BuildOptions, progress: Progress | None = None, inputs: str | None = None) -> Report:
    """Make the site of the project in this folder and report what was done.

    `progress` is told the stage, and how many of how many of its parts are done. `inputs` is what `inputs_of` returns,
    where it was asked already. Raises NotesInvalid with every problem found, SettingsInvalid, SearchFailed or
    OutputRefused; the published site is then as it was.
    """
    settings, problems = load_settings(project, base_url=options.base_url)
    check_place(options.output or project / OUTPUT, project)
    state = inputs_of(project, options) if inputs is None else inputs
    return with_cache(
        project, options, lambda cache: _build(project, options, settings, list(problems), cache, state, progress)
    )


def _build(
    project: Path,
    options: BuildOptions,
    settings: Settings,
    problems: list[Problem],
    cache: Cache,
    inputs: str,
    progress: Progress | None,
) -> Report:
    clock = _Clock()
    day, jobs = today(settings.site.timezone), options.processes
    library = Library(project / FOLDER, settings.site, cache)
    with _collecting_nothing():
        readings, found = read_notes(library, jobs, progress)
        clock.stage("read")
        gathered = gather_notes(readings, options, settings, library, day)
        relatives = _related(gathered.archive, cache)
        clock.stage("gather")
        artifacts, bundles, wrong = plan(gathered.archive, relatives, settings, project, day, search=options.search)
        problems += [*found, *gathered.problems, *wrong]
        clock.stage("plan")
        _refuse_errors(problems, strict=options.strict)
    output = options.output or project / OUTPUT
    with locked(output) as site:
        published = site.publish(
            artifacts,
            bundles,
            jobs=jobs,
            fresh=options.fresh,
            part=options.part,
            marks=snapshot.load(project / STATE, output).marks,
            cache=cache,
            progress=partial(progress, "publishing") if progress else None,
        )
        clock.stage("publish")
        report = Report(
            output=output,
            notes=len(gathered.notes),
            left_out=tuple(LeftOut(each.path, each.title, each.reason) for each in gathered.withheld if each.reason),
            written=published.written,
            unchanged=published.unchanged,
            removed=published.removed,
            problems=tuple(sorted(set(problems))),
            seconds=clock.seconds,
            reasons=published.reasons,
            stages=tuple(clock.stages),
            remarks=(cache.remark,) if cache.remark else (),
            early=tuple(Early(note.address, note.draft) for note in gathered.notes if note.draft or note.date > day),
        )
        keep(project, report, inputs, day, settings.site.timezone, published.marks)
    return report


def gather_notes(
    readings: Iterable[Reading], options: BuildOptions, settings: Settings, library: Library, day: date
) -> Gathered:
    """Return the archive of the notes that were read and are to be published on `day`."""
    notes, withheld = publishable(readings, options, day)
    archive, problems = gather(notes, settings, library.text, withheld)
    return Gathered(notes, withheld, archive, [*_future_updates(notes, day), *problems])


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


def with_cache(project: Path, options: BuildOptions, work: Callable[[Cache], T]) -> T:
    """Do the work with the project's cache; with one begun anew where it is damaged; without one where it can't be."""
    file, version = project / STATE / CACHE, program_fingerprint()
    remark = ""
    failure: CacheDamaged
    for anew in (options.fresh, True):
        try:
            with Cache(file, version, anew=anew, remark=remark) as cache:
                return work(cache)
        except CacheBusy as error:
            failure = error
            break
        except CacheDamaged as error:
            remark = f"the cache in {STATE}/ is damaged ({error}), and is made anew"
            failure = error
    with TemporaryDirectory(prefix="digest-") as folder:
        remark = f"nothing is kept for the next build, for {STATE}/{CACHE} can't be written: {failure}"
        with Cache(Path(folder, CACHE), version, remark=remark) as cache:
            return work(cache)


def read_notes(library: Library, jobs: int, progress: Progress | None = None) -> tuple[list[Reading], list[Problem]]:
    """Return what came of reading all notes, and what is wrong with any of them. Raises SettingsInvalid, OSError."""
    try:
        notes, problems = find_notes(library.content)
    except FileNotFoundError:
        message = f"there is no folder {library.content}: notes go there"
        raise SettingsInvalid(message) from None
    readings = library.read(notes, jobs, partial(progress, "reading") if progress else None)
    for reading in readings:
        problems += reading.problems
    return readings, problems


def _related(archive: Archive, cache: Cache) -> Related:
    """Return what is related to each entry, as it was found before unless entries have other groups or places."""
    key = relations(archive)
    known = cache.memo("related", key, list[tuple[int, ...]])
    if known is not None:
        return known
    found = related(archive)
    cache.keep_memo("related", key, found)
    return found


def _refuse_errors(problems: Iterable[Problem], *, strict: bool) -> None:
    errors = [problem for problem in problems if strict or problem.severity == "error"]
    if errors:
        raise NotesInvalid("nothing was published", problems)


@contextmanager
def _collecting_nothing() -> Iterator[None]:
    """Keep the garbage collector from looking, for long, through what is made in the block, all of which stays."""
    gc.disable()
    try:
        yield
        gc.freeze()
    finally:
        gc.enable()


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
