from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from lxml import html

from compliance_digest.outputs.documents import EVERY, Document, documents
from compliance_digest.outputs.formats import Formats
from compliance_digest.outputs.rows import Rows
from compliance_digest.program import built_in_templates
from compliance_digest.settings_file import load_settings
from tests.archive.helpers import gathered
from tests.projects import note, settings
from tests.sample import SAMPLE

if TYPE_CHECKING:
    from tests.projects import Files, Project

RATES = """
[rates]
currency = "EUR"
date = 2024-04-30
source = "https://rates.example/"
units = { GBP = 0.5, SEK = 10 }
"""


def made(project: Project, files: Files) -> dict[str, Document]:
    """Return the documents of a project by the slugs of its notes, newest first."""
    archive = gathered(project, files).archive
    read, _ = load_settings(project.folder)
    rows = Rows(archive, lambda: Formats(read.site.language))
    return {each.entry.note.slug: each for each in documents(archive, rows, read.site.language, read.rates)}


def page(document: Document) -> Any:
    return html.document_fromstring(document.html())


def by_fine(found: dict[str, Document]) -> list[str]:
    """Return the slugs as the order "highest fine" has them."""
    return sorted(found, key=lambda slug: int(dict(found[slug].sorts)["fine"]), reverse=True)


def test_a_document_holds_what_is_shown_filtered_and_sorted_by(project: Project) -> None:
    first = made(project, SAMPLE)["first"]
    assert first.address == "2019/01/02/first/"
    shown = dict(first.shown)
    assert shown["title"] == "The first case"
    assert (shown["date"], shown["day"]) == ("2019-01-02", "2 January 2019")
    assert (shown["authority"], shown["country"]) == ("CNIL", "France")
    assert (shown["amount"], shown["remark"]) == ("€800,000 + £1,234.56", "appealed")
    assert shown["organisation"] == "Acme SA · Émile & Co"
    assert (shown["case"], shown["sector"]) == ("SAN-2019-001", "health")
    assert first.filters == (
        ("tag", "fine"), ("authority", "cnil"), ("country", "fr"), ("year", "2019"), ("outcome", "fine"),
    )  # fmt: skip


def test_tags_are_filtered_by_their_keys_and_found_by_their_labels(project: Project) -> None:
    second = made(project, SAMPLE)["second"]
    assert [value for name, value in second.filters if name == "tag"] == ["fine", "personal_data", "health"]
    assert dict(second.shown)["tags"] == "fine · personal data · health"


def test_a_note_without_facts_has_none(project: Project) -> None:
    document = made(project, {"content/a.md": note(links=None)})["a"]
    assert dict(document.shown).keys() == {"title", "date", "day", "every"}
    assert document.filters == (("year", "2024"),)


def test_every_note_has_the_word_that_the_page_searches_for_without_words(project: Project) -> None:
    assert {dict(document.shown)["every"] for document in made(project, SAMPLE).values()} == {EVERY}
    script = (built_in_templates() / "assets/search.js").read_text("utf-8")
    assert f'const EVERY = "\\u{ord(EVERY):04x}";' in script


def test_pagefind_is_told_by_attributes(project: Project) -> None:
    root = page(made(project, SAMPLE)["first"])
    (title,) = root.xpath("//head/meta[@data-pagefind-meta='title[content]']/@content")
    assert title == "The first case"
    assert root.xpath("//head/meta[@data-pagefind-filter='tag[content]']/@content") == ["fine"]
    assert root.xpath("//head/meta[@data-pagefind-sort='date[content]']/@content") == ["1"]
    assert root.xpath("boolean(//body/@data-pagefind-body)")
    assert root.xpath("string(//h1)") == "The first case"


