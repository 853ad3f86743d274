from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.projects import note, settings, words

if TYPE_CHECKING:
    from lxml import html

    from tests.projects import Page, Project

RATES = """
[rates]
currency = "EUR"
date = 2024-04-30
source = "https://rates.example/april"
title = "Averages of April"
units = { SEK = 11.621, GBP = 0.857 }
"""

NOTES: dict[str, dict[str, Any]] = {
    "a": {"date": "2022-01-05", "fine": "1000 EUR", "authority": "cnil", "tags": ["fine", "x"], "articles": ["GDPR 5"]},
    "b": {"date": "2022-03-05", "fine": "11621 SEK", "authority": "imy", "tags": ["x", "y"], "articles": ["GDPR 5"]},
    "c": {"date": "2024-03-06", "fine": ["500 EUR", "857 GBP"], "authority": "ico", "tags": ["y"]},
    "d": {"date": "2024-03-07", "fine": "9000 EUR", "outcome": "fine-proposed", "authority": "ico", "tags": ["z"]},
    "e": {"date": "2024-03-08", "fine": "8000 EUR", "status": "annulled", "tags": ["z"]},
    "f": {"date": "2024-05-08", "outcome": "reprimand", "tags": ["x"]},
    "g": {"date": "2024-05-09", "fine": "7 USD", "tags": ["x"]},
}


def statistics(project: Project, more: str = RATES) -> Page:
    files = {f"content/{name}.md": note(title=f"Note {name}", **fields) for name, fields in NOTES.items()}
    return project.built({"digest.toml": settings(more), **files}).page("statistics/")


def section(page: Page, heading: str) -> html.HtmlElement:
    (found,) = (each for each in page.xpath("//section") if words(each[0]) == heading)
    return found


def table(page: Page, heading: str) -> list[list[str]]:
    return [[words(cell) for cell in row] for row in section(page, heading).iterfind(".//tbody/tr")]


def test_fines_by_year(project: Project) -> None:
    assert table(statistics(project), "Fines by year") == [
        ["2024", "5", "2", "€500 £857 $7", "€1,500"],
        ["2022", "2", "2", "€1,000 SEK 11,621", "€2,000"],
    ]


def test_rankings_begin_with_the_highest_sum_and_name_no_tag_that_is_an_outcome(project: Project) -> None:
    page = statistics(project)
    assert [row[0] for row in table(page, "Fines by authority")] == [
        "ICO, United Kingdom",
        "CNIL, France",
        "IMY, Sweden",
    ]
    assert [(row[0], row[-1]) for row in table(page, "Fines by tag")] == [("y", "€2,500"), ("x", "€2,000")]
    assert table(page, "Fines by article") == [["GDPR 5", "2", "2", "€1,000 SEK 11,621", "€2,000"]]


def test_the_largest_fines(project: Project) -> None:
    page = statistics(project)
    assert [words(each) for each in section(page, "Largest fines in currencies with a rate").iterfind(".//h3")] == [
        "Note c",
        "Note b",
        "Note a",
    ]


def test_actions_by_month(project: Project) -> None:
    assert table(statistics(project), "Actions by month") == [
        ["2024", "–", "–", "3", "–", "2", *"–––––––"],
        ["2023", *"––––––––––––"],
        ["2022", "1", "–", "1", *"–––––––––"],
    ]


def test_sums_for_each_currency_with_the_rate_that_was_used(project: Project) -> None:
    page = statistics(project)
    assert table(page, "Sums for each currency") == [
        ["Euro (EUR)", "2", "€1,500", "1", "€1,500"],
        ["British Pound (GBP)", "1", "£857", "0.857", "€1,000"],
        ["Swedish Krona (SEK)", "1", "SEK 11,621", "11.621", "€1,000"],
        ["US Dollar (USD)", "1", "$7", "–", "–"],
    ]
    opening = words(page.classed("opening")[0])
    assert "Averages of April, of 30 April 2024" in opening
    assert page.xpath("//*[@class='opening']//a/@href") == ["https://rates.example/april"]


