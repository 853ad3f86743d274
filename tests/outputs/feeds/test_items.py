from __future__ import annotations

import uuid
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

import pytest

from tests.projects import NAMESPACE, note, settings, words

from .helpers import ATOM, CONTENT, channel, entries, fragment, items, json_feed, root, rss_feeds

if TYPE_CHECKING:
    from tests.projects import Files, Project


@pytest.mark.parametrize(
    ("fields", "body", "description"),
    [
        ({}, "Text of a note.\n", "Text of a note."),
        ({}, "Text.\n\n- A passage. Two. Three. #fine\n", "A passage. Two."),
        ({"summary": "What happened."}, "Text.\n", "What happened."),
        ({}, "", "A note"),
        ({}, "R&D by <Company Name> & `<script>` 1 < 2.\n", "R&D by <Company Name> & <script> 1 < 2."),
        ({"summary": "<b>AT&amp;T</b>"}, "Text.\n", "<b>AT&amp;T</b>"),
    ],
)
def test_a_description_is_an_excerpt_that_readers_show_as_it_stands(
    project: Project, fields: dict[str, Any], body: str, description: str
) -> None:
    project.built({"content/a.md": note(body, **fields)})
    assert words(fragment(items(project)[0]["description"])) == description


def test_a_long_description_is_cut(project: Project) -> None:
    project.built({"content/a.md": note("word " * 1000)})
    description = items(project)[0]["description"]
    assert len(description) < 350
    assert description.endswith("word …")


def test_feeds_of_excerpts(project: Project) -> None:
    project.built({"digest.toml": settings("[feeds]\nfull_text = false"), "content/a.md": note()})
    assert CONTENT not in items(project)[0]
    assert items(project)[0]["description"] == "Text."
    (entry,) = entries(project)
    assert entry.find(f"{ATOM}content") is None
    assert entry.findtext(f"{ATOM}summary") == "Text."
    (item,) = json_feed(project)["items"]
    assert "content_html" not in item
    assert item["content_text"] == item["summary"] == "Text."
    (edition,) = items(project, "editions/feed.xml")
    assert CONTENT not in edition
    assert edition["description"] == "1 action: A note"


PATH = "content/2024-09-30-a.md"
UNCHANGED = uuid.uuid5(uuid.UUID(NAMESPACE), "2024-09-30-a").urn


@pytest.mark.parametrize(
    ("change", "guid"),
    [
        pytest.param({PATH: note(title="Another title")}, UNCHANGED, id="title"),
        pytest.param({PATH: note("Other text.")}, UNCHANGED, id="text"),
        pytest.param({PATH: note(slug="b")}, UNCHANGED, id="slug"),
        pytest.param({PATH: note(date="2023-01-02")}, UNCHANGED, id="date"),
        pytest.param({"digest.toml": settings(base_url="http://other.example/x")}, UNCHANGED, id="host"),
        pytest.param({PATH: None, "content/x/2024-09-30-a.md": note()}, UNCHANGED, id="folder"),
        pytest.param({PATH: None, "content/2024-09-30-a.markdown": note()}, UNCHANGED, id="suffix"),
        pytest.param({PATH: None, "content/b.md": note(id="2024-09-30-a")}, UNCHANGED, id="renamed with its id"),
        pytest.param(
            {PATH: None, "content/b.md": note()},
            uuid.uuid5(uuid.UUID(NAMESPACE), "b").urn,
            id="file name",
        ),
        pytest.param({PATH: note(id="mine")}, uuid.uuid5(uuid.UUID(NAMESPACE), "mine").urn, id="id"),
        pytest.param(
            {PATH: note(id="6BA7B810-9DAD-11D1-80B4-00C04FD430C8")},
            "urn:uuid:6ba7b810-9dad-11d1-80b4-00c04fd430c8",
            id="a UUID",
        ),
        pytest.param(
            {"digest.toml": settings().replace(NAMESPACE, "6ba7b810-9dad-11d1-80b4-00c04fd430c8")},
            uuid.uuid5(uuid.NAMESPACE_DNS, "2024-09-30-a").urn,
            id="the site's name space",
        ),
    ],
)
def test_a_guid_stays_whatever_happens_to_the_note(project: Project, change: Files, guid: str) -> None:
    assert guids(project.built({PATH: note()})) == [UNCHANGED] * 3
    assert guids(project.built(change)) == [guid] * 3


def guids(project: Project) -> list[str]:
    """Return what the one item is known by in RSS, in Atom and in JSON Feed."""
    (item,), (entry,), (other,) = items(project), entries(project), json_feed(project)["items"]
    return [item["guid"], entry.findtext(f"{ATOM}id"), other["id"]]


def test_a_file_that_is_renamed_and_nothing_else_has_its_new_guid_at_once(project: Project) -> None:
    project.built({"content/a.md": note(slug="x")}).built({"content/a.md": None, "content/b.md": note(slug="x")})
    assert items(project)[0]["guid"] == uuid.uuid5(uuid.UUID(NAMESPACE), "b").urn


@pytest.mark.parametrize(
    ("fields", "timezone", "published", "built"),
    [
        ([{"date": "2024-09-30"}], "UTC", "2024-09-30T00:00:00+00:00", "2024-09-30T00:00:00+00:00"),
        ([{"date": "2024-09-30"}], "Europe/Paris", "2024-09-30T00:00:00+02:00", "2024-09-30T00:00:00+02:00"),
        (
            [{"date": "2024-09-30T10:00:00Z"}, {"date": "2023-01-01"}],
            "Europe/Paris",
            "2024-09-30T12:00:00+02:00",
            "2024-09-30T12:00:00+02:00",
        ),
        (
            [{"date": "2024-09-30"}, {"date": "2020-01-01", "updates": [{"date": "2024-11-05", "note": "Paid."}]}],
            "UTC",
            "2024-09-30T00:00:00+00:00",
            "2024-11-05T00:00:00+00:00",
        ),
        (
            [
                {
                    "date": "2024-09-30",
                    "updates": [{"date": "2024-10-01", "note": "a"}, {"date": "2024-12-02", "note": "b"}],
                }
            ],
            "Pacific/Auckland",
            "2024-09-30T00:00:00+13:00",
            "2024-12-02T00:00:00+13:00",
        ),
    ],
)
def test_dates_of_a_feed(
    project: Project, fields: list[dict[str, Any]], timezone: str, published: str, built: str
) -> None:
    notes = {f"content/{number}.md": note(**each) for number, each in enumerate(fields)}
    project.built({"digest.toml": settings(timezone=timezone), **notes})
    assert parsedate_to_datetime(items(project)[0]["pubDate"]).isoformat() == published
    assert parsedate_to_datetime(channel(project).findtext("lastBuildDate")).isoformat() == built
    assert entries(project)[0].findtext(f"{ATOM}published") == json_feed(project)["items"][0]["date_published"]
    assert json_feed(project)["items"][0]["date_published"] == published
    assert root(project, "atom.xml").findtext(f"{ATOM}updated") == built
    assert max(item["date_modified"] for item in json_feed(project)["items"]) == built


def test_a_feed_of_a_group_is_as_old_as_its_own_newest_item(sample: Project) -> None:
    dates = {path: channel(sample, path).findtext("lastBuildDate") for path in rss_feeds(sample)}
    assert dates["authorities/edpb/feed.xml"] == "Sat, 04 Mar 2023 00:00:00 +0100"
    assert dates["countries/fr/feed.xml"] == dates["feed.xml"] == "Sat, 02 Nov 2024 00:00:00 +0100"
