"""Every kind of page as a browser shows it: it fits, is quiet, loads nothing from elsewhere, and needs no script."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .kinds import KINDS, NOTE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.projects import Site

KIND = pytest.mark.parametrize("address", KINDS.values(), ids=KINDS.keys())
PRINTED = """
    () => [...document.querySelectorAll("main a[href^=http]")].map((link) => [
        link.href, link.textContent + getComputedStyle(link, "::after").content, link.checkVisibility(),
    ])
"""
FORBIDDEN = """
    async () => {
        const blocked = [];
        addEventListener("securitypolicyviolation", (event) => blocked.push(event.effectiveDirective));
        const script = Object.assign(document.createElement("script"), { textContent: "window.broken = true" });
        const style = Object.assign(document.createElement("style"), { textContent: "main { display: none }" });
        const image = Object.assign(new Image(), { src: "http://other.example/pixel.png" });
        document.head.append(script, style, image);
        document.body.setAttribute("style", "display: none");
        await new Promise((done) => setTimeout(done, 50));
        return [[...new Set(blocked)].sort(), window.broken, getComputedStyle(document.body).display];
    }
"""

NOT_READ = " | ".join(f".//{each}" for each in (
    "*[@hidden]", "data[not(text())]", "details", "form", "template", "*[@class='found']", "*[@id='rates']", "svg"
))  # fmt: skip
"""What a page without scripts doesn't show: what needs them, what is folded away, and words that SVG says aloud."""


@KIND
def test_a_page_is_quiet_fits_the_screen_and_has_one_headline(page: Page, site: str, address: str) -> None:
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    page.on("pageerror", lambda error: told.append(str(error)))
    page.on("request", lambda request: None if request.url.startswith(site) else told.append(request.url))
    page.on("response", lambda response: None if response.ok else told.append(f"{response.status} {response.url}"))
    page.set_viewport_size({"width": 320, "height": 900})
    page.goto(site + address)
    page.wait_for_load_state("networkidle")
    assert page.locator("h1").count() == 1
    for width in (320, 360, 768, 1024, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert told == []


@KIND
def test_the_policy_of_a_page_holds(page: Page, site: str, address: str) -> None:
    page.goto(site + address)
    policy = page.locator("meta[http-equiv=Content-Security-Policy]").get_attribute("content") or ""
    assert "default-src 'none'" in policy
    assert "unsafe-inline" not in policy
    blocked, broken, display = page.evaluate(FORBIDDEN)
    assert {"img-src", "script-src-elem", "style-src-attr", "style-src-elem"} <= set(blocked)
    assert broken is None
    assert display != "none"


@pytest.fixture
def unscripted(browser: Browser) -> Page:
    return browser.new_context(java_script_enabled=False).new_page()


@KIND
def test_a_page_works_without_scripts(unscripted: Page, built: Site, site: str, address: str) -> None:
    unscripted.goto(site + address)
    expected = built.page(address.partition("?")[0]).one("//main")
    for element in expected.xpath(NOT_READ):
        element.drop_tree()
    shown = " ".join(unscripted.locator("main").inner_text().split())
    assert [word for text in expected.itertext() for word in text.split() if word not in shown] == []
    unscripted.context.close()


def test_without_scripts_lists_go_on_by_links(unscripted: Page, site: str) -> None:
    for address in ("actions/", "tags/fine/"):
        unscripted.goto(site + address)
        assert not unscripted.locator("form").is_visible()
        first = unscripted.locator("main a").all_inner_texts()
        unscripted.click("text=Older")
        assert unscripted.url == f"{site}{address}page/2/"
        assert unscripted.locator("main a").all_inner_texts() != first
    unscripted.context.close()


def test_dark_is_dark_and_light_is_light(page: Page, site: str) -> None:
    lightness = {}
    page.goto(site)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme="light" if scheme == "light" else "dark")
        paper = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
        lightness[scheme] = sum(int(part) for part in paper.removeprefix("rgb(").removesuffix(")").split(","))
    assert lightness["light"] > 700
    assert lightness["dark"] < 100


def test_a_tag_leads_to_its_passage(page: Page, site: str) -> None:
    page.goto(site + NOTE)
    page.click(".e-content a:text('#anonymization')")
    assert page.url == f"{site}tags/anonymization/"
    entry = page.locator(".h-entry", has=page.locator(f"a[href$='{NOTE}']"))
    entry.locator("blockquote a").click()
    target = page.locator(":target")
    assert page.url.startswith(f"{site}{NOTE}#p-")
    assert "making it possible to combine data" in (target.text_content() or "")
    assert target.get_attribute("data-tags") == "personal_data change anonymization"


def test_an_address_that_leads_nowhere_shows_its_links_at_any_depth(page: Page, site: str) -> None:
    page.goto(site + "404.html")
    links = page.locator("main a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert links
    assert all(link.startswith("/digest/") for link in links)


def test_paper_holds_the_whole_address_of_every_source_and_no_navigation(page: Page, site: str) -> None:
    page.goto(site + NOTE)
    page.emulate_media(media="print")
    links = page.evaluate(PRINTED)
    assert links
    for href in {href for href, _, _ in links}:
        assert any(href in text and visible for link, text, visible in links if link == href), href
    assert not page.locator("nav[aria-label=Site]").is_visible()


def test_the_search_tells_of_rates_where_fines_are_in_order(page: Page, site: str) -> None:
    page.goto(f"{site}search/?q=data")
    assert not page.locator("#rates").is_visible()
    page.get_by_label("Order").select_option("fine")
    page.locator("#rates").wait_for(state="visible")
