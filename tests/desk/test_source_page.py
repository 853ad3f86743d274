"""What a page says of itself is taken where it is clear, and never guessed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from compliance_digest.desk.answer import Answer, WebError
from compliance_digest.desk.source_page import source_page, with_page
from compliance_digest.problems import SettingsInvalid

if TYPE_CHECKING:
    from tests.desk.servers import Web
    from tests.projects import Project

HTML = "text/html; charset=utf-8"
PARIS = ZoneInfo("Europe/Paris")
OPEN_GRAPH = '<meta property="article:published_time" content="2024-09-05T10:00:00+02:00">'
DUBLIN_CORE = '<meta name="DC.date.issued" content="2024-09-05">'
JSON_LD = """<script type="application/ld+json">
    {"@graph": [{"@type": "NewsArticle", "headline": "From data", "datePublished": "2024-09-05"}]}</script>"""
TIME = '<time datetime="2024-09-06">6 September</time>'


def answer(page: str | bytes, kind: str = HTML) -> Answer:
    return Answer("https://x.org/", 200, None, kind, page if isinstance(page, bytes) else page.encode())


DATES = {
    "Open Graph": (OPEN_GRAPH, ["2024-09-05"]),
    "Dublin Core": (DUBLIN_CORE, ["2024-09-05"]),
    "JSON-LD": (JSON_LD, ["2024-09-05"]),
    "schema.org": ('<time itemprop="datePublished" datetime="2024-09-05">' + TIME, ["2024-09-05"]),
    "all agree, whatever other dates stand there": (OPEN_GRAPH + DUBLIN_CORE + JSON_LD + TIME, ["2024-09-05"]),
    "they don't agree": (OPEN_GRAPH + DUBLIN_CORE.replace("05", "07"), ["2024-09-05", "2024-09-07"]),
    "a time alone": (TIME, ["2024-09-06"]),
    "times of other days": (TIME + TIME.replace("06", "07"), ["2024-09-06", "2024-09-07"]),
    "a time of another day here": (OPEN_GRAPH.replace("T10:00:00+02:00", "T22:30:00Z"), ["2024-09-05", "2024-09-06"]),
    "a modification": ('<meta property="article:modified_time" content="2024-09-05">', []),
    "another form": (DUBLIN_CORE.replace("2024-09-05", "05/09/2024"), []),
    "no such day": (DUBLIN_CORE.replace("2024-09-05", "2024-09-31"), []),
    "no such time": (DUBLIN_CORE.replace("2024-09-05", "2024-09-05T10:00:00+99:00"), ["2024-09-05"]),
    "damaged data": ('<script type="application/ld+json">{"datePublished": </script>', []),
    "deep data": (f'<script type="application/ld+json">{"[" * 9999}</script>', []),
    "a number for a date": ('<script type="application/ld+json">{"datePublished": 20240905}</script>', []),
    "words": ("<p>Paris, 5 September 2024</p>", []),
}


@pytest.mark.parametrize(("page", "days"), DATES.values(), ids=DATES.keys())
def test_dates(page: str, days: list[str]) -> None:
    found = source_page(answer(page), PARIS)
    assert found
    assert [str(day) for day in found.days] == days


TITLES = {
    "Open Graph": (
        '<meta property="og:title" content=" Fine &amp; order\n at last "><title>x</title>',
        "Fine & order at last",
    ),
    "JSON-LD": (JSON_LD + "<h1>x</h1>", "From data"),
    "heading": ("<title>x | CNIL</title><h1>A <b>fine</b><!-- no --></h1>", "A fine"),
    "title": ("<title>A fine | CNIL</title>", "A fine | CNIL"),
    "empty": ('<meta property="og:title" content=" "><h1></h1>', None),
    "none": ("<p>Text.</p>", None),
}


@pytest.mark.parametrize(("page", "title"), TITLES.values(), ids=TITLES.keys())
def test_titles(page: str, title: str | None) -> None:
    found = source_page(answer(page), PARIS)
    assert found
    assert found.title == title


@pytest.mark.parametrize("page", [b"", b"\x00\xff", b"<" * 1000, b"<!-- -->"])
def test_rubbish_says_nothing(page: bytes) -> None:
    found = source_page(answer(page, "text/html"), PARIS)
    assert found is None or found.days == ()


def test_the_servers_encoding_is_taken() -> None:
    found = source_page(answer("<title>Société</title>".encode("latin-1"), "text/html; charset=iso-8859-1"), PARIS)
    assert found
    assert found.title == "Société"
    assert source_page(answer("<title>x</title>", "text/html; charset=no-such"), PARIS)


def test_what_is_asked_for_goes_before_the_page(project: Project, web: Web) -> None:
    url = web.page("/a", f"<title>From the page</title>{OPEN_GRAPH}", content_type=HTML)
    asked, remarks = with_page(project.folder, url, {"links": ["https://x.org/"]})
    assert asked == {"title": "From the page", "date": date(2024, 9, 5), "links": [url, "https://x.org/"]}
    assert remarks == ["date 2024-09-05, when the page says it was published; correct it if the action is older"]
    assert with_page(project.folder, url, {"title": "Mine"})[0]["title"] == "Mine"
    assert with_page(project.folder, url, {"date": "2024-01-01"})[0]["date"] == "2024-01-01"


def test_a_page_is_not_asked_for_what_is_known(project: Project, web: Web) -> None:
    with_page(project.folder, web("/a"), {"title": "T", "date": "2024-01-01"})
    assert web.asked == []


def test_a_page_that_has_moved_is_told_of(project: Project, web: Web) -> None:
    new = web.page("/new", f"<title>T</title>{OPEN_GRAPH}", content_type=HTML)
    old = web.page("/old", status=301, location=new)
    asked, remarks = with_page(project.folder, old, {})
    assert asked["links"] == [old]
    assert remarks[0] == f"{old} has moved permanently to {new}; the note has the address as it was given"


REFUSED = {
    "no date": ("<title>T</title>", HTML, "doesn't say when it was published; give the day of the action with --date"),
    "several": (f"<title>T</title>{OPEN_GRAPH}{TIME.replace('datetime', 'itemprop=datePublished datetime')}", HTML,
                "on more than one day (2024-09-05, 2024-09-06); give the day of the action with --date"),
    "no title": (OPEN_GRAPH, HTML, "has no title; give TITLE"),
    "a PDF": ("%PDF-1.7", "application/pdf", "found application/pdf; give TITLE and --date"),
}  # fmt: skip


@pytest.mark.parametrize(("page", "kind", "told"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_not_clear_is_asked_for(project: Project, web: Web, page: str, kind: str, told: str) -> None:
    with pytest.raises(SettingsInvalid, match="no note was made") as caught:
        with_page(project.folder, web.page("/a", page, content_type=kind), {})
    (problem,) = caught.value.problems
    assert str(problem).startswith("--from: error: ")
    assert str(problem).endswith(f"{told} [unclear-page]")


def test_a_page_that_is_not_there(project: Project, web: Web) -> None:
    with pytest.raises(WebError, match="/a can't be read: the server answers 404 Not Found"):
        with_page(project.folder, web("/a"), {})
