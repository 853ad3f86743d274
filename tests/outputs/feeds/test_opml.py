from __future__ import annotations

from typing import TYPE_CHECKING

from .helpers import BASE, channel, outlines, root, rss_feeds

if TYPE_CHECKING:
    from tests.projects import Project


def test_it_is_opml_2(sample: Project) -> None:
    document = root(sample, "feeds.opml")
    assert document.tag == "opml"
    assert document.get("version") == "2.0"
    assert [part.tag for part in document] == ["head", "body"]
    assert document.findtext("head/title") == "Feeds of Digest"
    assert document.findtext("head/ownerName") == "Jo Doe"
    assert {each.tag for each in document.iterfind("body//*")} == {"outline"}
    assert all(each.get("text") for each in document.iter("outline"))
    assert [each.get("text") for each in document.find("body") if not each.get("xmlUrl")] == [
        "Authorities",
        "Countries",
        "Tags",
    ]


def test_it_lists_each_feed_once_with_its_page(sample: Project) -> None:
    feeds = outlines(sample)
    assert all(len(feed) == 0 for feed in feeds)
    paths = [feed.get("xmlUrl").removeprefix(BASE) for feed in feeds]
    assert sorted(paths) == rss_feeds(sample)
    for path, feed in zip(paths, feeds, strict=True):
        found = channel(sample, path)
        assert feed.get("text") == feed.get("title") == found.findtext("title")
        assert feed.get("htmlUrl") == found.findtext("link")
        assert feed.get("language") == found.findtext("language")
        assert feed.get("version") == "RSS2"


def test_the_whole_digest_and_the_editions_come_first(sample: Project) -> None:
    assert [feed.get("text") for feed in outlines(sample)][:2] == ["Digest", "Editions · Digest"]


def test_a_site_without_notes_has_its_main_feed_in_it(project: Project) -> None:
    project.build()
    assert [feed.get("xmlUrl") for feed in outlines(project)] == [f"{BASE}feed.xml"]