def test_what_is_left_out_is_said(project: Project) -> None:
    method = words(section(statistics(project), "How it is counted"))
    assert "Left out of all sums: 2 actions whose fines were only proposed, or annulled." in method
    opening = words(project.page("statistics/").classed("opening")[0])
    assert "Left out of sums, charts and rankings, for want of a rate: fines in USD." in opening


def test_without_rates_nothing_is_converted(project: Project) -> None:
    page = statistics(project, "")
    assert "Sums are of the fines in EUR alone" in words(page.classed("opening")[0])
    assert [row[-1] for row in table(page, "Fines by year")] == ["€500", "€1,000"]
    assert [row[0] for row in table(page, "Sums for each currency")] == [
        "Euro (EUR)", "British Pound (GBP)", "Swedish Krona (SEK)", "US Dollar (USD)",
    ]  # fmt: skip
    assert "for want of a rate: fines in GBP, SEK, USD." in words(page.classed("opening")[0])
    assert section(page, "Largest fines in EUR") is not None


def test_each_chart_has_a_title_a_description_and_its_numbers_as_a_table(project: Project) -> None:
    page = statistics(project)
    charts = page.xpath("//main//svg[@role='img']")
    assert len(charts) == 5
    for chart in charts:
        ids = str(chart.get("aria-labelledby")).split()
        assert [page.one(f"//*[@id='{each}']").tag for each in ids] == ["title", "desc"]
        assert all(words(page.one(f"//*[@id='{each}']")) for each in ids)
        assert chart.getparent().find(".//table") is not None
    assert "The highest is €2,000, for 2022." in page.text


def test_lines_lead_to_the_pages_of_what_they_are_about(project: Project) -> None:
    page = statistics(project)
    leads = [link.get("href") for link in section(page, "Fines by authority").iterfind(".//tbody//a")]
    assert leads == ["../authorities/ico/", "../authorities/cnil/", "../authorities/imy/"]
    years = [link.get("href") for link in section(page, "Actions by month").iterfind(".//tbody//a")]
    assert years == ["../2024/", "../2022/"]  # there is no page of a year without actions


@pytest.mark.parametrize("files", [{}, {"content/a.md": note()}], ids=["no notes", "no fines"])
def test_statistics_of_little(project: Project, files: dict[str, str]) -> None:
    page = project.built(files).page("statistics/")
    assert "There is no sum to show yet." in words(section(page, "Fines by authority"))


def test_a_mistyped_year_does_not_make_a_page_of_a_thousand_years(project: Project) -> None:
    page = project.built({"content/a.md": note(date="0024-09-30"), "content/b.md": note()}).page("statistics/")
    assert len(table(page, "Actions by month")) == 20
    assert len(page.text) < 50_000


def test_what_can_t_be_measured_is_no_nought_and_what_was_not_converted_is_not_rounded(project: Project) -> None:
    fines = {"a": ["1234.56 EUR", "20 GBP"], "b": ["90000000 USD"]}
    files = {f"content/{name}.md": note(fine=fine, organisation=name, articles=[name]) for name, fine in fines.items()}
    page = project.built(files).page("statistics/")
    assert table(page, "Fines by year") == [["2024", "2", "2", "€1,234.56 £20 $90,000,000", "€1,234.56"]]
    assert [row[0] for row in table(page, "Fines by article")] == ["a"]
    assert project.built({"content/a.md": None}).page("statistics/").text.count("–") > 0
    assert "$0" not in page.text


def test_more_years_than_there_is_room_for_are_told_of(project: Project) -> None:
    files = {f"content/{year}.md": note(date=f"{year}-01-01") for year in range(2001, 2026)}
    page = project.built(files).page("statistics/")
    assert len(table(page, "Fines by year")) == 20
    assert "The latest 20 years, of 25." in words(section(page, "Fines by year"))
    assert "from 2006" in words(section(page, "Actions by month"))
