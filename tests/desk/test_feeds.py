from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from compliance_digest.desk.answer import Answer
from compliance_digest.desk.feeds import BadFeed, read_feed
from compliance_digest.desk.item import Item, Unused

PARIS = ZoneInfo("Europe/Paris")


def answer(body: str | bytes, content_type: str = "application/rss+xml") -> Answer:
    data = body if isinstance(body, bytes) else body.encode()
    return Answer("https://regulator.example/feed.xml", 200, None, content_type, data)


def item(title: str = "T", link: str = "https://regulator.example/t", date: str = "2024-09-30", more: str = "") -> str:
    return f"<item><title>{title}</title><link>{link}</link><pubDate>{date}</pubDate>{more}</item>"


def rss(*items: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel>{"".join(items)}</channel></rss>'


def read(body: str | bytes, content_type: str = "application/rss+xml") -> list[Item]:
    """Return the items of a feed of which notes can be made of all."""
    items, unused = read_feed(answer(body, content_type), PARIS)
    assert unused == []
    return items


def unused(*items: str) -> list[str]:
    found, left = read_feed(answer(rss(*items)), PARIS)
    assert found == []
    return [f"{each.name}: {each.reason}" for each in left]


def refused(body: str | bytes, content_type: str = "text/xml") -> str:
    with pytest.raises(BadFeed) as caught:
        read_feed(answer(body, content_type), PARIS)
    return str(caught.value)


def test_an_item_of_rss() -> None:
    stated = "Mon, 30 Sep 2024 22:30:00 GMT"
    more = (
        "<guid isPermaLink='false'>1 at regulator</guid><description>&lt;p&gt;One&lt;/p&gt;&lt;p&gt;Two</description>"
    )
    (found,) = read(rss(item("Fine &amp;amp; order", date=stated, more=more)))
    assert (found.title, found.date, found.stated) == ("Fine & order", date(2024, 10, 1), stated)
    assert (found.link, found.summary) == ("https://regulator.example/t", ("One", "Two"))
    assert found.guid.endswith("1 at regulator")


def test_an_item_of_atom() -> None:
    feed = """<feed xmlns="http://www.w3.org/2005/Atom"><entry><title type="html">A &lt;b&gt;fine&lt;/b&gt;</title>
    <id>tag:regulator.example,2024:1</id><link href="t"/><updated>2024-10-05T10:00:00Z</updated>
    <published>2024-09-30T10:00:00Z</published><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Words
    </p></div></content></entry></feed>"""
    (found,) = read(feed)
    assert (found.title, found.link, found.guid) == (
        "A fine",
        "https://regulator.example/t",
        "tag:regulator.example,2024:1",
    )
    assert (found.date, found.summary) == (date(2024, 9, 30), ("Words",))


def test_an_atom_entry_that_says_only_when_it_was_updated() -> None:
    feed = """<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>T</title><link href="https://regulator.example/t"/>
    <updated>2024-10-05</updated></entry></feed>"""
    assert read(feed)[0].date == date(2024, 10, 5)


def test_items_come_newest_first() -> None:
    feed = rss(*(item(day, date=day) for day in ("2024-01-01", "2024-03-01", "2024-02-01")))
    assert [each.title for each in read(feed)] == ["2024-03-01", "2024-02-01", "2024-01-01"]


@pytest.mark.parametrize(
    ("feed", "content_type"),
    [
        (rss(item("Größe")).encode("latin-1").replace(b"UTF-8", b"ISO-8859-1"), "text/xml"),
        (rss(item("Größe")).split("\n")[1].encode("latin-1"), "text/xml; charset=iso-8859-1"),
        (rss(item("Größe")).replace("UTF-8", "UTF-16").encode("utf-16"), "text/xml"),
        (b"\xef\xbb\xbf" + rss(item("Größe")).encode(), "text/xml; charset=iso-8859-1"),
    ],
    ids=["declared", "by header", "utf-16", "byte order mark"],
)
def test_encodings(feed: bytes, content_type: str) -> None:
    assert read(feed, content_type)[0].title == "Größe"


def test_control_characters_of_html_are_taken_out() -> None:
    assert read(rss(item("a&amp;#1;b&amp;#x7f;c")))[0].title == "abc"


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        (item(date="soon"), "T: its date can't be read: 'soon'"),
        (item(date=""), "T: it has no date"),
        (
            item(date="Thu, 01 Jan 1970 00:00:00 GMT"),
            "T: its date is 'Thu, 01 Jan 1970 00:00:00 GMT', which",
        ),
        (item(date="31/09/2024"), "T: its date can't be read: '31/09/2024'"),
        (item(title=""), "https://regulator.example/t: it has no title"),
        (item(link=""), "T: it has no link"),
        ("<item/>", "an item without a title: it has no title"),
    ],
)
def test_items_that_lack_something(more: str, reason: str) -> None:
    (told,) = unused(more)
    assert told.startswith(reason)


