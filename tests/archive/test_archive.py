from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.projects import NAMESPACE, note, settings

from .helpers import gathered

if TYPE_CHECKING:
    from compliance_digest.archive.archive import Kind
    from tests.projects import Project


def test_entries_are_newest_first_whatever_the_files_are_called(project: Project) -> None:
    dates = {"a.md": "2023-05-01", "b.md": "2024-09-30", "sub/c.md": "2019-12-31", "d.md": "2024-01-01"}
    found = gathered(project, {f"content/{path}": note(date=date) for path, date in dates.items()})
    assert [entry.note.path for entry in found.archive.entries] == ["b.md", "d.md", "a.md", "sub/c.md"]


def test_notes_of_one_day_are_in_order_of_their_time_then_always_in_the_same_order(project: Project) -> None:
    dates = {"a": "2024-09-30T08:00", "b": "2024-09-30T17:30", "c": "2024-09-30", "d": "2024-09-30T08:00"}
    files = {f"content/{name}.md": note(date=date) for name, date in dates.items()}
    found = gathered(project, files)
    order = [entry.note.path[0] for entry in found.archive.entries]
    assert order == ["b", "d", "a", "c"]
    again = gathered(project, dict(reversed(files.items())))
    assert [entry.note for entry in again.archive.entries] == [entry.note for entry in found.archive.entries]


@pytest.mark.parametrize(
    ("kind", "notes", "groups"),
    [
        pytest.param(
            "tag",
            [{"tags": ["Personal Data"]}, {"tags": ["personal-data"]}, {"tags": ["personal_data", "fine"]}],
            {"fine": "2", "Personal Data": "012"},
            id="tags compare by key",
        ),
        pytest.param("tag", [{"body": "- Text. #a\n- Text. #B\n- Text. #a\n"}], {"a": "0", "B": "0"}, id="hashtags"),
        pytest.param(
            "tag", [{"tags": "ai, ＡＩ, Ai"}, {"tags": ["AI"]}], {"AI": "01"}, id="a tag is there once a note"
        ),
        pytest.param(
            "organisation",
            [{"organisation": "Google"}, {"organisation": ["GOOGLE", "Meta  Platforms"]}, {"organisation": "Google"}],
            {"Google": "012", "Meta Platforms": "1"},
            id="organisations are folded",
        ),
        pytest.param(
            "article",
            [{"articles": ["GDPR 5(1)(e)"]}, {"articles": ["gdpr 5 (1)(e)", "ePrivacy 5(3)"]}, {"articles": []}],
            {"ePrivacy 5(3)": "1", "GDPR 5(1)(e)": "01"},
            id="articles",
        ),
        pytest.param(
            "country",
            [
                {"country": "fr"},
                {"authority": "aepd"},
                {"authority": "aepd", "country": "FR"},
                {"authority": "edpb"},
                {},
            ],
            {"ES": "1", "EU": "3", "FR": "02"},
            id="a country is stated, else the authority's",
        ),
        pytest.param(
            "authority",
            [{"authority": "cnil"}, {"links": ["https://www.cnil.fr/x"]}, {"authority": "A Court"}, {}],
            {"A Court": "2", "CNIL": "01"},
            id="authorities",
        ),
        pytest.param(
            "year",
            [{"date": "2019-12-31"}, {"date": "2024-01-01"}, {"date": "2024-12-31T23:59"}],
            {"2024": "21", "2019": "0"},
            id="years, the latest first",
        ),
        pytest.param(
            "month",
            [{"date": "2023-10-01"}, {"date": "2024-09-30"}, {"date": "2024-10-01"}, {"date": "2024-09-01"}],
            {"2024-10": "2", "2024-09": "13", "2023-10": "0"},
            id="months, the latest first",
        ),
    ],
)
def test_groups(project: Project, kind: Kind, notes: list[dict[str, Any]], groups: dict[str, str]) -> None:
    files = {
        f"content/{number}.md": note(**{"date": f"2024-01-{28 - number}", **each}) for number, each in enumerate(notes)
    }
    found = gathered(project, files)
    assert found.messages == []
    expected = {label: [f"{number}.md" for number in members] for label, members in groups.items()}
    assert list(found.groups(kind).items()) == list(expected.items())


