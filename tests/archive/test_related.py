from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from compliance_digest.archive.related import AT_MOST, WITHIN
from compliance_digest.archive.related import related as of_all
from tests.projects import note

from .helpers import gathered

if TYPE_CHECKING:
    from tests.projects import Files, Project


def related(project: Project, files: Files, path: str) -> list[str]:
    """Return the names of the notes related to one."""
    archive = gathered(project, {f"content/{name}.md": text for name, text in files.items()}).archive
    names = [entry.note.path.removesuffix(".md") for entry in archive.entries]
    return [names[place] for place in of_all(archive)[names.index(path)]]


def test_a_rare_tag_says_more_than_a_common_one(project: Project) -> None:
    files = {
        "a": note(tags=["common", "rare"]),
        "common-1": note(tags=["common"]),
        "common-2": note(tags=["common"]),
        "rare": note(tags=["rare"]),
        "other": note(tags=["other"]),
    }
    assert related(project, files, "a") == ["rare", "common-1", "common-2"]


def test_the_same_organisation_says_more_than_the_same_authority(project: Project) -> None:
    files = {
        "a": note(organisation="Acme", authority="cnil"),
        "authority": note(authority="cnil"),
        "organisation": note(organisation="ACME"),
        "other": note(),
    }
    assert related(project, files, "a") == ["organisation", "authority"]


def test_what_all_notes_share_says_nothing(project: Project) -> None:
    assert related(project, {name: note(tags=["fine"], authority="cnil") for name in "abc"}, "a") == []


def test_among_equals_the_nearer_in_time_goes_first_and_there_are_five_at_most(project: Project) -> None:
    day = date(2024, 1, 1)
    files = {f"n{n:02}": note(date=str(day + timedelta(days=n)), tags=["x"]) for n in range(12)}
    files["other"] = note(date="2023-01-01")
    assert related(project, files, "n06") == ["n07", "n05", "n08", "n04", "n09"]
    assert len(related(project, files, "n00")) == AT_MOST


def test_a_tag_of_many_notes_is_looked_at_near_by_alone(project: Project) -> None:
    day = date(2024, 1, 1)
    files = {f"n{n:02}": note(date=str(day + timedelta(days=n)), tags=["x"]) for n in range(WITHIN + 2)}
    files["n00"] = note(date=str(day), tags=["x", "y"])
    files[f"n{WITHIN + 1:02}"] = note(date=str(day + timedelta(days=WITHIN + 1)), tags=["x", "y"])
    files["other"] = note(date="2023-01-01")
    found = related(project, files, "n00")
    assert found[0] == f"n{WITHIN + 1:02}"
    assert len(found) == AT_MOST


def test_a_note_alone_has_none(project: Project) -> None:
    assert related(project, {"a": note(tags=["x"])}, "a") == []
