from __future__ import annotations

import pytest

from tests.projects import Project
from tests.sample import SAMPLE


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return Project(tmp_path_factory.mktemp("project")).built(SAMPLE)