@pytest.mark.parametrize(
    ("kind", "written", "address"),
    [
        ("tag", {"tags": ["Données personnelles"]}, "tags/donnees-personnelles/"),
        ("authority", {"authority": "Garante"}, "authorities/garante/"),
        ("authority", {"authority": "Tribunal général"}, "authorities/tribunal-general/"),
        ("country", {"country": "EU"}, "countries/eu/"),
        ("organisation", {"organisation": "Crédit & Co. SA"}, "organisations/credit-co-sa/"),
        ("article", {"articles": ["GDPR 5(1)(e)"]}, "articles/gdpr-5-1-e/"),
        ("year", {"date": "2024-03-01"}, "2024/"),
        ("month", {"date": "2024-03-01"}, "2024/03/"),
    ],
)
def test_addresses_of_groups(project: Project, kind: Kind, written: dict[str, Any], address: str) -> None:
    found = gathered(project, {"content/a.md": note(**written)})
    assert [group.address for group in found.archive.of_kind(kind)] == [address]


@pytest.mark.parametrize(
    ("tags", "more", "label"),
    [
        pytest.param(["health_data"], "", "health data", id="underscores are spaces"),
        pytest.param(["AI", "ai", "AI"], "", "AI", id="as most notes write it"),
        pytest.param(["ai", "AI"], "", "AI", id="with as many of each, always the same"),
        pytest.param(["ai"], '[tags.ai]\nlabel = "artificial intelligence"', "artificial intelligence", id="settings"),
        pytest.param(["health data"], '[tags."Health-Data"]\nlabel = "Health"', "Health", id="settings compare by key"),
        pytest.param(["ai"], '[tags.ai]\ndescription = "Machines."', "ai", id="settings without a label"),
    ],
)
def test_label_of_a_tag(project: Project, tags: list[str], more: str, label: str) -> None:
    files = {f"content/{number}.md": note(tags=[tag]) for number, tag in enumerate(tags)}
    assert list(gathered(project, {"digest.toml": settings(more), **files}).groups("tag")) == [label]


def test_groups_of_an_entry_are_in_the_order_its_note_names_them(project: Project) -> None:
    files = {"content/a.md": note("- Text. #beta #alpha\n", tags=["zeta"]), "content/b.md": note(tags=["alpha"])}
    archive = gathered(project, files).archive
    (entry,) = (entry for entry in archive.entries if entry.note.path == "a.md")
    assert [group.label for group in archive.groups_of(entry, "tag")] == ["zeta", "beta", "alpha"]


def test_a_group_without_an_address(project: Project) -> None:
    found = gathered(project, {"content/a.md": note(organisation="???", date="2024-01-01")})
    (message,) = found.messages
    assert message.startswith("content/a.md:5: error: the organisation '???' has no letters or digits")


@pytest.mark.parametrize(
    ("files", "messages"),
    [
        pytest.param(
            {"a/case.md": {}, "b/case.md": {}, "b/other.md": {}},
            ["content/b/case.md:1: error: this note and content/a/case.md have the same id"],
            id="files of one name",
        ),
        pytest.param(
            {"a.md": {"id": "x"}, "x.md": {}},
            ["content/x.md:1: error: this note and content/a.md have the same id"],
            id="an id and a file's name",
        ),
        pytest.param(
            {"a.md": {"id": "x"}, "b.md": {"id": "x"}, "c.md": {"id": "x"}},
            [f"content/{name}.md:5: error: this note and content/a.md have the same id" for name in "bc"],
            id="ids",
        ),
        pytest.param(
            {"a.md": {"id": NAMESPACE}},
            ["content/a.md:5: error: this note and the site have the same id"],
            id="the site's own id",
        ),
        pytest.param({"a/case.md": {}, "b/case.md": {"id": "mine"}}, [], id="an id of its own"),
        pytest.param({"case.md": {}, "case2.md": {"draft": True, "id": "case"}}, [], id="a draft has no part in it"),
    ],
)
def test_two_notes_of_one_id(project: Project, files: dict[str, dict[str, Any]], messages: list[str]) -> None:
    found = gathered(project, {f"content/{path}": note(**fields) for path, fields in files.items()})
    assert [message[: len(start)] for message, start in zip(found.messages, messages, strict=True)] == messages
