"""The example that must always work: the seed note, byte for byte."""

from __future__ import annotations

import re
from datetime import date
from zoneinfo import ZoneInfo

from compliance_digest.notes.reading import Context, read_note
from tests.notes.helpers import NAMESPACE, SEED, body_of

READING, TEXT = read_note(SEED.name, SEED.read_bytes(), Context(ZoneInfo("Europe/Paris"), NAMESPACE))
assert READING.note
assert TEXT
note, text = READING.note, TEXT
items = [line.strip().removeprefix("- ") for line in body_of(SEED.read_text(encoding="utf-8")).split("\n")[1:]]


def test_fields() -> None:
    assert note.title == "French CNIL fines CEGEDIM SANTÉ for pseudonymous processing of health data"
    assert note.date == date(2024, 9, 30)
    assert [source.url for source in note.sources] == [
        "https://www.cnil.fr/en/health-data-cegedim-sante-fined-eu800000"
    ]
    assert [tag.key for tag in note.tags] == ["personal_data", "anonymization", "fine", "change"]
    assert note.outcome == "fine"
    assert note.fines == ()  # never guessed from prose


def test_the_body_is_one_list_of_three_items() -> None:
    assert re.findall("</?(?:ul|li)", text.html) == ["<ul", *["<li", "</li"] * 3, "</ul"]
    assert text.html.startswith("<ul>")
    assert text.html.endswith("</ul>")


def test_title_and_source_are_not_repeated() -> None:
    assert note.title not in text.html
    assert note.sources[0].url not in text.html


def test_every_word_is_there_as_it_was_written() -> None:
    words = re.sub("<[^>]*>", "", text.html)
    assert words.split() == " ".join(items).replace("**", "").split()
    assert "thisinformation" in words  # typing errors are kept


def test_one_passage_with_three_tags() -> None:
    (passage,) = text.passages
    assert passage.tags == ("personal_data", "change", "anonymization")
    assert passage.text == items[1].replace("**", "").partition("  #")[0]
    assert "<strong>making it possible to combine data" in passage.html
    assert text.html.count('class="passage"') == text.html.count(f'id="{passage.anchor}"') == 1
    assert passage.anchor == "p-01adabd1"  # others link to it


def test_summary() -> None:
    assert note.summary.startswith("The restricted committee noted that CEGEDIM SANTÉ collected")
    assert note.summary.endswith("sick leaves and analysis results.")
