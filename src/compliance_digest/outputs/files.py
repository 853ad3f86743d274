"""Files published as they are: the theme's assets, the project's static files, and what notes bring along."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from compliance_digest.notes.finding import FOLDER
from compliance_digest.outputs.artifact import Artifact
from compliance_digest.outputs.assets import assets, files_in, theme_folders
from compliance_digest.problems import Problem, SettingsInvalid

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from compliance_digest.archive.archive import Archive

STATIC = "static"


def copies(archive: Archive, project: Path) -> Iterator[Artifact]:
    """Yield the files that are copied into the site. A project's `static/` goes to the site's root."""
    _refuse_links(project / STATIC)
    _refuse_links(project / "templates")
    for address, file in assets(theme_folders(project / "templates")):
        yield _copy(address, file, f"the theme's {address}", (f"templates/{address}", 1))
    for file in files_in(project / STATIC, hidden=True):
        path = file.relative_to(project / STATIC).as_posix()
        if "\\" in path or path.casefold().startswith(".digest/"):
            message = "a file's name can't hold a backslash, and .digest/ is the build's own"
            problem = Problem(f"{STATIC}/{path}", 0, 0, "error", "bad-name", message, "rename it")
            raise SettingsInvalid("a file can't be published", [problem])
        yield _copy(path, file, f"{STATIC}/{path}", (f"{STATIC}/{path}", 1))
    for entry in archive.entries:
        seen: set[tuple[str, str]] = set()
        for attachment in entry.note.attachments:
            if (attachment.source, attachment.address) not in seen:
                seen.add((attachment.source, attachment.address))
                cause = f"{attachment.source}, beside the note '{entry.note.title}'"
                file = project / FOLDER / attachment.source
                yield _copy(attachment.address, file, cause, (entry.note.file, attachment.line))


def _refuse_links(folder: Path) -> None:
    """Refuse links that lead out of a folder, or to a folder: what they lead to isn't the project's, or is left out."""
    for path in sorted(folder.rglob("*")):
        if path.is_symlink() and (path.is_dir() or not path.resolve().is_relative_to(folder.resolve())):
            name = f"{folder.name}/{path.relative_to(folder).as_posix()}"
            message = "this is a link to a folder, or out of this one"
            problem = Problem(name, 0, 0, "error", "outside-content", message, "put the file itself here")
            raise SettingsInvalid("a file can't be published", [problem])


def _copy(path: str, file: Path, cause: str, origin: tuple[str, int]) -> Artifact:
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    return Artifact.of(path, cause, (digest,), file.read_bytes, origin, kept=False)
