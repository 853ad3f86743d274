"""The search, as readers use it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from tests.projects import Project, note, settings

from .conftest import served

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Locator, Page

NOTES: dict[str, str | bytes | None] = {
    "digest.toml": settings(base_url="https://example.org/digest/"),
    "content/alpha.md": note(
        "Introduction without tags.\n\n- The bank set cookies before anyone agreed. #consent #fine\n"
        "- It kept <b>addresses</b> & <script>names</script> too long. #retention\n",
        title='Alpha: "a" <case> & more',
        date="2022-03-01",
        fine="100000 EUR",
        authority="cnil",
    ),
    "content/beta.md": note(
        "- Cookies again, and again cookies. #consent\n",
        title="Beta",
        date="2023-04-02",
        fine="900 EUR",
        authority="cnil",
    ),
    "content/gamma.md": note("- Cookies, but no fine. #transfers\n", title="Gamma", date="2024-05-03", authority="ico"),
    "content/delta.md": note(
        "- Die Behörde verhängte ein Bußgeld wegen Gesundheitsdaten. #health\n",
        title="Delta",
        date="2021-01-04",
        lang="de",
        authority="bfdi",
        outcome="order",
    ),
    **{
        f"content/many-{number}.md": note(
            f"- Repeated words, number {number}.\n", title=f"Many {number}", date="2020-01-01"
        )
        for number in range(23)
    },
}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the search page of a small site, served under a path."""
    folder = tmp_path_factory.mktemp("searched")
    Project(folder).write(NOTES).build(search=True, output=folder / "site" / "digest")
    with served(folder / "site") as address:
        yield f"{address}digest/search/"


@pytest.fixture
def page(browser: Browser, small: str) -> Iterator[Page]:
    """A page that fails its test for anything in the console, or a request to somewhere else."""
    told: list[str] = []
    with browser.new_context() as context:
        page = context.new_page()
        page.on("console", lambda message: told.append(message.text))
        page.on("pageerror", lambda error: told.append(str(error)))
        page.on("response", lambda response: None if response.status < 400 else told.append(response.url))
        site = small.removesuffix("search/")
        page.on("request", lambda request: None if request.url.startswith(site) else told.append(request.url))
        yield page
        page.goto("about:blank")
    assert told == []


def titles(page: Page) -> Locator:
    return page.locator(".results h3")


def state(page: Page) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


def test_typing_finds_and_counts(page: Page, small: str) -> None:
    page.goto(small)
    page.get_by_label("Words").press_sequentially("addresses")
    expect(titles(page)).to_have_text(['Alpha: "a" <case> & more'])
    expect(page.get_by_role("status")).to_have_text("1 action")
    expect(page).to_have_url(f"{small}?q=addresses")


def test_a_result_shows_the_facts_and_leads_to_the_passage(page: Page, small: str) -> None:
    page.goto(f"{small}?q=addresses")
    result = page.locator(".results > li")
    expect(result.locator("time")).to_have_attribute("datetime", "2022-03-01")
    expect(result.locator("time")).to_have_text("1 March 2022")
    expect(result.locator(".meta")).to_have_text("CNILFrance")
    expect(result.locator(".amount")).to_have_text("€100,000")
    excerpt = result.locator(".quote p").first
    expect(excerpt).to_have_text("It kept addresses & too long.")
    expect(excerpt.locator("mark")).to_have_text("addresses")
    result.get_by_role("link", name="Read in the note").click()
    assert re.search(r"/digest/2022/03/01/alpha/#p-[0-9a-f]+$", page.url)
    expect(page.locator(":target")).to_contain_text("It kept addresses")


def test_hashtags_stay_out_of_excerpts(page: Page, small: str) -> None:
    page.goto(f"{small}?q=bank")
    expect(page.locator(".results .quote p").first).to_have_text("The bank set cookies before anyone agreed.")


def test_text_before_the_first_passage_leads_to_the_note(page: Page, small: str) -> None:
    page.goto(f"{small}?q=introduction")
    link = page.locator(".results").get_by_role("link", name="Read in the note")
    expect(link).to_have_attribute("href", f"{urlsplit(small).path.removesuffix('search/')}2022/03/01/alpha/")


