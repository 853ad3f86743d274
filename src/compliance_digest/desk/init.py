"""`digest init`: a new project."""

from __future__ import annotations

import uuid
from importlib import resources
from typing import TYPE_CHECKING

from compliance_digest.problems import SettingsInvalid
from compliance_digest.settings_file import FILE

if TYPE_CHECKING:
    from pathlib import Path

_PROJECT = {
    "digest.toml": FILE,
    "note.md": "content/2024-09-30-cnil-cegedim-sante.md",
    "gitignore": ".gitignore",
}
"""The files of a new project: what each is called in `starter/`, and its place in the project."""

_GITHUB_PAGES = {"publish.yml": ".github/workflows/publish.yml"}


def init_project(folder: Path, *, github_pages: bool = False) -> list[Path]:
    """Make a project in `folder` and return the files made. The site gets an id of its own for its feeds.

    With `github_pages` there is a workflow that publishes it; in a project that is there already, that alone is made.
    Raises SettingsInvalid, before anything is written, where one of the files is there already.
    """
    starter = resources.files("compliance_digest.desk").joinpath("starter")
    only_add = github_pages and (folder / FILE).is_file()
    places = ({} if only_add else _PROJECT) | (_GITHUB_PAGES if github_pages else {})
    texts = {folder / place: starter.joinpath(name).read_text("utf-8") for name, place in places.items()}
    there = [str(file) for file in texts if file.exists() or file.is_symlink()]
    if folder.is_file() or there:
        instead = "take it away to have it made anew" if only_add else "choose another folder"
        verb = "are" if len(there) > 1 else "is"
        message = f"{', '.join(there) or folder} {verb} there already, and nothing was made; {instead}"
        raise SettingsInvalid(message)
    for file, text in texts.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text.replace("{id}", str(uuid.uuid4())), encoding="utf-8", newline="\n")
    return list(texts)