def test_one_bad_item_does_not_spoil_the_others() -> None:
    items, left = read_feed(answer(rss(item("bad", date="soon"), item("good"))), PARIS)
    assert [each.title for each in items] == ["good"]
    assert left == [Unused("bad", "its date can't be read: 'soon'")]


def test_a_feed_without_items_is_a_feed() -> None:
    assert read(rss()) == []


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("<rss><channel>", "not well-formed XML"),
        ("<rss><channel><item></channel></rss>", "mismatch"),
        ("", "it is empty"),
        (" \n", "it is empty"),
        ('{"version": "https://jsonfeed.org/version/1.1"}', "this is JSON; RSS and Atom are read"),
        ("plain text", "not well-formed XML"),
        (rss(item("a & b")), "not well-formed XML"),
        (rss(item("a\x01b")), "not well-formed XML"),
        (rss(item("Größe")).encode("latin-1"), "not well-formed XML"),
        (rss(item()).replace("UTF-8", "no-such-encoding"), "not well-formed XML"),
        ("<a>" * 100_000, "not well-formed XML"),
        ("<!DOCTYPE html><html><body>News</body></html>", "this is a web page and not a feed"),
        ("<!-- x --><HTML><p>News</HTML>", "this is a web page and not a feed"),
        ("<html", "this is a web page and not a feed"),
        ("<svg/>", "neither RSS nor Atom"),
        (b"/etc/passwd", "not well-formed XML"),
        ("https://regulator.example/other", "not well-formed XML"),
    ],
)
def test_what_is_no_feed(body: str | bytes, reason: str) -> None:
    assert reason in refused(body)


def test_a_web_page_that_names_feeds() -> None:
    page = """<!-- x --><!doctype html><link rel=alternate hreflang=de href=/de>
    <link rel="Alternate" type="application/RSS+xml" href="/news.xml">
    <link rel=alternate type=application/atom+xml href=http://[>"""
    told = "this is a web page and not a feed, and names https://regulator.example/news.xml as one"
    assert refused(page, "text/html") == told


def test_many_comments_take_no_time() -> None:
    assert "not well-formed XML" in refused("<!---->" * 100_000)


BOMB = """<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>"""


@pytest.mark.parametrize(
    "kind", [BOMB, '<!DOCTYPE rss [<!ENTITY c SYSTEM "file:///etc/passwd">]>', '<!DOCTYPE rss [<!ENTITY % c "d">]>']
)
def test_entities_are_refused(kind: str) -> None:
    feed = rss(item("&c;" if "%" not in kind else "T")).split("\n")[1]
    assert "defines XML entities of its own" in refused(kind + feed)
    assert "defines XML entities of its own" in refused((kind + feed).encode("utf-16"))


def test_a_document_type_alone_is_harmless() -> None:
    kind = '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/rss-0.91.dtd">'
    assert read(kind + rss(item()).split("\n")[1])