def test_passages_keep_their_anchors_and_every_other_block_has_one(project: Project) -> None:
    second = made(project, SAMPLE)["second"]
    root = page(second)
    anchors = [passage.anchor for passage in second.text().passages]
    assert root.xpath("//body//*[starts-with(@id, 'p-')]/@id") == anchors
    assert not root.xpath("//body/*//li[not(@id)] | //body//p[not(@id)] | //body//td[not(@id)]")
    ids = root.xpath("//@id")
    assert len(ids) == len(set(ids))


def test_hashtags_at_the_end_of_a_passage_are_not_part_of_the_text(project: Project) -> None:
    text = page(made(project, {"content/a.md": note("- Words on #cookies here. #consent #fine\n")})["a"]).text_content()
    assert "Words on #cookies here." in text
    assert "#consent" not in text


def test_updates_are_part_of_the_text(project: Project) -> None:
    assert "The fine was <confirmed> & paid." in page(made(project, SAMPLE)["first"]).text_content()


def test_hostile_texts_stay_texts(project: Project) -> None:
    title = '</h1><script>alert("x")</script> & \' " {{ x }} \u202e'
    document = made(project, {"content/a.md": note(title=title, organisation='"><b data-pagefind-filter="x:y">')})["a"]
    root = page(document)
    assert root.xpath("string(//h1)") == title.strip()
    assert root.xpath("//meta[@data-pagefind-meta='title[content]']/@content") == [title.strip()]
    assert not root.xpath("//script | //b")


@pytest.mark.parametrize(
    ("fields", "lang", "filters"),
    [({}, "fr", []), ({"lang": "de"}, "de", ["de"])],
    ids=["the site's language", "a language of its own"],
)
def test_a_document_says_its_language(project: Project, fields: dict[str, str], lang: str, filters: list[str]) -> None:
    document = made(project, {"digest.toml": settings(language="fr"), "content/a.md": note(**fields)})["a"]
    assert page(document).get("lang") == lang
    assert [value for name, value in document.filters if name == "lang"] == filters


def test_dates_are_sorted_by_in_the_order_of_the_archive(project: Project) -> None:
    found = made(
        project, {f"content/{name}.md": note(date=f"2024-01-0{day}") for name, day in zip("abc", "221", strict=True)}
    )
    assert list(found) == sorted(found, key=lambda slug: int(dict(found[slug].sorts)["date"]), reverse=True)
    assert [dict(each.sorts)["date"] for each in found.values()] == ["3", "2", "1"]


FINES = {
    "small": "900 EUR",
    "large": "1000000000 EUR",
    "cents": "900.50 EUR",
    "pounds": "600 GBP",
    "both": ["100 EUR", "900 GBP"],
    "yen": "5000 JPY",
    "none": None,
}
NOTES = {f"content/{name}.md": note(fine=fine) for name, fine in FINES.items()}


def test_without_rates_only_fines_in_the_currency_of_most_notes_are_compared(project: Project) -> None:
    order = by_fine(made(project, NOTES))
    assert order[:4] == ["large", "cents", "small", "both"]
    assert set(order[4:]) == {"pounds", "yen", "none"}


def test_with_rates_fines_are_compared_across_currencies(project: Project) -> None:
    order = by_fine(made(project, {"digest.toml": settings(RATES), **NOTES}))
    assert order[:5] == ["large", "both", "pounds", "cents", "small"]
    assert set(order[5:]) == {"yen", "none"}


def test_every_note_has_a_place_of_its_own_in_every_order(project: Project) -> None:
    found = made(project, NOTES)
    for name in ("date", "fine"):
        assert len({int(dict(each.sorts)[name]) for each in found.values()}) == len(NOTES)


def test_notes_with_the_same_fine_and_with_none_are_newest_first(project: Project) -> None:
    days = {"a": "2024-01-01", "b": "2024-01-03", "c": "2024-01-02"}
    for fine in ("5 EUR", None):
        found = made(project, {f"content/{name}.md": note(date=day, fine=fine) for name, day in days.items()})
        assert by_fine(found) == ["b", "c", "a"]
