"""The ledger of all actions: what its script makes of the table."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from tests.projects import Site


@pytest.fixture
def ledger(page: Page, site: str) -> Page:
    page.goto(f"{site}actions/")
    return page


def rows(page: Page) -> Locator:
    return page.locator("tbody tr")


def column(page: Page, number: int) -> list[str]:
    return [" ".join(text.split()) for text in page.locator(f"tbody tr > :nth-child({number})").all_inner_texts()]


def sort_by(page: Page, name: str) -> None:
    page.locator("thead").get_by_role("button", name=name).click()


def test_data_are_fetched_when_they_are_first_asked_for(page: Page, site: str) -> None:
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url) if "rows.json" in request.url else None)
    page.goto(f"{site}actions/")
    expect(page.get_by_role("button", name="Reset")).to_be_visible()
    assert fetched == []
    for name in ("Fine", "Headline"):
        sort_by(page, name)
        expect(page.get_by_role("status")).to_have_text("64 of 64 actions")
    assert fetched == [f"{site}actions/rows.json"]


def test_the_script_makes_the_rows_that_the_page_has(ledger: Page, site: str) -> None:
    shape = """(rows) => rows.map((row) => [...row.querySelectorAll("*")].map((each) => [
        each.tagName, each.className, each.lang, each.getAttribute("datetime") ?? each.value, each.href,
        each.children.length ? "" : each.textContent.trim()]))"""
    pages = []
    for number in (1, 2, 3):
        ledger.goto(f"{site}actions/page/{number}/" if number > 1 else f"{site}actions/")
        pages += rows(ledger).evaluate_all(shape)
    ledger.goto(f"{site}actions/?sort=date")
    expect(ledger.get_by_role("status")).to_have_text("64 of 64 actions")
    assert rows(ledger).evaluate_all(shape)[::-1] == pages


def test_filters_narrow_what_is_shown_and_stand_in_the_address(ledger: Page, site: str) -> None:
    ledger.get_by_label("Country").select_option("France")
    ledger.get_by_label("Outcome").select_option("reprimand")
    expect(ledger.get_by_role("status")).to_have_text(re.compile(r"^\d of 64 actions$"))
    assert set(column(ledger, 5)) == {"France"}
    assert set(column(ledger, 6)) == {"reprimand"}
    assert ledger.url == f"{site}actions/?country=fr&outcome=reprimand"
    expect(ledger.locator(".pagination")).to_be_hidden()
    shown = column(ledger, 2)
    ledger.reload()
    expect(ledger.get_by_label("Outcome")).to_have_value("reprimand")
    assert column(ledger, 2) == shown


@pytest.mark.parametrize("written", ["openai", "OPENAI fines", "óPenAI"])
def test_words_are_looked_for_in_headlines_and_organisations(ledger: Page, written: str) -> None:
    ledger.get_by_role("searchbox").press_sequentially(written)
    expect(ledger.get_by_role("status")).to_have_text(re.compile(r"^\d of 64 actions$"))
    shown = zip(column(ledger, 2), column(ledger, 3), strict=True)
    assert all("openai" in f"{headline} {organisation}".casefold() for headline, organisation in shown)


def test_the_button_of_a_column_sorts_by_it_one_way_and_the_other(ledger: Page) -> None:
    for name, number, first, second in (
        ("Headline", 2, "ascending", "descending"),
        ("Fine", 8, "descending", "ascending"),
        ("Date", 1, "descending", "ascending"),
    ):
        header = ledger.get_by_role("columnheader", name=name)
        sort_by(ledger, name)
        expect(header).to_have_attribute("aria-sort", first)
        one = column(ledger, number)
        sort_by(ledger, name)
        expect(header).to_have_attribute("aria-sort", second)
        other = column(ledger, number)
        assert one[0] != other[0]
        assert ledger.locator("[aria-sort]").count() == 1


def test_fines_are_in_the_order_of_the_rates_and_none_comes_last(ledger: Page) -> None:
    for _ in range(2):
        sort_by(ledger, "Fine")
        expect(ledger.get_by_role("status")).to_have_text("64 of 64 actions")
        fines = column(ledger, 8)
        stated = [fine for fine in fines if fine]
        assert fines == stated + [""] * (64 - len(stated))
    sort_by(ledger, "Fine")
    expect(ledger.locator("tbody tr").first).to_contain_text("€1,200,000,000")
    assert "by the rates of 30 April 2024" in ledger.locator("main").inner_text()


def test_the_back_button_goes_back_through_what_was_asked(ledger: Page, site: str) -> None:
    plain = column(ledger, 2)
    ledger.get_by_label("Year").select_option("2023")
    sort_by(ledger, "Fine")
    ledger.get_by_role("searchbox").press_sequentially("meta")
    assert ledger.url == f"{site}actions/?words=meta&year=2023&sort=-fine"
    for address in ("?year=2023&sort=-fine", "?year=2023", ""):
        ledger.go_back()
        assert ledger.url == f"{site}actions/{address}"
    expect(ledger.get_by_role("status")).to_have_text("64 actions")
    expect(ledger.get_by_label("Year")).to_have_value("")
    assert column(ledger, 2) == plain
    expect(ledger.locator(".pagination")).to_be_visible()
    ledger.go_forward()
    expect(ledger.get_by_label("Year")).to_have_value("2023")


def test_where_nothing_matches_the_page_says_so_and_offers_all(ledger: Page, site: str) -> None:
    ledger.get_by_role("searchbox").fill("no such word")
    expect(ledger.get_by_role("status")).to_have_text("0 of 64 actions")
    expect(ledger.get_by_role("table")).to_be_hidden()
    expect(ledger.locator(".empty")).to_contain_text("No action matches.")
    ledger.get_by_role("button", name="Show all").click()
    expect(ledger.get_by_role("table")).to_be_visible()
    expect(ledger.get_by_role("searchbox")).to_be_focused()
    assert ledger.url == f"{site}actions/"


def test_an_address_that_asks_for_what_there_is_not_finds_nothing(page: Page, site: str) -> None:
    page.goto(f"{site}actions/?country=xx&sort=constructor")
    expect(page.get_by_role("status")).to_have_text("0 of 64 actions")
    expect(page.get_by_label("Country")).to_have_value("xx")
    page.get_by_role("button", name="Show all").click()
    expect(page.get_by_role("status")).to_have_text("64 actions")


def test_going_back_leads_to_where_one_was(page: Page, site: str) -> None:
    page.goto(f"{site}actions/?sort=-fine")
    expect(rows(page)).to_have_count(64)
    page.evaluate("scrollTo(0, 1200)")
    rows(page).nth(20).get_by_role("link").first.click()
    page.wait_for_url("**/20*/**")
    page.go_back()
    expect(rows(page)).to_have_count(64)
    page.wait_for_function("scrollY > 1000")


def test_data_that_cannot_be_had_leave_the_table_as_it_is(ledger: Page) -> None:
    ledger.route("**/rows.json", lambda route: route.abort())
    shown = column(ledger, 2)
    sort_by(ledger, "Fine")
    expect(ledger.get_by_role("status")).to_contain_text("could not be loaded")
    assert column(ledger, 2) == shown
    ledger.unroute("**/rows.json")
    sort_by(ledger, "Headline")
    expect(ledger.get_by_role("status")).to_have_text("64 of 64 actions")


def test_many_actions_are_shown_some_at_a_time(page: Page, built: Site, site: str) -> None:
    text = built.read("actions/rows.json")

    def many(data: str) -> str:
        found = json.loads(data)
        columns = {name: (column * 200)[:10_000] for name, column in found["columns"].items()}
        return json.dumps({**found, "columns": columns})

    page.route("**/rows.json", lambda route: route.fulfill(body=many(text), content_type="application/json"))
    page.goto(f"{site}actions/?sort=title")
    expect(page.get_by_role("status")).to_have_text("10,000 of 10,000 actions")
    assert rows(page).count() == 100
    page.get_by_role("button", name="Show 100 more").click()
    assert rows(page).count() == 200
    expect(rows(page).nth(100).locator("th a")).to_be_focused()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_table_whose_rows_fold_is_still_a_table(page: Page, site: str, *, scripts: bool) -> None:
    browser = page.context.browser
    assert browser
    with browser.new_context(viewport={"width": 320, "height": 800}, java_script_enabled=scripts) as context:
        phone = context.new_page()
        phone.goto(f"{site}actions/")
        tree = phone.locator("table").aria_snapshot()
    assert "- table" in tree
    assert tree.count("- columnheader") == 8
    assert tree.count("- rowheader") == 30
    assert len(re.findall(r"- row\b", tree)) == 31


def test_paper_holds_the_actions_and_nothing_to_press(ledger: Page) -> None:
    ledger.emulate_media(media="print")
    assert rows(ledger).count() == 30
    expect(rows(ledger).first).to_be_visible()
    for button in ledger.locator("main button").all():
        expect(button).to_be_hidden()
