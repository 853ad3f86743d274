"""What the tests of the archive share: archives made of notes that are written down as files."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from compliance_digest.archive.archive import Archive, Kind, gather
from compliance_digest.build import publishable
from compliance_digest.notes.cache import Cache
from compliance_digest.notes.finding import find_notes
from compliance_digest.notes.library import Library
from compliance_digest.report import BuildOptions
from compliance_digest.settings_file import load_settings

if TYPE_CHECKING:
    from compliance_digest.problems import Problem
    from tests.projects import Files, Project


class Gathered(NamedTuple):
    archive: Archive
    problems: list[Problem]

    def groups(self, kind: Kind) -> dict[str, list[str]]:
        """The paths of the notes of each group of a kind, by its label."""
        return {group.label: [entry.note.path for entry in group.entries] for group in self.archive.of_kind(kind)}

    @property
    def messages(self) -> list[str]:
        return [str(problem) for problem in self.problems]


def gathered(project: Project, files: Files, today: date = date(2025, 1, 1)) -> Gathered:
    """Write files into a project and gather its notes; what is wrong with single notes is not among the problems."""
    project.write(files)
    settings, _ = load_settings(project.folder)
    content = project.folder / "content"
    with Cache(project.folder / "cache", "") as cache:
        library = Library(content, settings.site, cache)
        readings = library.read(find_notes(content)[0], jobs=1)
    notes, withheld = publishable(readings, BuildOptions(), today)
    return Gathered(*gather(notes, settings, library.text, withheld))