@pytest.mark.parametrize(
    ("choices", "found"),
    [
        ({"Tag": "consent"}, ["Beta", "Alpha"]),
        ({"Authority": "ico"}, ["Gamma"]),
        ({"Country": "fr"}, ["Beta", "Alpha"]),
        ({"Year": "2022"}, ["Alpha"]),
        ({"Outcome": "order"}, ["Delta"]),
        ({"Tag": "consent", "Order": "fine"}, ["Alpha", "Beta"]),
        ({"Tag": "consent", "Order": "oldest"}, ["Alpha", "Beta"]),
        ({"Country": "fr", "Year": "2021"}, []),
    ],
)
def test_lists_narrow_without_words(page: Page, small: str, choices: dict[str, str], found: list[str]) -> None:
    page.goto(small)
    for label, value in choices.items():
        page.get_by_label(label, exact=True).select_option(value)
    expect(page.get_by_role("status")).to_have_text(
        {0: "Nothing found", 1: "1 action"}.get(len(found), f"{len(found)} actions")
    )
    expect(titles(page)).to_have_text([re.compile(f"^{name}") for name in found])
    expect(page.get_by_text("Try fewer or other words")).to_be_visible(visible=not found)


def test_notes_without_a_fine_come_last_and_are_not_lost(page: Page, small: str) -> None:
    page.goto(f"{small}?q=cookies&sort=fine")
    expect(titles(page)).to_have_text([re.compile("^Alpha"), "Beta", "Gamma"])
    page.get_by_label("Order").select_option("date")
    expect(titles(page)).to_have_text(["Gamma", "Beta", re.compile("^Alpha")])
    page.get_by_label("Order").select_option("oldest")
    expect(titles(page)).to_have_text([re.compile("^Alpha"), "Beta", "Gamma"])


def test_an_address_is_enough_to_share_a_search(page: Page, small: str) -> None:
    page.goto(f"{small}?q=cookies&tag=consent&year=2022&sort=date")
    expect(titles(page)).to_have_text([re.compile("^Alpha")])
    assert page.get_by_label("Words").input_value() == "cookies"
    assert page.get_by_label("Tag").input_value() == "consent"
    assert page.get_by_label("Year").input_value() == "2022"
    assert page.get_by_label("Order").input_value() == "date"


def test_a_tag_that_is_gone_is_shown_and_finds_nothing(page: Page, small: str) -> None:
    page.goto(f"{small}?q=cookies&tag=<b>gone&sort=strange")
    expect(page.get_by_role("status")).to_have_text("Nothing found")
    assert page.get_by_label("Tag").input_value() == "<b>gone"
    assert page.get_by_label("Order").input_value() == ""


def test_back_and_forward_lead_through_choices(page: Page, small: str) -> None:
    page.goto(small)
    page.get_by_label("Words").fill("cookies")
    expect(titles(page)).to_have_count(3)
    page.get_by_label("Tag").select_option("consent")
    expect(titles(page)).to_have_count(2)
    page.get_by_label("Year").select_option("2023")
    expect(titles(page)).to_have_text(["Beta"])
    page.go_back()
    expect(titles(page)).to_have_count(2)
    assert state(page) == {"q": "cookies", "tag": "consent"}
    assert page.get_by_label("Year").input_value() == ""
    page.go_back()
    expect(titles(page)).to_have_count(3)
    page.go_forward()
    expect(titles(page)).to_have_count(2)
    page.locator(".results h3 a").first.click()
    page.go_back()
    expect(titles(page)).to_have_count(2)


