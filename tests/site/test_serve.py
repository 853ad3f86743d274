"""The preview, as an editor has it beside the notes."""

from __future__ import annotations

import re
import signal
import time
from itertools import count
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.projects import Project, note, settings
from tests.serving import serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Locator, Page

LONG = "\n".join(f"- Passage {number}, long enough to fill a line of the page. #fine\n" for number in range(80))
NOTE = "content/a.md"
ADDRESS = "2024/09/30/a/"
NUMBERS = count()


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project that is served."""
    folder = tmp_path_factory.mktemp("previewed")
    return Project(folder).write({NOTE: note(LONG, title="First")})


@pytest.fixture(scope="module")
def url(project: Project) -> Iterator[str]:
    """The address that it is served at."""
    with serving(project, temporary=project.folder.with_name("temporary")) as terminal:
        yield terminal.url
        terminal.ends(signal.SIGINT)


@pytest.fixture
def plain(browser: Browser, project: Project, url: str) -> Iterator[Page]:
    """A note's page, when all that tests before this one have changed is built."""
    title = f"First, {next(NUMBERS)}"
    project.write({NOTE: note(LONG, title=title)})
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{url}{ADDRESS}")
        expect(heading(page)).to_have_text(title)
        yield page


@pytest.fixture
def page(plain: Page, url: str) -> Iterator[Page]:
    """A note's page; the test fails for anything in the console but a missing file, or a request to somewhere else."""
    told: list[str] = []
    plain.on("console", lambda message: None if "404 (Not Found)" in message.text else told.append(message.text))
    plain.on("pageerror", lambda error: told.append(str(error)))
    plain.on("request", lambda request: None if request.url.startswith(url) else told.append(request.url))
    plain.reload()
    yield plain
    plain.goto("about:blank")
    assert told == []


def heading(page: Page) -> Locator:
    return page.locator("h1")


def overlay(page: Page) -> Locator:
    return page.get_by_role("dialog")


def test_an_edit_reloads_the_page_where_it_was(page: Page, project: Project) -> None:
    page.evaluate("scrollTo(0, 1500)")
    start = time.monotonic()
    project.write({NOTE: note(f"{LONG}\n- One more.\n", title="Second")})
    expect(heading(page)).to_have_text("Second")
    assert time.monotonic() - start < 3
    page.wait_for_load_state()
    assert page.evaluate("scrollY") == 1500
    page.goto(page.url.replace(ADDRESS, "tags/fine/"))
    assert page.evaluate("scrollY") == 0


def test_what_a_page_is_made_of_reloads_it(page: Page, project: Project) -> None:
    project.write({"templates/404.html": '{% extends "base.html" %}{% block main %}<h1>Gone</h1>{% endblock %}'})
    page.goto(page.url.replace(ADDRESS, "nowhere/"))
    expect(heading(page)).to_have_text("Gone")
    project.write({"digest.toml": settings(title="Another title")})
    expect(page).to_have_title(re.compile("Another title"))
    project.write({"templates/404.html": None, "digest.toml": settings()})
    expect(heading(page)).to_have_text("There is no such page")
    project.write({"content/nowhere.md": note(title="Now here", aliases=["/nowhere/"])})
    expect(heading(page)).to_have_text("Now here")
    project.write({"content/nowhere.md": None})
    expect(heading(page)).to_have_text("There is no such page")


def test_what_is_wrong_stands_over_the_last_good_page_until_it_is_mended(page: Page, project: Project) -> None:
    title = heading(page).inner_text()
    page.evaluate("scrollTo(0, 900); window.kept = true")
    project.write({NOTE: note(LONG, title="Broken", date="30/9/24", fine="5", authoriti="cnil")})
    expect(overlay(page)).to_have_accessible_name("2 errors, 1 warning")
    expect(overlay(page).get_by_role("listitem")).to_have_count(3)
    first = overlay(page).get_by_role("listitem").first
    for words in ("content/a.md:3:7", "error: date: expected an ISO date such as 2024-09-30", "bad-date"):
        expect(first).to_contain_text(words)
    expect(overlay(page)).to_contain_text("did you mean 'authority'?")
    assert heading(page).inner_text() == title
    project.write({NOTE: note(LONG, title="Broken", date="30/9/24")})
    expect(overlay(page)).to_have_accessible_name("1 error")
    project.write({NOTE: note(LONG, title=title)})
    expect(overlay(page)).to_be_hidden()
    assert page.evaluate("[window.kept, scrollY]") == [True, 900], "the page was reloaded, or moved"


def test_the_overlay_is_accessible_and_can_be_put_away(plain: Page, project: Project) -> None:
    page = plain
    project.write({"templates/note.html": "{% block main %}\n{{ nothing }}\n{% endblock %}"})
    expect(overlay(page)).to_contain_text("templates/note.html:2")
    expect(overlay(page)).to_contain_text("bad-template")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert Axe().run(page).violations_count == 0
    page.keyboard.press("Escape")
    expect(overlay(page)).to_be_hidden()
    page.reload()
    overlay(page).get_by_role("button", name="Hide").click()
    expect(overlay(page)).to_be_hidden()
    project.write({"templates/note.html": None})


def test_everything_may_vanish_and_come_back(page: Page, project: Project) -> None:
    title = heading(page).inner_text()
    for what in ("content", "digest.toml", ""):
        away = project.folder.with_name("away")
        (project.folder / what).rename(away)
        expect(overlay(page)).to_have_accessible_name("The site can’t be built")
        away.rename(project.folder / what)
        expect(overlay(page)).to_be_hidden()
    assert heading(page).inner_text() == title


def test_what_is_not_published_is_marked_on_its_page_and_in_lists(page: Page, project: Project, url: str) -> None:
    project.write({NOTE: note(title="First", draft=True), "content/b.md": note(title="Later", date="2099-01-01")})
    banner = page.get_by_role("note")
    expect(banner).to_have_text("This note is a draft: it is shown here, and left out by digest build.")
    page.goto(url)
    for title, word in (("First", "draft"), ("Later", "future")):
        link = page.get_by_role("main").get_by_role("link", name=f"{title} {word}")
        expect(link.first).to_be_visible()
    link.first.click()
    expect(banner).to_contain_text("dated after today")
    project.write({"content/b.md": None})


def test_marks_are_accessible(plain: Page, project: Project, url: str) -> None:
    project.write({NOTE: note(title="First", draft=True)})
    expect(plain.get_by_role("note")).to_be_visible()
    for address in (ADDRESS, ""):
        plain.goto(f"{url}{address}")
        assert Axe().run(plain).violations_count == 0


def test_the_search_follows(page: Page, project: Project, url: str) -> None:
    page.goto(f"{url}search/?q=quixotic")
    project.write({"content/found.md": note("- Quixotic words.\n", title="Found")})
    expect(page.locator(".results h3 a")).to_have_text(["Found"], timeout=15_000)
    project.write({"content/found.md": None})
    expect(page.locator(".results h3 a")).to_have_count(0, timeout=15_000)


def test_nothing_of_it_is_in_what_is_built(project: Project, page: Page) -> None:
    project.build()
    for path, data in project.files().items():
        assert b"digest/serve" not in data, path
        assert b"digest-early" not in data, path
        assert b"EventSource" not in data, path
