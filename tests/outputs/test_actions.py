from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from compliance_digest.outputs.policy import READING, SCRIPTED
from tests.projects import Page, Project, note, settings, words
from tests.sample import SAMPLE

if TYPE_CHECKING:
    from lxml import html

RATES = """
[rates]
currency = "EUR"
date = 2024-04-30
source = "https://rates.example/"
title = "averages of April"

[rates.units]
PLN = 4
"""


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return Project(tmp_path_factory.mktemp("project")).built(SAMPLE)


def cells(row: html.HtmlElement) -> list[str]:
    return [words(cell) for cell in row]


def said(cell: html.HtmlElement) -> list[str]:
    return [text.strip() for text in cell.itertext() if text.strip()]


def data(project: Project) -> dict[str, Any]:
    return dict(json.loads(project.read("actions/rows.json")))


def by_fine(project: Project) -> list[str]:
    """The titles of the actions with a fine, the highest first."""
    columns = data(project)["columns"]
    ranked = [(rank, title) for rank, title in zip(columns["rank"], columns["title"], strict=True) if rank is not None]
    return [title for _, title in sorted(ranked)]


def fined(*fines: str) -> dict[str, str]:
    return {f"content/{number}.md": note(title=fine, fine=fine.split(" + ")) for number, fine in enumerate(fines)}


def test_the_table_has_a_caption_and_says_what_each_row_and_column_is_of(sample: Project) -> None:
    page = sample.page("actions/")
    table = page.one("//table")
    assert words(table.find("caption"))
    headers = page.xpath("//table/thead//th[@scope='col']")
    assert [words(each) for each in headers] == [
        "Date", "Headline", "Organisation", "Authority", "Country", "Outcome", "Articles", "Fine",
    ]  # fmt: skip
    assert [each.get("aria-sort") for each in headers] == ["descending", *[None] * 7]
    assert all(len(row) == 8 and row.xpath("th/@scope") == ["row"] for row in page.xpath("//tbody/tr"))


def test_every_action_has_a_row_newest_first(sample: Project) -> None:
    addresses = ["actions/", "actions/page/2/", "actions/page/3/"]
    rows = [cells(row) for address in addresses for row in sample.page(address).xpath("//tbody/tr")]
    assert rows[0] == ["30 Sep 2024", "A ruling on appeal", "", "A Court", "Germany", "ruling", "", ""]
    assert rows[2][5:] == ["fine proposed", "", "€9,000 proposed"]
    assert rows[4][:6] == ["2 Jan 2019", "The first case", "Acme SA Émile & Co health", "CNIL", "France", "fine"]
    assert rows[4][6:] == ["GDPR 5(1)(e) ePrivacy 5(3)", "€800,000 £1,234.56 appealed"]
    assert len(rows) == 5


@pytest.mark.parametrize(
    ("fields", "outcome", "fine"),
    [
        pytest.param({"fine": "5 EUR", "status": "annulled"}, ["fine"], ["€5", "annulled"], id="annulled"),
        pytest.param({"fine": "5 EUR", "status": "final"}, ["fine"], ["€5"], id="final"),
        pytest.param(
            {"fine": "5 EUR", "outcome": "fine-proposed"}, ["fine proposed"], ["€5", "proposed"], id="proposed"
        ),
        pytest.param({"outcome": "order", "status": "appealed"}, ["order", "appealed"], [], id="without a fine"),
        pytest.param({}, [], [], id="nothing stated"),
    ],
)
def test_how_an_action_stands_is_said_beside_its_fine_or_else_its_outcome(
    project: Project, fields: dict[str, Any], outcome: list[str], fine: list[str]
) -> None:
    page = project.built({"content/a.md": note(**fields)}).page("actions/")
    assert said(page.one("//tbody//td[5]")) == outcome
    assert said(page.one("//tbody//td[7]")) == fine


def test_only_the_first_page_has_the_script_its_filters_and_a_policy_for_it(sample: Project) -> None:
    first, second = sample.page("actions/"), sample.page("actions/page/2/")
    assert without_hash(first) == SCRIPTED
    assert without_hash(second) == READING
    assert first.xpath("//script/@src") == ["../assets/actions.js"]
    assert second.xpath("//script/@src | //form") == []
    assert first.one("//form").get("hidden") is not None
    assert "../../../actions/" in second.xpath("//main//a/@href")


def without_hash(page: Page) -> str:
    """Return a page's policy but for what vouches for its data block."""
    policy = re.sub("'sha256-[^']*' ?", "", page.meta("Content-Security-Policy") or "")
    return policy.removesuffix("; script-src ")


