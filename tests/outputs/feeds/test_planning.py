from __future__ import annotations

import tomllib
import uuid
from datetime import UTC, datetime
from html import escape
from importlib import resources
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urljoin

import pytest
from hypothesis import example, given, reject
from hypothesis import settings as examples
from hypothesis import strategies as st

from compliance_digest.countries import COUNTRIES
from compliance_digest.outputs.feeds.addresses import EDITIONS
from compliance_digest.problems import NotesInvalid
from compliance_digest.text import clean
from tests.projects import NAMESPACE, Project, note, settings, words
from tests.sample import SAMPLE

from .helpers import ATOM, BASE, CONTENT, channel, entries, fragment, items, json_feed, outlines, rss_feeds


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("feed.xml", "Digest"),
        ("tags/personal-data/feed.xml", "personal data · Digest"),
        ("authorities/cnil/feed.xml", "CNIL, France · Digest"),
        ("countries/fr/feed.xml", "France · Digest"),
    ],
)
def test_a_feed_is_called_by_what_it_holds(sample: Project, path: str, title: str) -> None:
    assert channel(sample, path).findtext("title") == title


@pytest.mark.parametrize(
    ("path", "titles"),
    [
        (
            "feed.xml",
            [
                "A ruling on appeal",
                'A second "case" <of> health & data',
                "A fine proposed",
                "An opinion",
                "The first case",
            ],
        ),
        ("tags/personal-data/feed.xml", ["A ruling on appeal", 'A second "case" <of> health & data']),
        ("countries/fr/feed.xml", ['A second "case" <of> health & data', "The first case"]),
    ],
)
def test_items_are_newest_first(sample: Project, path: str, titles: list[str]) -> None:
    assert [item["title"] for item in items(sample, path)] == titles


@pytest.mark.parametrize(
    ("more", "count", "tag_count"), [("", 50, 50), ("[feeds]\nitems = 3", 3, 50), ("[feeds]\ntag_items = 2", 50, 2)]
)
def test_how_many_items_a_feed_holds(project: Project, more: str, count: int, tag_count: int) -> None:
    notes = {f"content/{n}.md": note(title=f"{n}", date=f"{1960 + n}-01-01", tags=["x"]) for n in range(52)}
    project.built({"digest.toml": settings(more), **notes})
    newest = [str(number) for number in range(51, -1, -1)]
    assert [item["title"] for item in items(project)] == newest[:count]
    assert [item["title"] for item in items(project, "tags/x/feed.xml")] == newest[:tag_count]


def test_an_item_is_once_in_the_main_feed_and_the_same_in_all_formats(sample: Project) -> None:
    rss = [(item["guid"], item["title"], item["link"], item["description"]) for item in items(sample)]
    atom = [
        (
            entry.findtext(f"{ATOM}id"),
            entry.findtext(f"{ATOM}title"),
            entry.find(f"{ATOM}link").get("href"),
            escape(entry.findtext(f"{ATOM}summary"), quote=False),
        )
        for entry in entries(sample)
    ]
    json = [
        (item["id"], item["title"], item["url"], escape(item["summary"], quote=False))
        for item in json_feed(sample)["items"]
    ]
    assert rss == atom == json
    assert len({guid for guid, *_ in rss}) == len(rss) == 5


def test_the_clock_is_in_no_feed(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    project.write(SAMPLE)
    builds = []
    for epoch in ("1735689600", "1798761600"):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
        project.build(fresh=True)
        paths = [*rss_feeds(project), "atom.xml", "feed.json", "feeds.opml"]
        builds.append({path: project.read(path) for path in paths})
    assert builds[0] == builds[1]


WEEK = "Week 40, 2024: 30 September – 6 October 2024"


@pytest.mark.parametrize(
    ("now", "titles"),
    [
        ("2024-09-30T12:00:00+02:00", []),
        ("2024-10-06T23:59:59+02:00", []),
        ("2024-10-07T00:00:00+02:00", [WEEK]),
        ("2024-10-13T12:00:00+02:00", [WEEK]),
        ("2024-10-14T00:00:00+02:00", ["Week 41, 2024: 7–13 October 2024", WEEK]),
    ],
)
def test_an_edition_is_in_the_feed_once_it_is_over(
    project: Project, monkeypatch: pytest.MonkeyPatch, now: str, titles: list[str]
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(datetime.fromisoformat(now).timestamp())))
    notes = {"content/a.md": note(), "content/b.md": note(date="2024-10-07")}
    project.built({"digest.toml": settings(timezone="Europe/Paris"), **notes}, future=True)
    assert [item["title"] for item in items(project, EDITIONS.address)] == titles
    assert [feed.get("xmlUrl") for feed in outlines(project)][1] == BASE + EDITIONS.address


def test_the_feed_of_editions_is_made_again_when_another_is_over_and_not_before(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.write({"content/a.md": note(), "content/b.md": note(date="2024-10-07")})
    changed = {}
    for day in (8, 9, 14, 15):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(datetime(2024, 10, day, tzinfo=UTC).timestamp())))
        changed[day] = [path for path, _ in project.build().reasons]
    assert changed[9] == changed[15] == []
    assert EDITIONS.address in changed[14]


@pytest.mark.parametrize(
    ("period", "title", "key", "published"),
    [
        ("week", WEEK, "2024-W40", "Mon, 07 Oct 2024 00:00:00 +0200"),
        ("month", "September 2024", "2024-09", "Tue, 01 Oct 2024 00:00:00 +0200"),
    ],
)
def test_the_item_of_an_edition(project: Project, period: str, title: str, key: str, published: str) -> None:
    more = f'[editions]\nperiod = "{period}"'
    project.built({"digest.toml": settings(more, timezone="Europe/Paris"), "content/a.md": note()})
    (item,) = items(project, EDITIONS.address)
    assert item["title"] == title
    assert item["link"] == f"{BASE}editions/{key}/"
    assert item["guid"] == uuid.uuid5(uuid.UUID(NAMESPACE), f"edition:{key}").urn
    assert item["pubDate"] == channel(project, EDITIONS.address).findtext("lastBuildDate") == published
    assert item["description"] == "1 action: A note"
    assert "category" not in item


