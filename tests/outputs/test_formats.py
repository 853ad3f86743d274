from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from compliance_digest.notes.note import Fine
from compliance_digest.outputs.formats import Formats, amount, name_order
from tests.projects import note, settings, words

if TYPE_CHECKING:
    from tests.projects import Project

DAY = date(2024, 9, 3)


@pytest.mark.parametrize(
    ("language", "fine", "written"),
    [
        ("en", "800000 EUR", "€800,000"),
        ("en", "1234.50 GBP", "£1,234.50"),
        ("en", "0.99 USD", "$0.99"),
        ("en", "1200 CHF", "CHF 1,200"),
        ("en", "100000 JPY", "¥100,000"),
        ("en", "1.234 KWD", "KWD 1.234"),
        ("en", "1200000000 EUR", "€1,200,000,000"),
        ("de", "800000 EUR", "800.000 €"),
        ("de", "1234.50 EUR", "1.234,50 €"),
        ("de-CH", "800000 CHF", "CHF 800’000"),
        ("fr", "800000 EUR", "800 000 €"),
    ],
)
def test_money(language: str, fine: str, written: str) -> None:
    figure, currency = fine.split()
    assert " ".join(Formats(language).money(Fine(Decimal(figure), currency)).split()) == written


def test_money_as_a_machine_reads_it() -> None:
    assert amount(Fine(Decimal(800_000), "EUR")) == "800000 EUR"
    assert amount(Fine(Decimal("1234.50"), "EUR")) == "1234.50 EUR"


@pytest.mark.parametrize(
    ("language", "day", "short_day", "month", "month_name"),
    [
        ("en", "3 September 2024", "3 Sep", "September 2024", "September"),
        ("en-US", "3 September 2024", "3 Sep", "September 2024", "September"),
        ("de", "3. September 2024", "3. Sept.", "September 2024", "September"),
        ("fr", "3 septembre 2024", "3 sept.", "septembre 2024", "septembre"),
        ("cs", "3. září 2024", "3. 9.", "září 2024", "září"),
    ],
)
def test_dates(language: str, day: str, short_day: str, month: str, month_name: str) -> None:
    formats = Formats(language)
    written = formats.day(DAY), formats.short_day(DAY), formats.month(DAY), formats.month_name(DAY)
    assert tuple(" ".join(each.split()) for each in written) == (day, short_day, month, month_name)


@pytest.mark.parametrize(("language", "written"), [("en", "1,234"), ("de", "1.234")])
def test_numbers(language: str, written: str) -> None:
    assert Formats(language).number(1234) == written


@pytest.mark.parametrize(
    ("language", "code", "name"),
    [("en", "FR", "France"), ("de", "FR", "Frankreich"), ("en", "EU", "European Union"), ("en", "ZZZ", "ZZZ")],
)
def test_countries(language: str, code: str, name: str) -> None:
    assert Formats(language).country(code) == name


def test_names_are_in_order_without_regard_to_accents_and_case() -> None:
    assert sorted(["Zebra", "édith", "Apple", "Edgar", "apple"], key=name_order) == [
        "Apple", "apple", "Edgar", "édith", "Zebra",
    ]  # fmt: skip


def test_a_site_in_german(project: Project) -> None:
    files = {"content/a.md": note(fine="1500 EUR", country="FR", date="2024-03-01")}
    project.built({"digest.toml": settings(language="de"), **files})
    page = project.page("2024/03/01/a/")
    assert page.one("/html/@lang") == "de"
    assert "1.500 €" in words(page.one("//main")).replace("\xa0", " ")
    assert "1. März 2024" in words(page.one("//main"))
    assert "Frankreich" in words(page.one("//main"))
    assert page.xpath("//data[@value='1500 EUR']")
    assert page.xpath("//time[@datetime='2024-03-01']")
    assert words(project.page("2024/03/").one("//h1")) == "März 2024"


@pytest.mark.parametrize(
    ("language", "key", "name", "title"),
    [
        ("en", "2024-W40", "Week 40, 2024", "Week 40, 2024: 30 September – 6 October 2024"),
        ("en", "2024-W41", "Week 41, 2024", "Week 41, 2024: 7–13 October 2024"),
        ("en-US", "2025-W01", "Week 1, 2025", "Week 1, 2025: 30 December 2024 – 5 January 2025"),
        ("en", "2020-W53", "Week 53, 2020", "Week 53, 2020: 28 December 2020 – 3 January 2021"),
        ("en", "2024-09", "September 2024", "September 2024"),
        ("de", "2024-W40", "Woche 40 des Jahres 2024", "Woche 40 des Jahres 2024: 30. Sept. – 6. Okt. 2024"),
        ("fr", "2025-W01", "Semaine 1 de 2025", "Semaine 1 de 2025: 30 déc. 2024 – 5 janv. 2025"),
        ("fr", "2024-09", "septembre 2024", "septembre 2024"),
    ],
)
def test_an_edition_and_its_days(language: str, key: str, name: str, title: str) -> None:
    formats = Formats(language)
    assert formats.edition(key) == name
    assert " ".join(formats.edition_title(key).split()) == title


@pytest.mark.parametrize(
    ("language", "territory"),
    [
        ("en", "en_US"),
        ("de", "de_DE"),
        ("de-CH", "de_CH"),
        ("pt-BR", "pt_BR"),
        ("zh-Hant", "zh_TW"),
        ("sr-Latn", "sr_RS"),
    ],
)
def test_a_language_with_its_territory(language: str, territory: str) -> None:
    assert Formats(language).territory == territory