def test_the_filters_offer_what_the_actions_have(sample: Project) -> None:
    page = sample.page("actions/")
    options = {
        select.get("name"): [(option.get("value"), words(option)) for option in select]
        for select in page.xpath("//select[@id=//label/@for]")
    }
    assert options["year"] == [("", "All"), ("2024", "2024"), ("2023", "2023"), ("2019", "2019")]
    assert options["authority"][1:3] == [("a-court", "A Court"), ("cnil", "CNIL, France")]
    assert ("de", "Germany") in options["country"]
    assert options["outcome"] == [
        ("", "All"),
        *((each, each) for each in ("fine", "fine proposed", "opinion", "ruling")),
    ]


def test_the_data_hold_what_the_table_shows_with_shared_values_once(sample: Project) -> None:
    lists, columns = data(sample)["lists"], data(sample)["columns"]
    assert columns["title"] == [
        "A ruling on appeal", 'A second "case" <of> health & data', "A fine proposed", "An opinion", "The first case",
    ]  # fmt: skip
    assert {len(column) for column in columns.values()} == {5}
    assert lists["day"][0] == ["2024-09-30", "30 Sep 2024"]
    assert columns["day"] == [0, 0, 1, 2, 3]
    assert columns["slug"][0] == "ruling"
    assert [lists["organisation"][place] for place in columns["organisation"][4]] == [
        ["Acme SA", "acme-sa"], ["Émile & Co", "emile-co"],
    ]  # fmt: skip
    assert columns["organisation"][1] == [0]
    assert [lists["fine"][place] for place in columns["fine"][4]] == [
        ["800000 EUR", "€800,000"],
        ["1234.56 GBP", "£1,234.56"],
    ]
    assert columns["rank"][0] is None


def test_fines_are_put_in_order_by_the_rates(project: Project) -> None:
    project.built({"digest.toml": settings(RATES), **fined("10 EUR", "44 PLN", "36 PLN", "5 EUR + 16 PLN", "1 EUR")})
    assert by_fine(project) == ["44 PLN", "10 EUR", "36 PLN", "5 EUR + 16 PLN", "1 EUR"]


def test_equal_fines_share_a_rank(project: Project) -> None:
    project.built({"digest.toml": settings(RATES), **fined("10 EUR", "40 PLN", "2 EUR")})
    assert sorted(data(project)["columns"]["rank"]) == [0, 0, 1]


def test_a_fine_without_a_rate_stands_apart(project: Project) -> None:
    project.built({"digest.toml": settings(RATES), **fined("1 EUR", "8 PLN", "900 USD", "1000 USD", "5 EUR + 5 CHF")})
    assert by_fine(project) == ["8 PLN", "1 EUR", "5 EUR + 5 CHF", "1000 USD", "900 USD"]
    told = project.page("actions/").texts("remark")[-1]
    assert "compared in EUR, by the rates of 30 April 2024: averages of April" in told
    assert "no rate for CHF, USD" in told
    assert project.page("actions/").xpath("//p[@class='remark']/a/@href") == ["https://rates.example/"]


def test_without_rates_fines_stand_by_currency(project: Project) -> None:
    project.built(fined("3 USD", "1 EUR", "2 EUR", "9 CHF"))
    assert by_fine(project) == ["9 CHF", "2 EUR", "1 EUR", "3 USD"]
    assert "by currency, then by amount: there are no exchange rates to compare CHF, EUR, USD by" in " ".join(
        project.page("actions/").texts("remark")
    )


@pytest.mark.parametrize("more", ["", RATES], ids=["without rates", "with rates"])
def test_one_currency_needs_no_word_on_rates(project: Project, more: str) -> None:
    project.built({"digest.toml": settings(more), **fined("3 EUR", "1 EUR")})
    assert project.page("actions/").classed("remark") == []


def test_a_site_without_notes_has_an_empty_table_and_no_script(project: Project) -> None:
    project.build()
    page = project.page("actions/")
    assert page.xpath("//script/@src | //table | //form") == []
    assert "0 actions" in words(page.one("//main"))
    assert data(project)["columns"]["title"] == []


def test_what_a_note_holds_is_text(project: Project) -> None:
    title = "</script><b>\u202e & \"x\" 'y'"
    project.built({"content/a.md": note(title=title, organisation=title, sector=title)})
    row = cells(project.page("actions/").one("//tbody/tr"))
    assert row[1] == title
    assert data(project)["columns"]["title"] == [title]
    assert data(project)["lists"]["sector"] == [title]
