from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from compliance_digest.desk.item import Item
from compliance_digest.desk.seen import MEMORY, imported, keep, keys_of, noted
from compliance_digest.problems import SettingsInvalid
from tests.projects import note

if TYPE_CHECKING:
    from tests.projects import Project


def keys(link: str, guid: str = "") -> list[str]:
    return keys_of(Item("T", date(2024, 9, 30), "", link, guid=guid))


def test_an_item_is_known_by_its_link_however_that_is_written() -> None:
    assert keys("https://www.A.example/x/?utm_source=feed#part") == keys("http://a.example/x") == ["a.example/x"]


def test_an_item_is_known_by_its_guid_at_its_host() -> None:
    assert keys("https://www.a.example/x", "12") == ["a.example/x", "a.example 12"]
    assert keys("https://a.example/x", "https://a.example/?p=12") == ["a.example/x", "a.example?p=12"]


def test_whatever_a_guid_is_its_key_is_one_short_line() -> None:
    for guid in ("x" * 100_000, "http://[", "a  b"):
        assert all(len(key) <= 300 and key == " ".join(key.split()) for key in keys("https://a.example/", guid))


def test_what_was_kept_is_known(project: Project) -> None:
    assert imported(project.folder) == set()
    keep(project.folder, {"b.example/é", "a.example 12"})
    assert imported(project.folder) == {"a.example 12", "b.example/é"}
    lines = (project.folder / MEMORY).read_text("utf-8").splitlines()
    assert [line for line in lines if not line.startswith("#")] == ["a.example 12", "b.example/é"]
    assert sorted(file.name for file in project.folder.iterdir() if file.is_file()) == ["digest.toml", MEMORY]


def test_what_two_editors_kept_may_be_merged_by_hand(project: Project) -> None:
    project.write({MEMORY: "\ufeff# comment\r\nb\r\n\r\na\r\nb\r\n"})
    assert imported(project.folder) == {"a", "b"}


def test_a_memory_that_can_not_be_read(project: Project) -> None:
    project.write({MEMORY: b"\xff"})
    with pytest.raises(SettingsInvalid, match=r"imported\.txt is not UTF-8"):
        imported(project.folder)


def test_what_notes_tell_of_is_known(project: Project) -> None:
    project.write(
        {
            "content/2024-09-30-A name.md": note(links=["https://www.a.example/1/", "https://b.example/(2)"]),
            "content/deep/other.markdown": note(links=[{"url": "https://c.example/3"}], body="https://d.example/"),
            "content/broken.md": "---\ntitle: [\nlinks: [https://e.example/4, https://f.example/5]\n---\n",
            "content/bytes.md": b"---\nlinks:\n  - https://g.example/6\n\xff\n",
            "content/empty.md": "",
            "content/.hidden/x.md": note(links=["https://h.example/7"]),
        }
    )
    found, names = noted(project.folder)
    assert found == {"a.example/1", "b.example/(2)", "c.example/3", "e.example/4", "f.example/5", "g.example/6"}
    assert names == {"a-name", "other", "broken", "bytes", "empty"}


def test_a_project_without_notes_tells_nothing(project: Project) -> None:
    (project.folder / "content").rmdir()
    assert noted(project.folder) == (set(), set())


def test_addresses_in_comments_are_not_noted(project: Project) -> None:
    text = note(links=["https://a.example/x"]).replace(
        "links:", "# such as https://b.example/y\n  # or https://c.example\nlinks:"
    )
    project.write({"content/a.md": text})
    assert noted(project.folder)[0] == {"a.example/x"}


def test_what_another_import_kept_meanwhile_stays(project: Project) -> None:
    keep(project.folder, {"a.example/x"})
    keep(project.folder, {"b.example/y"})
    assert imported(project.folder) == {"a.example/x", "b.example/y"}
