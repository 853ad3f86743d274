from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.outputs.crawler import links
from tests.projects import HOST, note, words
from tests.sample import SAMPLE

from .helpers import ATOM, BASE, CONTENT, entries, fragment, items, json_feed, rss_feeds

if TYPE_CHECKING:
    from tests.projects import Project


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
    for path in rss_feeds(project):
        for item in items(project, path):
            found = [*links(fragment(item[CONTENT])), item["link"]]
            assert all(urlsplit(link).scheme in ("https", "mailto") for link in found), found
            assert all(link.startswith(base_url) for link in found if urlsplit(link).netloc == HOST)
            assert "data-tags" not in item[CONTENT]


def test_all_formats_hold_the_same_text(sample: Project) -> None:
    texts = [item[CONTENT] for item in items(sample)]
    assert [entry.findtext(f"{ATOM}content") for entry in entries(sample)] == texts
    assert [item["content_html"] for item in json_feed(sample)["items"]] == texts


def test_an_edition_holds_all_its_actions(sample: Project) -> None:
    week, *_, first = items(sample, "editions/feed.xml")
    whole = fragment(week[CONTENT])
    assert [words(heading) for heading in whole.iter("h3")] == [
        "A ruling on appeal",
        'A second "case" <of> health & data',
    ]
    assert [heading.get("lang") for heading in whole.iter("h3")] == ["de", None]
    assert list(links(whole)) == [f"{BASE}2024/09/30/ruling/", f"{BASE}2024/09/30/second/"]
    assert [words(paragraph) for paragraph in whole.iter("p")][:3] == [
        "30 Sep · A Court · Germany · ruling",
        "Worum es ging.",
        "30 Sep · CNIL · France · €1,500",
    ]
    assert words(fragment(first[CONTENT])) == (
        "The first case 2 Jan · CNIL · France · €800,000 · £1,234.56 · appealed Text of the first case."
    )


def test_what_a_note_says_of_the_sites_own_attributes_stays(project: Project) -> None:
    project.built({"content/a.md": note('The page said data-tags="x" and data-tags="fine" there. #fine\n')})
    assert 'The page said data-tags="x" and data-tags="fine" there.' in words(fragment(items(project)[0][CONTENT]))


def test_an_item_says_the_facts_beside_the_text(project: Project) -> None:
    project.built({"content/a.md": note("Text.\n", fine="5000 EUR", status="annulled", organisation="Acme")})
    text = words(fragment(items(project)[0][CONTENT]))
    assert "Fine: €5,000; Outcome: fine; Status: annulled; Against: Acme" in text
