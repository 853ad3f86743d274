from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.desk.servers import Web

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def web() -> Iterator[Web]:
    """A web server on this machine, at which nothing is found yet."""
    with Web() as server:
        yield server
