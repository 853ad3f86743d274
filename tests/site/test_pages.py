"""Every kind of page, at the widths of a small phone and of a desktop, in light and dark."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

NOTE = "2024/09/30/cnil-cegedim-sante/"
KINDS = {
    "front": "",
    "note": NOTE,
    "note with a table": "2021/12/07/tsv-vastaamo/",
    "archive": "archive/",
    "year": "2024/",
    "month": "2024/09/",
    "tags": "tags/",
    "tag": "tags/transfers/",
    "second page": "tags/fine/page/2/",
    "authorities": "authorities/",
    "authority": "authorities/cnil/",
    "countries": "countries/",
    "country": "countries/fr/",
    "organisations": "organisations/",
    "articles": "articles/",
    "article": "articles/gdpr-5-1-a/",
    "search": "search/",
    "search with results": "search/?q=cookies&sort=fine",
    "feeds": "feeds/",
    "no such page": "404.html",
}


@pytest.fixture(params=[(320, "light"), (1440, "dark")], ids=["phone", "desktop at night"])
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    width, scheme = request.param
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("address", KINDS.values(), ids=KINDS.keys())
def test_a_page_is_quiet_fits_the_screen_and_has_one_headline(page: Page, site: str, address: str) -> None:
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    page.on("pageerror", lambda error: told.append(str(error)))
    page.on("request", lambda request: None if request.url.startswith(site) else told.append(request.url))
    page.on("response", lambda response: None if response.ok else told.append(f"{response.status} {response.url}"))
    page.goto(site + address)
    assert page.locator("h1").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]  # type: ignore[index]
    assert told == []


def test_dark_is_dark_and_light_is_light(browser: Browser, site: str) -> None:
    lightness = {}
    for scheme in ("light", "dark"):
        with browser.new_context(color_scheme=scheme) as context:
            page = context.new_page()
            page.goto(site)
            paper = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
            lightness[scheme] = sum(int(part) for part in paper.removeprefix("rgb(").removesuffix(")").split(","))
    assert lightness["light"] > 700
    assert lightness["dark"] < 100


def test_the_keyboard_reaches_the_content_first(browser: Browser, site: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(site)
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
        box: Any = page.locator(":focus").bounding_box()
        assert box["x"] >= 0
        assert box["y"] >= 0


def test_a_tag_leads_to_its_passage(browser: Browser, site: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(site + NOTE)
        page.click(".e-content a:text('#anonymization')")
        assert page.url == f"{site}tags/anonymization/"
        entry = page.locator(".h-entry", has=page.locator(f"a[href$='{NOTE}']"))
        entry.locator("blockquote a").click()
        target = page.locator(":target")
        assert page.url.startswith(f"{site}{NOTE}#p-")
        assert "making it possible to combine data" in (target.text_content() or "")
        assert target.get_attribute("data-tags") == "personal_data change anonymization"


def test_an_address_that_leads_nowhere_shows_its_links_at_any_depth(browser: Browser, site: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(site + "404.html")
        links = page.locator("main a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
        assert links
        assert all(link.startswith("/digest/") for link in links)


def test_paper_holds_the_whole_address_of_the_source_and_no_navigation(browser: Browser, site: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(site + NOTE)
        page.emulate_media(media="print")
        source = "https://www.cnil.fr/en/health-data-cegedim-sante-fined-eu800000"
        assert source in page.locator(".sources").inner_text()
        assert not page.locator("nav[aria-label=Site]").is_visible()
