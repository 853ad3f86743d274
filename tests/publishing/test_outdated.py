from __future__ import annotations

import pytest

from compliance_digest.publishing.manifest import Entry
from compliance_digest.publishing.outdated import reason

from .helpers import artifact, bundle

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
    entries = {} if entry is None else {PAGE.path: entry}
    assert reason(PAGE, entries, {PAGE.path: found}, fresh=fresh) == expected


FOLDER = bundle("found", {"a": "a", "b/c": "c"}, inputs="hello")
ENTRIES = {path: Entry(FOLDER.fingerprint, path) for path in ("found/a", "found/b/c")}
THERE: dict[str, str | None] = {path: path for path in ENTRIES}


@pytest.mark.parametrize(
    ("entries", "found", "fresh", "expected"),
    [
        (ENTRIES, THERE, False, ""),
        ({}, {}, False, "new"),
        (ENTRIES | {"found/a": OTHER}, THERE, False, "its inputs changed"),
        (ENTRIES, THERE | {"found/a": "altered"}, False, "one of its files was altered or deleted since"),
        (ENTRIES, THERE | {"found/b/c": None}, False, "one of its files was altered or deleted since"),
        (ENTRIES, THERE, True, "asked for by --fresh"),
    ],
)
def test_reason_of_a_bundle(
    entries: dict[str, Entry], found: dict[str, str | None], *, fresh: bool, expected: str
) -> None:
    assert reason(FOLDER, entries, found, fresh=fresh) == expected
