"""WCAG 2.2 AA, as far as programs can tell, and text at 7:1: axe-core on every kind of page; and the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from .kinds import ALIKE, KINDS

if TYPE_CHECKING:
    from playwright.sync_api import Page

UNLIKE = {kind: address for kind, address in KINDS.items() if kind not in ALIKE}
KIND = pytest.mark.parametrize("address", UNLIKE.values(), ids=UNLIKE.keys())

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LIGHT = {
    "runOnly": TAGS,
    "rules": {"color-contrast-enhanced": {"enabled": True}, "target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}
DARK = {"runOnly": ["color-contrast-enhanced", "link-in-text-block"], "resultTypes": ["violations"]}
"""The rules that look at colours, which is all that a scheme changes."""

WIDTHS = (320, 1440)

KEYBOARD = """
    () => {
        const fields = "a[href], button, input, select, textarea, summary, [tabindex]";
        const waiting = [...document.querySelectorAll(fields)].filter((each) =>
            !each.disabled && (each.matches(".skip") || each.checkVisibility({ visibilityProperty: true })));
        const name = (element) => element.outerHTML.slice(0, 120);
        window.look = () => {
            const found = document.activeElement;
            if (found === document.body) return null;
            const wrong = [];
            const place = waiting.indexOf(found);
            if (place !== 0) wrong.push(place < 0 ? "focused again" : `focused before ${name(waiting[0])}`);
            waiting.splice(0, place + 1);
            const { outlineStyle, outlineWidth } = getComputedStyle(found);
            if (outlineStyle === "none" || parseFloat(outlineWidth) < 2) wrong.push("no visible focus");
            const [box] = found.getClientRects();
            const outside = Math.max(-box.top, -box.left, box.bottom - innerHeight, box.right - innerWidth);
            if (outside > 1 && box.height < innerHeight) wrong.push(`${outside} pixels out of view`);
            const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
            if (!found.contains(top)) wrong.push(`covered by ${top && name(top)}`);
            return wrong.map((each) => `${name(found)}: ${each}`);
        };
        window.left = () => waiting.map(name);
    }
"""


@KIND
def test_axe_finds_nothing(page: Page, site: str, address: str) -> None:
    page.goto(site + address)
    page.wait_for_load_state("networkidle")
    page.evaluate(AXE_SCRIPT)
    found: list[str] = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for scheme, options in (("light", LIGHT), ("dark", DARK)):
            page.emulate_media(color_scheme="light" if scheme == "light" else "dark")
            results: dict[str, Any] = page.evaluate("(options) => axe.run(options)", options)
            assert results["passes"]
            found += [
                f"{width} {scheme} {violation['id']}: {node['html']} {node['failureSummary']}"
                for violation in results["violations"]
                for node in violation["nodes"]
            ]
    assert not found, "\n".join(found)


@KIND
def test_the_keyboard_reaches_everything_in_order_and_shows_where_it_is(page: Page, site: str, address: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(site + address)
    page.wait_for_load_state("networkidle")
    page.evaluate(KEYBOARD)
    found: list[str] = []
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    while (wrong := page.evaluate("look()")) is not None:
        found += wrong
        page.keyboard.press("Tab")
    assert page.evaluate("left()") == []
    assert not found, "\n".join(found)
