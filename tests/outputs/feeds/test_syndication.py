from __future__ import annotations

import re
import uuid
from datetime import datetime, timedelta, timezone
from html import escape
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urljoin

import pytest
from feedgen.feed import FeedGenerator
from lxml import etree

from compliance_digest.outputs.feeds.channel import Channel, Item
from compliance_digest.outputs.feeds.syndication import RssWriter
from compliance_digest.settings import Site
from tests.projects import NAMESPACE, note, settings

from .helpers import ATOM, BASE, CREATOR, HUB, LANGUAGE, channel, entries, items, root, rss_feeds

if TYPE_CHECKING:
    from tests.projects import Project

RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


def test_feed_readers_take_every_feed(sample: Project) -> None:
    assert len(rss_feeds(sample)) == 13
    for path in rss_feeds(sample):
        feed = sample.feed(path)
        assert feed.version == "rss20"
        assert feed.entries
        assert feed.feed.title.endswith("Digest")


def test_a_channel_has_all_that_the_best_practices_ask_for(sample: Project) -> None:
    for path in rss_feeds(sample):
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
        assert dict(found.find(f"{ATOM}link").attrib) == {
            "href": BASE + path,
            "rel": "self",
            "type": "application/rss+xml",
        }
        assert found.findtext("image/title") == found.findtext("title")
        assert found.findtext("image/link") == found.findtext("link")
        image = sample.site / found.findtext("image/url").removeprefix(BASE)
        assert image.read_bytes().startswith(b"\x89PNG")
        size = [int.from_bytes(image.read_bytes()[at : at + 4]) for at in (16, 20)]
        assert [int(found.findtext(f"image/{name}")) for name in ("width", "height")] == size
        assert max(size) <= 144


def test_a_browser_shows_a_feed_by_its_style_sheet(sample: Project) -> None:
    for path in [*rss_feeds(sample), "atom.xml"]:
        document = etree.fromstring(sample.read(path).encode()).getroottree()
        (instruction,) = cast("list[Any]", document.xpath("/processing-instruction('xml-stylesheet')"))
        assert instruction.attrib["type"] == "text/css"
        assert (sample.site / urljoin(path, instruction.attrib["href"])).is_file()
        assert sample.read(path).startswith("<?xml version='1.0' encoding='UTF-8'?>\n<?xml-stylesheet ")


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


@pytest.mark.parametrize("text", ["Text", "<b> & \"co\" 'x'", "“é” \U0001f512", "a\r\nb\tc", "]]>", "&amp;", " a "])
@pytest.mark.parametrize("whole", [True, False])
def test_items_are_what_feedgen_writes(text: str, *, whole: bool) -> None:
    site = Site(title="Digest", base_url=BASE)
    published = datetime(2019, 1, 2, tzinfo=timezone(timedelta(hours=-3, minutes=-30)))
    html = f"<p>{text}</p>" if whole else None
    content = (lambda: html) if html else None
    item = Item("urn:a", text, f"{BASE}?{text}", text, content, text, (text, "b"), published, published)
    feed = FeedGenerator()
    feed.load_extension("dc")
    feed.title("Digest")
    feed.description("Digest")
    feed.link(href=BASE)
    made = feed.add_entry()
    made.title(item.title)
    made.link(href=item.link)
    made.guid(item.guid, permalink=False)
    made.description(escape(item.summary, quote=False))
    if html:
        made.content(html, type="html")
    for tag in item.tags:
        made.category(term=tag)
    made.published(published)
    made.dc.dc_creator(item.author)
    theirs, ours = feed.rss_str(), RssWriter().write(Channel(site, "Digest", "feed.xml", "", (item,)))
    assert ours[ours.index(b"<item>") :] == theirs[theirs.index(b"<item>") :] + b"\n"


def test_an_item_has_all_tags_of_its_note_by_their_labels(sample: Project) -> None:
    (second,) = (item for item in sample.feed().entries if item.title.startswith("A second"))
    assert [tag.term for tag in second.tags] == ["fine", "personal data", "health"]


def test_without_an_author_the_site_is_the_creator(project: Project) -> None:
    assert items(project.built({"content/a.md": note()}))[0][CREATOR] == "Digest"


def test_atom_has_all_that_its_standard_requires(sample: Project) -> None:
    """RFC 4287, sections 4.1.1 and 4.1.2, and the forms of 3.2 (persons) and 3.3 (dates)."""
    feed = root(sample, "atom.xml")
    assert feed.tag == f"{ATOM}feed"
    assert feed.get(LANGUAGE) == "en"
    once = {"id", "title", "updated"}
    known = {*once, "author", "category", "generator", "icon", "link", "rights", "subtitle", "entry"}
    check_atom(feed, once=once, at_most_once={"generator", "icon", "rights", "subtitle"}, known=known)
    assert len(entries(sample)) == 5
    for entry in entries(sample):
        known = {*once, "author", "category", "content", "link", "published", "summary"}
        check_atom(entry, once={*once, "content"}, at_most_once={"published", "summary"}, known=known)
        assert entry.find(f"{ATOM}content").get("type") == "html"
        assert entry.find(f"{ATOM}summary").get("type", "text") == "text"
    ids = [each.text for each in feed.iter(f"{ATOM}id")]
    assert len(set(ids)) == len(ids) == 6
    assert all(uuid.UUID(each).urn == each for each in ids)


