"""`digest init`: a new project."""

from __future__ import annotations

import uuid
from importlib import resources
from typing import TYPE_CHECKING

from compliance_digest.problems import SettingsInvalid

if TYPE_CHECKING:
    from pathlib import Path

_FILES = {
    "digest.toml": "digest.toml",
    "note.md": "content/2024-09-30-cnil-cegedim-sante.md",
    "gitignore": ".gitignore",
}
"""The files of a new project: what each is called in `starter/`, and its place in the project."""


def init_project(folder: Path) -> list[Path]:
    """Make a project in `folder` and return the files made. The site gets an id of its own for its feeds.

    Raises SettingsInvalid, before anything is written, where one of the files is there already.
    """
    starter = resources.files("compliance_digest.desk").joinpath("starter")
    texts = {folder / place: starter.joinpath(name).read_text("utf-8") for name, place in _FILES.items()}
    there = [str(file) for file in texts if file.exists() or file.is_symlink()]
    if folder.is_file() or there:
        message = f"{', '.join(there) or folder} is there already; choose another folder"
        raise SettingsInvalid(message)
    for file, text in texts.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text.replace("{id}", str(uuid.uuid4())), encoding="utf-8", newline="\n")
    return list(texts)