def test_an_edition_changes_with_its_actions(project: Project) -> None:
    project.built({"content/a.md": note()})
    before = items(project, EDITIONS.address)[0]
    project.built({"content/a.md": note(title="New", updates=[{"date": "2024-12-02", "note": "Paid."}])})
    after = items(project, EDITIONS.address)[0]
    assert "New" in after[CONTENT]
    assert after["guid"] == before["guid"]
    assert after["pubDate"] == before["pubDate"]
    assert channel(project, EDITIONS.address).findtext("lastBuildDate") == "Mon, 02 Dec 2024 00:00:00 +0000"


def test_the_feed_of_editions_holds_the_newest(project: Project) -> None:
    notes = {f"content/{month}.md": note(date=f"2023-{month:02}-01") for month in range(1, 13)}
    more = '[editions]\nperiod = "month"\n[feeds]\nitems = 3'
    project.built({"digest.toml": settings(more), **notes})
    titles = [item["title"] for item in items(project, EDITIONS.address)]
    assert titles == ["December 2023", "November 2023", "October 2023"]


def test_a_site_without_editions_has_no_feed_of_them_and_no_link_to_it(project: Project) -> None:
    project.built({"digest.toml": settings('[editions]\nperiod = "none"'), "content/a.md": note()})
    assert EDITIONS.address not in project.published()
    assert all(EDITIONS.address not in page.text for page in project.pages().values())
    assert EDITIONS.address not in project.read("feeds.opml")


def test_the_page_of_feeds_links_each_of_them_once(sample: Project) -> None:
    page = sample.page("feeds/")
    linked = [urljoin("/feeds/", link)[1:] for link in page.xpath("//main//a/@href")]
    assert sorted(linked) == sorted([*rss_feeds(sample), "atom.xml", "feed.json", "feeds.opml"])
    assert [words(heading) for heading in page.xpath("//summary/h3")] == ["Authorities", "Countries", "Tags"]
    assert "Every action comes whole" in words(page.one("//main"))


def test_the_page_of_feeds_says_that_they_hold_excerpts(project: Project) -> None:
    project.built({"digest.toml": settings("[feeds]\nfull_text = false\nitems = 7"), "content/a.md": note()})
    text = words(project.page("feeds/").one("//main"))
    assert "Every action comes as an excerpt" in text
    assert "The newest 7 actions" in text


def test_the_page_of_feeds_stays_light_with_hundreds_of_them(project: Project) -> None:
    table = tomllib.loads(resources.files("compliance_digest.archive").joinpath("authorities.toml").read_text("utf-8"))
    countries = sorted(COUNTRIES)[:80]
    notes = {
        f"content/{number}.md": note(
            authority=authority,
            country=countries[number] if number < 80 else None,
            tags=[f"a rather long tag {number * 3 + more}" for more in range(3)],
        )
        for number, authority in enumerate(table)
    }
    project.built(notes)
    assert len(notes) >= 165
    assert len(outlines(project)) > 600
    assert len(project.read("feeds/index.html").encode()) < 150_000


NASTY = [
    "]]>",
    "<![CDATA[",
    "&",
    "&#0;",
    "&#x1F;",
    "<",
    "</rss>",
    "\0",
    "\x08",
    "\x0b",
    "\x85",
    "\ufdd0",
    "\ufdd1",
    "\uffff",
]
texts = st.lists(
    st.one_of(
        st.sampled_from([*NASTY, "\U0001f600", "\U0001ffff", "\u202e", "word "]),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=12,
).map("".join)


@examples(max_examples=16, deadline=None)
@given(title=texts, text=texts)
@example(title="".join(NASTY), text="".join(NASTY))
def test_whatever_characters_a_note_holds_its_feeds_are_well_formed(title: str, text: str) -> None:
    escaped = "".join(f"\\U{ord(character):08x}" for character in title)
    written = note(f"- Text {text}\n  #fine\n", title=None, country="FR")
    written = written.replace("---\n", f'---\ntitle: "T{escaped}"\nauthority: "A{escaped}"\n', 1)
    with TemporaryDirectory() as folder:
        project = Project(Path(folder))
        try:
            project.built({"content/a.md": written})
        except NotesInvalid:
            reject()
        expected = " ".join(clean(f"T{title}").split())
        for path in [*rss_feeds(project), "atom.xml"]:
            assert len(project.feed(path).entries) == 1
            assert clean(project.read(path)) == project.read(path)
        edition = EDITIONS.address
        (entry,), (other,) = entries(project), json_feed(project)["items"]
        titles = [items(project, path)[0]["title"] for path in rss_feeds(project) if path != edition]
        titles += [entry.findtext(f"{ATOM}title"), other["title"]]
        titles += [words(heading) for heading in fragment(items(project, edition)[0][CONTENT]).iter("h3")]
        assert {" ".join(each.split()) for each in titles} == {expected}
        (label,) = {feed.get("text") for feed in outlines(project) if "/authorities/" in feed.get("xmlUrl")}
        assert " ".join(label.split()) == " ".join(clean(f"A{title} · Digest").split())
        for name in project.published():
            if name.endswith((".html", ".json", ".opml")):
                assert clean(project.read(name)) == project.read(name)
