"""Feeds as a browser shows them: readers who follow a link to one see text, not markup."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

TITLE = "Privacy Enforcement Digest"
FEEDS = {
    "feed.xml": ("channel", "item", "title, pubDate, description"),
    "atom.xml": ("feed", "entry", "title, published, summary"),
    "editions/feed.xml": ("channel", "item", "title, pubDate, description"),
}
"""What each feed's elements are called, and which of an item's are shown."""


@pytest.fixture(params=[(320, "light"), (1440, "dark")], ids=["phone", "desktop at night"])
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    width, scheme = request.param
    with browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme) as context:
        yield context.new_page()


@pytest.mark.parametrize("address", FEEDS)
def test_a_feed_is_a_readable_page(page: Page, site: str, address: str) -> None:
    channel, item, shown = FEEDS[address]
    page.goto(site + address)
    assert page.locator(f"{channel} > title").text_content() in (TITLE, f"Editions · {TITLE}")
    assert page.locator(f"{channel} > title").is_visible()
    titles = page.locator(f"{item} > title")
    assert titles.count() == page.locator(item).count() > 20
    assert all(title.is_visible() for title in titles.all())
    hidden = page.locator(f"{item} > :not({shown})")
    assert hidden.count() > titles.count()
    assert not any(element.is_visible() for element in hidden.all()[:50])
    style = "title => [getComputedStyle(title).display, getComputedStyle(title).fontWeight]"
    assert titles.first.evaluate(style) == ["block", "600"]
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]  # type: ignore[index]


def test_dates_of_atom_entries_are_shown_as_days(page: Page, site: str) -> None:
    page.goto(site + "atom.xml")
    first = page.locator("entry > published").first
    text = first.text_content() or ""
    shown, whole = first.evaluate("date => [date.clientWidth, date.scrollWidth]")
    assert shown / whole == pytest.approx(len("2024-09-30") / len(text), rel=0.05)


def test_the_lists_of_feeds_open_by_keyboard(page: Page, site: str) -> None:
    page.goto(site + "feeds/")
    summary = page.locator("summary").last
    link = page.locator("details").last.locator("a").first
    assert not link.is_visible()
    summary.focus()
    page.keyboard.press("Enter")
    assert link.is_visible()
    targets = page.locator("main a:visible, summary:visible").evaluate_all(
        "all => all.map(each => each.getBoundingClientRect()).map(box => [box.width, box.height])"
    )
    assert len(targets) > 20
    assert min(width for width, _ in targets) >= 24
    assert min(height for _, height in targets) >= 24