def check_atom(element: Any, *, once: set[str], at_most_once: set[str], known: set[str]) -> None:
    counts = {name: len(element.findall(f"{ATOM}{name}")) for name in known}
    assert {each.tag.removeprefix(ATOM) for each in element} <= known
    assert all(counts[name] == 1 for name in once)
    assert all(counts[name] <= 1 for name in at_most_once)
    assert counts["author"] >= 1
    assert all(author.findtext(f"{ATOM}name") for author in element.iter(f"{ATOM}author"))
    assert all(category.get("term") for category in element.iter(f"{ATOM}category"))
    for name in ("updated", "published"):
        for date in element.iterfind(f"{ATOM}{name}"):
            assert RFC3339.fullmatch(date.text)
    alternates = [link for link in element.iterfind(f"{ATOM}link") if link.get("rel", "alternate") == "alternate"]
    assert len(alternates) == 1


def test_the_feed_in_atom(sample: Project) -> None:
    feed = root(sample, "atom.xml")
    names = ("id", "title", "subtitle", "updated", "rights", "icon")
    assert {name: feed.findtext(f"{ATOM}{name}") for name in names} == {
        "id": f"urn:uuid:{NAMESPACE}",
        "title": "Digest",
        "subtitle": "Fines & more.",
        "updated": "2024-11-02T00:00:00+01:00",
        "rights": "CC BY 4.0",
        "icon": f"{BASE}assets/icon.png",
    }
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "Jo Doe"
    assert [dict(link.attrib) for link in feed.iterfind(f"{ATOM}link")] == [
        {"href": f"{BASE}atom.xml", "rel": "self", "type": "application/atom+xml"},
        {"href": BASE, "rel": "alternate", "type": "text/html"},
    ]


def test_an_entry_in_atom(sample: Project) -> None:
    ruling, second, *_, first = entries(sample)
    texts = {name: first.findtext(f"{ATOM}{name}") for name in ("id", "title", "published", "updated", "summary")}
    assert texts == {
        "id": uuid.uuid5(uuid.UUID(NAMESPACE), "2019-01-02-first").urn,
        "title": "The first case",
        "published": "2019-01-02T00:00:00+01:00",
        "updated": "2024-11-02T00:00:00+01:00",
        "summary": "Text of the first case.",
    }
    assert first.find(f"{ATOM}link").get("href") == f"{BASE}2019/01/02/first/"
    assert [each.get("term") for each in second.iter(f"{ATOM}category")] == ["fine", "personal data", "health"]
    assert [each.get(LANGUAGE) for each in (ruling, second, first)] == ["de", None, None]


def test_readers_take_the_atom_feed(sample: Project) -> None:
    feed = sample.feed("atom.xml")
    assert feed.version == "atom10"
    assert [entry.title for entry in feed.entries] == [item["title"] for item in items(sample)]
    assert feed.entries[0].content[0].value == sample.feed().entries[0].content[0].value


def test_a_feed_without_items_says_no_time_of_its_own(project: Project) -> None:
    project.build()
    assert channel(project).find("lastBuildDate") is None
    assert root(project, "atom.xml").findtext(f"{ATOM}updated") == "1970-01-01T00:00:00+00:00"


def test_the_hub_is_named_by_every_feed(project: Project) -> None:
    project.built({"digest.toml": settings(f'[feeds]\nhub = "{HUB}"'), "content/a.md": note(tags=["x"])})
    paths = [*rss_feeds(project), "atom.xml"]
    assert len(paths) == 4
    for path in paths:
        hubs = [link for link in root(project, path).iter(f"{ATOM}link") if link.get("rel") == "hub"]
        assert [dict(link.attrib) for link in hubs] == [{"href": HUB, "rel": "hub"}]
        assert {link.rel: link.href for link in project.feed(path).feed.links}["hub"] == HUB
        assert project.feed(path).feed.link == urljoin(BASE, path.removesuffix("feed.xml").removesuffix("atom.xml"))


def test_without_a_hub_none_is_named(sample: Project) -> None:
    for path in [*rss_feeds(sample), "atom.xml", "feed.json"]:
        assert "hub" not in sample.read(path)


def test_offsets_of_before_standard_time_are_written_in_whole_minutes(project: Project) -> None:
    project.built({"digest.toml": settings(timezone="Europe/Paris"), "content/a.md": note(date="1900-01-02")})
    assert items(project)[0]["pubDate"] == "Tue, 02 Jan 1900 00:00:00 +0009"
    (entry,) = entries(project)
    assert entry.findtext(f"{ATOM}published") == entry.findtext(f"{ATOM}updated") == "1900-01-02T00:00:00+00:09"