def test_the_keyboard_is_enough(page: Page, small: str) -> None:
    page.goto(small)
    field = page.get_by_label("Words")
    field.focus()
    page.keyboard.type("cookies")
    page.keyboard.press("Enter")
    expect(titles(page)).to_have_count(3)
    links = page.locator(".results h3 a")
    page.keyboard.press("ArrowDown")
    expect(links.nth(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(field).to_be_focused()
    page.keyboard.press("Escape")
    expect(field).to_have_value("")
    expect(titles(page)).to_have_count(0)
    assert state(page) == {}
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Tag")).to_be_focused()


def test_a_slash_in_the_field_is_a_slash(page: Page, small: str) -> None:
    page.goto(small)
    page.get_by_label("Words").press_sequentially("a/b")
    expect(page.get_by_label("Words")).to_have_value("a/b")


def test_clear_all_clears_all(page: Page, small: str) -> None:
    page.goto(f"{small}?q=cookies&tag=consent&sort=date")
    expect(titles(page)).to_have_count(2)
    page.get_by_role("button", name="Clear all").click()
    expect(titles(page)).to_have_count(0)
    expect(page.get_by_role("status")).to_have_text("Type words, or choose from the lists")
    assert page.get_by_label("Tag").input_value() == ""
    assert state(page) == {}


def test_more_results_come_ten_at_a_time(page: Page, small: str) -> None:
    page.goto(f"{small}?q=repeated")
    more = page.get_by_role("button", name="More results")
    expect(page.get_by_role("status")).to_have_text("23 actions")
    expect(titles(page)).to_have_count(10)
    more.click()
    expect(titles(page)).to_have_count(20)
    expect(page.locator(".results h3 a").nth(10)).to_be_focused()
    more.click()
    expect(titles(page)).to_have_count(23)
    expect(more).to_be_hidden()
    assert len(set(titles(page).all_inner_texts())) == 23


def test_a_note_in_another_language_is_found(page: Page, small: str) -> None:
    page.goto(f"{small}?q=Gesundheitsdaten")
    expect(titles(page)).to_have_text(["Delta"])
    expect(titles(page)).to_have_attribute("lang", "de")
    expect(page.locator(".results mark")).to_have_text("Gesundheitsdaten")


@pytest.mark.parametrize("words", ["ICO", "United Kingdom"])
def test_what_is_known_of_a_note_finds_it(page: Page, small: str, words: str) -> None:
    page.goto(f"{small}?q={words}")
    expect(titles(page).first).to_have_text("Gamma")


def test_the_index_is_loaded_when_it_is_needed(page: Page, small: str) -> None:
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url))
    page.goto(small, wait_until="networkidle")
    assert not [url for url in loaded if "/pagefind/" in url]
    with page.expect_response(re.compile(r"pagefind-entry\.json")):
        page.get_by_label("Words").focus()


def test_without_javascript_the_page_says_so_and_offers_the_indexes(browser: Browser, small: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(small)
        expect(page.locator(".unavailable")).to_contain_text("The search needs JavaScript")
        expect(page.get_by_role("search")).to_be_hidden()
        page.get_by_role("main").get_by_role("link", name="Tags").click()
        assert page.url.endswith("/digest/tags/")


def test_when_the_index_can_not_be_loaded_the_page_says_so_and_tries_again(browser: Browser, small: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.route("**/pagefind/*", lambda route: route.abort())
        page.goto(f"{small}?q=addresses")
        expect(page.get_by_text("The index could not be loaded")).to_be_visible()
        expect(page.get_by_role("status")).to_have_text("The search failed")
        page.unroute("**/pagefind/*")
        page.reload()
        expect(titles(page)).to_have_count(1)


def test_where_the_script_does_not_run_the_page_says_so(browser: Browser, small: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.route("**/search.js", lambda route: route.abort())
        page.goto(small)
        expect(page.get_by_text("The search has not started")).to_be_visible()
        expect(page.get_by_label("Words")).to_be_disabled()


def test_the_repositorys_own_site_can_be_searched(browser: Browser, site: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{site}search/?q=pseudonymous+health+data&authority=cnil")
        expect(titles(page).first).to_contain_text("CEGEDIM")
        page.locator(".results .anchor a").first.click()
        assert page.url.startswith(f"{site}2024/09/30/cnil-cegedim-sante/")


def test_going_back_from_a_note_leads_to_all_results_that_were_shown(page: Page, small: str) -> None:
    page.goto(f"{small}?q=repeated")
    expect(titles(page)).to_have_count(10)
    page.get_by_role("button", name="More results").click()
    expect(titles(page)).to_have_count(20)
    titles(page).nth(15).click()
    page.wait_for_url("**/2020/**")
    page.go_back()
    expect(titles(page)).to_have_count(20)
