from __future__ import annotations

import uuid
from email.utils import parsedate_to_datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import example, given, reject
from hypothesis import settings as examples
from hypothesis import strategies as st
from lxml import etree, html

from compliance_digest.problems import NotesInvalid
from compliance_digest.text import clean
from tests.projects import HOST, NAMESPACE, Project, note, settings, words
from tests.sample import SAMPLE

from .crawler import links

if TYPE_CHECKING:
    from tests.projects import Files

BASE = f"https://{HOST}/"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
SELF = "{http://www.w3.org/2005/Atom}link"


def channel(project: Project, path: str = "feed.xml") -> Any:
    return etree.fromstring(project.read(path).encode())[0]


def items(project: Project, path: str = "feed.xml") -> list[dict[str, str]]:
    """Return the items of a feed, each with the texts of its elements."""
    return [{str(part.tag): part.text or "" for part in item} for item in channel(project, path).iter("item")]


def fragment(text: str) -> html.HtmlElement:
    return html.fragment_fromstring(text, create_parent="div")


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return Project(tmp_path_factory.mktemp("project")).built(SAMPLE)


def feeds(project: Project) -> list[str]:
    return sorted(path for path in project.published() if path.endswith("feed.xml"))


def test_feed_readers_take_every_feed(sample: Project) -> None:
    assert len(feeds(sample)) == 12
    for path in feeds(sample):
        feed = sample.feed(path)
        assert feed.version == "rss20"
        assert feed.entries
        assert feed.feed.title.endswith("Digest")


def test_a_channel_has_all_that_the_best_practices_ask_for(sample: Project) -> None:
    for path in feeds(sample):
        found = channel(sample, path)
        texts = {name: found.findtext(name) for name in ("link", "description", "language", "ttl", "copyright")}
        page = path.removesuffix("feed.xml")
        assert texts == {
            "link": BASE + page,
            "description": "Fines & more.",
            "language": "en",
            "ttl": "60",
            "copyright": "CC BY 4.0",
        }
        assert len(found.findall("link")) == len(found.findall("title")) == len(found.findall("lastBuildDate")) == 1
        assert dict(found.find(SELF).attrib) == {"href": BASE + path, "rel": "self", "type": "application/rss+xml"}
        assert found.findtext("image/title") == found.findtext("title")
        assert found.findtext("image/link") == found.findtext("link")
        image = sample.site / found.findtext("image/url").removeprefix(BASE)
        assert image.read_bytes().startswith(b"\x89PNG")
        size = [int.from_bytes(image.read_bytes()[at : at + 4]) for at in (16, 20)]
        assert [int(found.findtext(f"image/{name}")) for name in ("width", "height")] == size
        assert max(size) <= 144


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("feed.xml", "Digest"),
        ("tags/personal-data/feed.xml", "personal data · Digest"),
        ("authorities/cnil/feed.xml", "CNIL · Digest"),
        ("countries/fr/feed.xml", "France · Digest"),
    ],
)
def test_a_feed_is_called_by_what_it_holds(sample: Project, path: str, title: str) -> None:
    assert channel(sample, path).findtext("title") == title


def test_a_browser_shows_a_feed_by_its_style_sheet(sample: Project) -> None:
    for path in feeds(sample):
        document = etree.fromstring(sample.read(path).encode()).getroottree()
        (instruction,) = cast("list[Any]", document.xpath("/processing-instruction('xml-stylesheet')"))
        assert instruction.attrib["type"] == "text/css"
        assert (sample.site / urljoin(path, instruction.attrib["href"])).is_file()
        assert sample.read(path).startswith("<?xml version='1.0' encoding='UTF-8'?>\n<?xml-stylesheet ")


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


def test_an_item(sample: Project) -> None:
    (first,) = (item for item in items(sample) if item["title"] == "The first case")
    assert first["link"] == f"{BASE}2019/01/02/first/"
    assert first["guid"] == uuid.uuid5(uuid.UUID(NAMESPACE), "2019-01-02-first").urn
    assert first["pubDate"] == "Wed, 02 Jan 2019 00:00:00 +0100"
    assert first[CREATOR] == "Jo Doe"
    assert first["category"] == "fine"
    assert first["description"] == "Text of the first case."
    (guid,) = channel(sample).xpath("item[title='The first case']/guid")
    assert guid.get("isPermaLink") == "false"


def test_an_item_has_all_tags_of_its_note_by_their_labels(sample: Project) -> None:
    (second,) = (item for item in sample.feed().entries if item.title.startswith("A second"))
    assert [tag.term for tag in second.tags] == ["fine", "personal data", "health"]


