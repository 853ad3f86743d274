"""All that a build would refuse or warn about, and all that the rules find, with nothing published."""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from compliance_digest.build import gather_notes, read_notes, with_cache
from compliance_digest.desk.check.fixes import out_of_order, tag_fixes
from compliance_digest.desk.check.mending import Mended, mended
from compliance_digest.desk.check.places import Places
from compliance_digest.desk.check.rules import lint
from compliance_digest.desk.check.subject import Subject
from compliance_digest.notes.finding import FOLDER
from compliance_digest.notes.library import Library
from compliance_digest.outputs.plan import plan
from compliance_digest.outputs.theme import Theme
from compliance_digest.problems import Problem, SettingsInvalid
from compliance_digest.publishing.place import OUTPUT, check_place
from compliance_digest.report import BuildOptions
from compliance_digest.settings_file import declared_tags, load_settings
from compliance_digest.unchanged import STATE, today

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date
    from pathlib import Path

    from compliance_digest.archive.archive import Archive
    from compliance_digest.desk.check.fixes import Fix
    from compliance_digest.notes.cache import Cache
    from compliance_digest.notes.note import Note, Reading
    from compliance_digest.settings import Settings

    Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found. `notes` counts those that were looked at; `mendable` are notes that fixes apply to.

    `fixes` are what is certain, beside the order of fields. `remarks` are sentences on what else is worth knowing.
    """

    notes: int
    problems: tuple[Problem, ...]
    mendable: tuple[Note, ...]
    fixes: tuple[Fix, ...]
    seconds: float
    remarks: tuple[str, ...]


def check(project: Path, jobs: int | None = None, progress: Progress | None = None, *, links: bool = False) -> Checked:
    """Look at all notes of the project in this folder, at drafts and at those dated in the future as well.

    Nothing but the cache is written. `jobs` is the number of processes that read notes, None for as many as there are
    processors. With `links`, all addresses in notes are asked whether they are still there. Raises SettingsInvalid.
    """
    start = time.perf_counter()
    settings, problems = load_settings(project)
    check_place(project / OUTPUT, project)
    options = BuildOptions(jobs=jobs)

    def work(cache: Cache) -> Checked:
        day = today(settings.site.timezone)
        library = Library(project / FOLDER, settings.site, cache)
        readings, found = read_notes(library, options.processes, progress)
        archive, wrong = _planned(project, settings, readings, library, day)
        wrong += Theme(settings, project / "templates").mistakes()
        subject = Subject(archive, settings, declared_tags(project), day, Places(project))
        fixes = list(tag_fixes(subject))
        if links:
            lost, moves = _links(subject, project, progress)
            wrong += lost
            fixes += moves
        return Checked(
            notes=len(readings),
            problems=tuple(sorted({*problems, *found, *wrong, *lint(subject)})),
            mendable=_mendable(subject.notes, fixes),
            fixes=tuple(fixes),
            seconds=time.perf_counter() - start,
            remarks=(cache.remark,) if cache.remark else (),
        )

    return with_cache(project, options, work)


def mended_notes(project: Path, checked: Checked) -> tuple[list[Mended], list[Problem]]:
    """Return the files of notes that can be mended, and of the others why they can't be. Raises OSError."""
    done: list[Mended] = []
    problems: list[Problem] = []
    for note in checked.mendable:
        data = (project / note.file).read_bytes()
        unchanged = hashlib.sha256(data).hexdigest() == note.digest
        after = mended(data, [fix for fix in checked.fixes if fix.path == note.path]) if unchanged else None
        if after is not None:
            done.append(Mended(note.file, data, after))
        else:
            problems.append(not_mended(note.file, changed=not unchanged))
    return done, problems


def not_mended(file: str, *, changed: bool) -> Problem:
    """Return the warning that a note was left alone: since it changed meanwhile, or since it can't be mended safely."""
    message = "this note was not mended: its front matter would say something else than it does"
    hint = "mend it by hand: fields in their documented order, tags as digest.toml writes them"
    if changed:
        message, hint = "this note was not mended: it was changed since it was checked", "check it again"
    return Problem(file, 1, 0, "warning", "not-mended", message, hint)


def _planned(
    project: Path, settings: Settings, readings: list[Reading], library: Library, day: date
) -> tuple[Archive, list[Problem]]:
    """Return the archive of all notes, and what is wrong in the sites that they make.

    That is today's site, which links to no draft, and the one there will be once all of them are published.
    """
    gathered = gather_notes(readings, BuildOptions(), settings, library, day)
    problems = gathered.problems + _wrong(gathered.archive, settings, project, day)
    if any(each.reason for each in gathered.withheld):
        gathered = gather_notes(readings, BuildOptions(drafts=True, future=True), settings, library, day)
        problems += gathered.problems + _wrong(gathered.archive, settings, project, day)
    return gathered.archive, problems


def _wrong(archive: Archive, settings: Settings, project: Path, day: date) -> list[Problem]:
    """Return what is wrong with the site that an archive makes."""
    unrelated: list[tuple[int, ...]] = [()] * len(archive.entries)  # what is related takes long to find, and is right
    try:
        return plan(archive, unrelated, settings, project, day)[2]
    except SettingsInvalid as error:
        return error.problems


def _links(subject: Subject, project: Path, progress: Progress | None) -> tuple[list[Problem], list[Fix]]:
    from compliance_digest.desk.check.links import link_problems  # noqa: PLC0415 (late: it needs a package of its own)

    return link_problems(subject, project / STATE, partial(progress, "asking") if progress else None)


def _mendable(notes: Iterable[Note], fixes: Iterable[Fix]) -> tuple[Note, ...]:
    fixed = {fix.path for fix in fixes}
    return tuple(note for note in notes if note.path in fixed or out_of_order(note.lines))
