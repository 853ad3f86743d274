from __future__ import annotations

import uuid
from datetime import date
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance_digest.archive.authorities import Authorities
from compliance_digest.desk.draft import LONGEST_QUOTE, Origin, draft_of
from compliance_digest.desk.item import Item, Unfit
from compliance_digest.notes.reading import Context, read_note
from compliance_digest.text import clean
from tests.notes.helpers import examples
from tests.projects import Page, words

if TYPE_CHECKING:
    from compliance_digest.notes.note import Note, Text

AUTHORITIES = Authorities.of({})
CONTEXT = Context(ZoneInfo("Europe/Paris"), uuid.UUID(int=0))
FEED = Origin("https://www.cnil.fr/rss.xml", "the feed of www.cnil.fr", "do that", "cnil")
STATED = "Mon, 30 Sep 2024 10:00:00 +0200"


def item(title: str = "T", link: str = "https://www.cnil.fr/x", summary: tuple[str, ...] = (), **fields: Any) -> Item:
    return Item(title, date(2024, 9, 30), STATED, link, summary, fields=fields)


def draft(what: Item, origin: Origin = FEED) -> str:
    return draft_of(what, origin, AUTHORITIES, CONTEXT)


def read(text: str) -> tuple[Note, Text]:
    """Return the note of a draft; nothing may be wrong with it."""
    reading, body = read_note("2024-09-30-x.md", text.encode(), CONTEXT)
    assert reading.problems == ()
    assert reading.note
    assert body
    return reading.note, body


def test_a_draft() -> None:
    assert draft(item("Fine: #1", summary=("The #CNIL said", "1. [[x]]"))) == (
        "---\n"
        "title: 'Fine: #1'\n"
        "date: 2024-09-30\n"
        "links:\n"
        "  - https://www.cnil.fr/x\n"
        "authority: cnil\n"
        "country: FR\n"
        "draft: true\n"
        "---\n"
        "\n"
        "> **Quoted from the feed of www.cnil.fr, dated Mon, 30 Sep 2024 10:00:00 +0200; to be replaced by your own"
        " words:**\n"
        ">\n"
        "> The \\#CNIL said\n"
        ">\n"
        "> 1\\. \\[\\[x\\]\\]\n"
    )


def test_a_draft_without_a_summary_says_so() -> None:
    _, body = read(draft(item()))
    assert words(Page(f"<body>{body.html}</body>").one("//blockquote")) == (
        f"From the feed of www.cnil.fr, dated {STATED}, without a summary."
    )


def test_the_links_host_tells_who_acted_before_the_feed_does() -> None:
    made = {link: read(draft(item(link=link)))[0] for link in ("https://ico.org.uk/x", "https://news.example/x")}
    assert [(note.authority, note.country) for note in made.values()] == [("ico", "GB"), ("cnil", "FR")]


def test_who_acted_is_left_open_where_nothing_tells() -> None:
    note, _ = read(draft(item(link="https://news.example/x"), Origin("a.csv", "a.csv", "")))
    assert (note.authority, note.country) == (None, None)


def test_what_a_table_says_goes_before_what_is_known() -> None:
    fields: dict[str, Any] = {
        "authority": "Some court",
        "country": "DE",
        "fine": ("€800,000",),
        "tags": ("fine", "cookies"),
    }
    note, _ = read(draft(item(**fields)))
    assert (note.authority, note.country, [tag.key for tag in note.tags]) == ("Some court", "DE", ["fine", "cookies"])
    assert [(str(fine.amount), fine.currency) for fine in note.fines] == [("800000", "EUR")]


@pytest.mark.parametrize(
    ("what", "reason"),
    [
        (item(link="javascript:alert(1)"), "links: expected an address such as"),
        (item(link="file:///etc/passwd"), "links: expected an address such as"),
        (item(link="https://"), "links: expected an address such as"),
        (item(fine=("800.000 €",)), "fine: "),
        (item(outcome="fined"), "outcome: expected one of fine,"),
        (item(country="Frankreich"), "country: expected an ISO 3166-1 alpha-2 code"),
        (item(authority="Datatilsynet"), None),
    ],
)
def test_what_no_note_can_be_made_of(what: Item, reason: str | None) -> None:
    if reason is None:
        assert "authority: Datatilsynet" in draft(what)
        return
    with pytest.raises(Unfit) as caught:
        draft(what)
    assert str(caught.value).startswith(reason)


def test_a_long_summary_is_cut_and_that_is_said() -> None:
    text = draft(item(summary=("a" * 3000, "b" * 3000)))
    assert text.count("b") < LONGEST_QUOTE - 3000 + 100
    assert text.endswith(" …\n>\n> **Cut here; the source has more.**\n")


texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1).map(clean).filter(
    lambda text: bool(text.strip())
)  # fmt: skip


@examples
@given(texts, st.lists(texts.map(lambda text: " ".join(text.split())).filter(bool), max_size=3))
def test_whatever_a_source_says_its_draft_is_a_note_that_says_just_that(title: str, summary: list[str]) -> None:
    note, body = read(draft(item(title, summary=tuple(summary))))
    assert note.draft
    assert note.tags == ()
    assert not Page(f"<body>{body.html}</body>").xpath("//a")
