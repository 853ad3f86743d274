"""How heavy pages are."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest

from tests.projects import Project, note

from .kinds import NOTE

if TYPE_CHECKING:
    from tests.projects import Site

STYLE = "assets/style.css"
FIRST_ROUND_TRIP = 14 * 1024
FRONT_PAGE = 60 * 1024
ANY_PAGE = 150 * 1024


def packed(site: Site, path: str) -> int:
    return len(gzip.compress((site.site / path).read_bytes(), 9))


def test_the_front_page_is_light_and_has_no_script(built: Site) -> None:
    sizes = [len((built.site / path).read_bytes()) for path in ("index.html", STYLE)]
    assert sum(sizes) <= FRONT_PAGE
    assert built.page("").xpath("//script[not(@type='application/ld+json')]") == []


def test_notes_arrive_with_their_style_in_the_first_round_trip(built: Site) -> None:
    notes = [address for address, page in built.pages().items() if page.classed("e-content")]
    assert NOTE in notes
    style = packed(built, STYLE)
    heavy = {note: style + packed(built, f"{note}index.html") for note in notes}
    assert {note: size for note, size in heavy.items() if size > FIRST_ROUND_TRIP} == {}


def test_there_is_one_style_sheet(built: Site) -> None:
    for address, page in built.pages().items():
        (sheet,) = page.xpath("//link[@rel='stylesheet']/@href")
        assert sheet.endswith(STYLE), address


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A site of 400 notes that share a tag, each with long passages that carry it."""
    text = "It kept the data of customers, patients and staff longer than it needed to, and told nobody. " * 6
    body = "".join(f"- {text} #shared #tag_{{number}} #other_{{number}}\n" for _ in range(3))
    notes = {
        f"content/{number}.md": note(
            body.format(number=number % 90),
            title=f"An authority fines company {number} over data that it kept for too long, and told nobody of",
            date=f"{2012 + number % 12}-{1 + number % 9:02}-{10 + number % 19}",
            authority=f"Authority number {number % 150}",
            organisation=[f"Company number {number}", f"Company number {number}, holding"],
            fine=f"{number + 1}000 EUR",
            articles=[f"GDPR {article}(1)(a)" for article in range(5, 15)],
        )
        for number in range(400)
    }
    return Project(tmp_path_factory.mktemp("large")).built(notes)


def test_no_page_is_heavy(built: Site, large: Project) -> None:
    for site in (built, large):
        sizes = {path: len((site.site / path).read_bytes()) for path in site.published() if path.endswith(".html")}
        assert {path: size for path, size in sizes.items() if size > ANY_PAGE} == {}
