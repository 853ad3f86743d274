from __future__ import annotations

import pytest

from compliance_digest.publishing.manifest import Entry
from compliance_digest.publishing.outdated import reason

from .helpers import artifact

PAGE = artifact("index.html", "hello")
SAME = Entry(PAGE.fingerprint, "sha")
OTHER = Entry(artifact("index.html", "bye").fingerprint, "sha")


@pytest.mark.parametrize(
    ("entry", "found", "fresh", "expected"),
    [
        (SAME, "sha", False, ""),
        (None, None, False, "new"),
        (None, "sha", False, "new"),
        (OTHER, "sha", False, "its inputs changed"),
        (OTHER, "altered", False, "its inputs changed"),
        (SAME, "altered", False, "the file was altered or deleted since"),
        (SAME, None, False, "the file was altered or deleted since"),
        (SAME, "sha", True, "asked for by --fresh"),
        (None, None, True, "new"),
        (OTHER, "sha", True, "its inputs changed"),
    ],
)
def test_reason(entry: Entry | None, found: str | None, *, fresh: bool, expected: str) -> None:
    assert reason(PAGE, entry, found, fresh=fresh) == expected