def test_without_an_author_the_site_is_the_creator(project: Project) -> None:
    assert items(project.built({"content/a.md": note()}))[0][CREATOR] == "Digest"


def test_an_item_holds_the_whole_note(sample: Project) -> None:
    (first,) = (item for item in items(sample) if item["title"] == "The first case")
    text = words(fragment(first[CONTENT]))
    assert text.startswith("Text of the first case.")
    assert "2024-11-02: The fine was <confirmed> & paid." in text
    assert text.endswith("Sources: cnil.fr, News")
    (second,) = (item for item in items(sample) if item["title"].startswith("A second"))
    whole = fragment(second[CONTENT])
    body = sample.page("2024/09/30/second/").classed("e-content")[0]
    assert words(whole).startswith(words(body))
    for tag in ("strong", "table", "sup", "img", "code"):
        assert len(whole.findall(f".//{tag}")) == len(body.findall(f".//{tag}"))
    assert {each.get("id") for each in whole.xpath(".//*[@id]")} == {each.get("id") for each in body.xpath(".//*[@id]")}


@pytest.mark.parametrize("base_url", [BASE, f"{BASE}digest/"])
def test_every_address_in_an_item_is_absolute(project: Project, base_url: str) -> None:
    body = "\n[a](#x) [b](?y) [c](//other.example/z) [d](mailto:a@b.example) ![e](//other.example/e.png)\n"
    project.built({**SAMPLE, "content/more.md": note(body)}, base_url=base_url)
    for path in feeds(project):
        for item in items(project, path):
            found = [*links(fragment(item[CONTENT])), item["link"]]
            assert all(urlsplit(link).scheme in ("https", "mailto") for link in found), found
            assert all(link.startswith(base_url) for link in found if urlsplit(link).netloc == HOST)
            assert "data-tags" not in item[CONTENT]


def test_what_a_note_says_of_the_sites_own_attributes_stays(project: Project) -> None:
    project.built({"content/a.md": note('The page said data-tags="x" and data-tags="fine" there. #fine\n')})
    assert 'The page said data-tags="x" and data-tags="fine" there.' in words(fragment(items(project)[0][CONTENT]))


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
    assert items(project.built({PATH: note()}))[0]["guid"] == UNCHANGED
    assert items(project.built(change))[0]["guid"] == guid


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


def test_a_feed_of_a_group_is_as_old_as_its_own_newest_item(sample: Project) -> None:
    dates = {path: channel(sample, path).findtext("lastBuildDate") for path in feeds(sample)}
    assert dates["authorities/edpb/feed.xml"] == "Sat, 04 Mar 2023 00:00:00 +0100"
    assert dates["countries/fr/feed.xml"] == dates["feed.xml"] == "Sat, 02 Nov 2024 00:00:00 +0100"


def test_the_clock_is_in_no_feed(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    project.write(SAMPLE)
    builds = []
    for epoch in ("1735689600", "1798761600"):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
        project.build(fresh=True)
        builds.append({path: project.read(path) for path in feeds(project)})
    assert builds[0] == builds[1]


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


@examples(max_examples=25, deadline=None)
@given(title=texts, text=texts)
@example(title="".join(NASTY), text="".join(NASTY))
def test_whatever_characters_a_note_holds_its_feeds_are_well_formed(title: str, text: str) -> None:
    escaped = "".join(f"\\U{ord(character):08x}" for character in title)
    written = note(f"- Text {text}\n  #fine\n", title=None).replace("---\n", f'---\ntitle: "T{escaped}"\n', 1)
    with TemporaryDirectory() as folder:
        project = Project(Path(folder))
        try:
            project.built({"content/a.md": written})
        except NotesInvalid:
            reject()
        expected = " ".join(clean(f"T{title}").split())
        for path in feeds(project):
            assert len(project.feed(path).entries) == 1
            assert clean(project.read(path)) == project.read(path)
            assert " ".join(items(project, path)[0]["title"].split()) == expected
        for page in project.pages():
            name = page if page.endswith(".html") else f"{page}index.html"
            assert clean(project.read(name)) == project.read(name)


def test_an_item_says_the_facts_beside_the_text(project: Project) -> None:
    project.built({"content/a.md": note("Text.\n", fine="5000 EUR", status="annulled", organisation="Acme")})
    text = words(fragment(items(project)[0][CONTENT]))
    assert "Fine: €5,000; Outcome: fine; Status: annulled; Against: Acme" in text
