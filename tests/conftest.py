from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.projects import Project

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project without notes, in a folder of its own."""
    folder = tmp_path / "project"
    folder.mkdir()
    return Project(folder)
