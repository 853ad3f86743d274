from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from compliance_digest.desk.stats import as_json, stats
from compliance_digest.desk.stats_text import aligned, as_text
from compliance_digest.problems import NotesInvalid
from tests.outputs.test_statistics import NOTES, RATES
from tests.projects import note, settings

if TYPE_CHECKING:
    from tests.projects import Project


def with_notes(project: Project, more: str = RATES) -> Project:
    files = {f"content/{name}.md": note(title=f"Note {name}", **fields) for name, fields in NOTES.items()}
    return project.write({"digest.toml": settings(more), **files})


TEXT = """\
Actions            7
With a fine        4
Sum of fines  €3,500
Authorities        3
Countries          3

Sums are in EUR, converted at the rates of 30 April 2024: Averages of April (https://rates.example/april).
Left out of sums and rankings, for want of a rate: fines in USD.
Left out of sums, since their fines were only proposed, or annulled: 2 actions.

Fines by year
Year  Actions  With a fine  Sum, EUR  By currency
2024        5            2    €1,500  €500  £857  $7
2022        2            2    €2,000  €1,000  SEK 11,621

Actions by month
Year  Jan  Feb  Mar  Apr  May  Jun  Jul  Aug  Sep  Oct  Nov  Dec
2024    –    –    3    –    2    –    –    –    –    –    –    –
2023    –    –    –    –    –    –    –    –    –    –    –    –
2022    1    –    1    –    –    –    –    –    –    –    –    –

Fines by authority
Authority            Actions  With a fine  Sum, EUR  By currency
ICO, United Kingdom        2            1    €1,500  €500  £857
CNIL, France               1            1    €1,000  €1,000
IMY, Sweden                1            1    €1,000  SEK 11,621

Fines by tag
An action with several tags counts under each of them.
Tag  Actions  With a fine  Sum, EUR  By currency
y          2            2    €2,500  €500  £857  SEK 11,621
x          4            3    €2,000  €1,000  SEK 11,621  $7

Fines by article
An action that rests on several articles counts under each, with its whole fine.
Article  Actions  With a fine  Sum, EUR  By currency
GDPR 5         2            2    €2,000  €1,000  SEK 11,621

Fines by currency
Currency  Fines       Total  Units for 1 EUR  Sum, EUR
EUR           2      €1,500                1    €1,500
GBP           1        £857            0.857    €1,000
SEK           1  SEK 11,621           11.621    €1,000
USD           1          $7                –         –

Largest fines
      Fine        Date  Authority  Title
€500  £857  2024-03-06  ICO        Note c
SEK 11,621  2022-03-05  IMY        Note b
    €1,000  2022-01-05  CNIL       Note a"""


def test_the_figures_as_text(project: Project) -> None:
    assert as_text(stats(with_notes(project).folder)).replace("\u00a0", " ") == TEXT


def test_the_figures_are_those_of_the_page(project: Project) -> None:
    page = with_notes(project).built({}).page("statistics/")
    text = as_text(stats(project.folder))
    for cell in page.xpath("//main//tbody/tr/*[self::th or self::td]"):
        for shown in str(cell.text_content()).split("\n"):
            assert shown.strip() in text or "(" in shown, shown


def test_the_figures_as_json(project: Project) -> None:
    found = as_json(stats(with_notes(project).folder))
    assert (found["actions"], found["with_fine"], found["sum"]) == (7, 4, {"amount": "3500", "currency": "EUR"})
    assert (found["authorities"], found["countries"], found["not_counted"]) == (3, 3, 2)
    assert (found["without_rate"], found["rates"]["date"]) == (["USD"], "2024-04-30")
    assert found["by_month"] == {"2022-01": 1, "2022-03": 1, "2024-03": 3, "2024-05": 2}
    assert found["by_year"][1] == {
        "label": "2022",
        "address": "2022/",
        "actions": 2,
        "with_fine": 2,
        "fines": [{"amount": "1000", "currency": "EUR"}, {"amount": "11621", "currency": "SEK"}],
        "sum": {"amount": "2000", "currency": "EUR"},
    }
    assert [each["label"] for each in found["by_tag"]] == ["y", "x"]
    assert found["by_currency"][-1] == {
        "fines": 1,
        "total": {"amount": "7", "currency": "USD"},
        "units": None,
        "sum": None,
    }
    assert [each["title"] for each in found["largest"]] == ["Note c", "Note b", "Note a"]


def test_without_rates(project: Project) -> None:
    text = as_text(stats(with_notes(project, "").folder))
    assert "Sums are of the fines in EUR alone, since no exchange rates are set." in text
    assert as_json(stats(project.folder))["rates"] is None


def test_drafts_and_future_notes_are_in_no_figure(project: Project) -> None:
    project.write({"content/a.md": note(draft=True), "content/b.md": note(date="9000-01-01"), "content/c.md": note()})
    assert as_json(stats(project.folder))["actions"] == 1


def test_notes_with_errors_are_told_instead_of_figures_without_them(project: Project) -> None:
    project.write({"content/a.md": note(date="x"), "content/b.md": note(links=None)})
    with pytest.raises(NotesInvalid, match="the figures would lack notes that have errors") as caught:
        stats(project.folder)
    assert [problem.code for problem in caught.value.problems] == ["bad-date", "no-source"]


def test_nothing_to_count(project: Project) -> None:
    text = as_text(stats(project.folder))
    assert text.startswith("Actions       0\nWith a fine   0\nSum of fines  –\n")
    assert as_json(stats(project.folder))["sum"] is None


def test_wide_and_combining_characters_are_aligned() -> None:
    assert aligned([("名前", "1"), ("e\u0301", "22"), ("x", "333")]) == "名前    1\ne\u0301      22\nx     333"
