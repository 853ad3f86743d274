"""`digest check --links`: what becomes of links whose pages are gone, have moved, or don't answer."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

import pytest

from compliance_digest.desk.answer import Limits
from compliance_digest.desk.check import answers
from compliance_digest.desk.check.checker import check, mended_notes
from compliance_digest.publishing.cleaning import LINKS, forget
from tests.desk.servers import Web
from tests.projects import note, settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.desk.servers import Request
    from tests.projects import Project

BODY = "- Text.  #consent\n"


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "_LIMITS", Limits(connect=10, read=10, total=10, redirects=3, pauses=(0.01,)))


@pytest.fixture
def _short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for servers that are slow on purpose no longer than this."""
    monkeypatch.setattr(answers, "_LIMITS", Limits(read=0.3, total=0.5, pauses=(), patience=3))


@pytest.fixture
def web() -> Iterator[Web]:
    with Web() as server:
        yield server


def found(project: Project, files: dict[str, str | bytes | None], more: str = "") -> list[str]:
    """Return what is found in a project with these files, but for its links to http, which all links of tests are."""
    project.write({"digest.toml": settings(f"[check]\nhttp-link = false\nsame-source = false\n{more}"), **files})
    return [str(problem) for problem in check(project.folder, jobs=1, links=True).problems]


def of(project: Project, url: str) -> str:
    """Return what is found about a source."""
    (problem,) = found(project, {"content/a.md": note(BODY, links=[url])})
    return problem.removeprefix("content/a.md:4:9: warning: ")


def fixes(project: Project) -> dict[str, str]:
    return {fix.old: fix.new for fix in check(project.folder, jobs=1, links=True).fixes}


def test_links_that_are_there_are_asked_once(project: Project, web: Web) -> None:
    url = web.page("/a")
    files = {"content/a.md": note(f"- See {url}#x.  #consent\n", links=[url]), "content/b.md": note(BODY, links=[url])}
    assert found(project, {**files}) == []
    assert web.asked == ["HEAD /a"]


def test_without_being_asked_for_nothing_is_asked(project: Project, web: Web) -> None:
    project.write({"content/a.md": note(BODY, links=[web("/a")])})
    check(project.folder, jobs=1)
    assert web.asked == []


@pytest.mark.parametrize(("status", "said"), [(404, "404 Not Found"), (410, "410 Gone")])
def test_a_page_that_is_gone(project: Project, web: Web, status: int, said: str) -> None:
    url = web.page("/a", status=status)
    assert of(project, url) == (
        f"{url} is gone: the server answers {said}; look for its new address, or for an archived copy to link to"
        " [link-gone]"
    )


def test_a_page_that_moved_to_one_that_is_gone_is_gone(project: Project, web: Web) -> None:
    assert "is gone" in of(project, web.page("/a", status=301, location="/b"))
    assert fixes(project) == {}


@pytest.mark.parametrize("status", [401, 403, 500, 503, 429, 418])
def test_a_page_that_can_not_be_checked(project: Project, web: Web, status: int) -> None:
    url = web.page("/a", status=status)
    told = of(project, url)
    assert told.startswith(f"{url} could not be checked: the server answers {status} ")
    assert told.endswith("; try again later, or look at it in a browser [link-unchecked]")


def test_a_host_that_is_not_there(project: Project) -> None:
    told = of(project, "http://no-such-host.invalid/a")
    assert "could not be checked: no host called 'no-such-host.invalid' is found" in told
    assert "[link-unchecked]" in told


@pytest.mark.usefixtures("_short")
def test_a_slow_page(project: Project, web: Web) -> None:
    assert "could not be checked: nothing came for 0.3 seconds" in of(project, web.at("/", lambda _: time.sleep(0.4)))


def test_a_page_that_moved_for_good(project: Project, web: Web) -> None:
    old, new = web.page("/old", status=301, location="/new/old"), web.page("/new/old")
    assert of(project, f"{old}#part") == (
        f"{old}#part leads to {new}#part for good; write that; 'digest check --links --fix' does [link-moved]"
    )
    assert fixes(project) == {f"{old}#part": f"{new}#part"}


def test_a_page_with_another_name_is_no_certain_move(project: Project, web: Web) -> None:
    old = web.page("/decisions/acme", status=301, location="/page-not-found")
    web.page("/page-not-found")
    assert "look if that is the page that it was: its address ends otherwise [link-moved]" in of(project, old)
    assert fixes(project) == {}


def test_a_page_that_moved_for_a_while_is_there(project: Project, web: Web) -> None:
    old = web.page("/old", status=302, location="/new")
    web.page("/new")
    assert found(project, {"content/a.md": note(BODY, links=[old])}) == []


@pytest.mark.parametrize("above", ["/", "/en", "/en/"])
def test_a_page_above_in_place_of_a_page_is_no_certain_move(project: Project, web: Web, above: str) -> None:
    old = web.page("/en/old", status=301, location=above)
    web.page(above)
    assert "look if that is the page that it was: it is a page above it [link-moved]" in of(project, old)
    assert fixes(project) == {}


def test_a_page_in_place_of_many_is_no_certain_move(project: Project, web: Web) -> None:
    links = [web.page(path, status=301, location="/lost") for path in ("/a", "/b")]
    web.page("/lost")
    told = found(project, {"content/a.md": note(BODY, links=links)})
    assert ["look if that is the page that it was: other pages lead there too" in each for each in told] == [True] * 2
    assert fixes(project) == {}


def test_links_in_the_text_are_told_with_their_lines_and_never_mended(project: Project, web: Web) -> None:
    old, new = web.page("/old?a=1&b=2", status=301, location="/new/old?a=1&b=2"), web.page("/new/old?a=1&b=2")
    body = f"- Text.  #consent\n- [x]({old}) and {web('/gone')}\n"
    told = found(project, {"content/a.md": note(body, links=[new])})
    assert [each.partition(" warning")[0] for each in told] == ["content/a.md:7:7:", f"content/a.md:7:{13 + len(old)}:"]
    assert told[0].endswith(f"leads to {new} for good; write that [link-moved]")
    assert fixes(project) == {}


def test_archived_copies_are_asked_too(project: Project, web: Web) -> None:
    source = {"url": web.page("/a"), "archive": web("/copy")}
    (told,) = found(project, {"content/a.md": note(BODY, links=[source])})
    assert f"{web('/copy')} is gone" in told


def test_the_sites_own_address_is_not_asked(project: Project, web: Web) -> None:
    text = note("- https://digest.example/no/  #consent\n", links=[web.page("/a")])
    assert not [each for each in found(project, {"content/a.md": text}) if "[link-" in each]


def test_what_is_certain_is_kept_for_a_day(project: Project, web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    busy = web.page("/busy", status=403)
    links = [web.page("/a"), web("/gone"), web.page("/old", status=301, location="/a"), busy]
    told = found(project, {"content/a.md": note(BODY, links=links)})
    asked = len(web.asked)
    assert found(project, {}) == told
    assert web.asked[asked:] == ["HEAD /busy", "GET /busy"]
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + answers.DAY + 1)
    assert found(project, {}) == told
    assert len(web.asked) > asked + 2 + 4


@pytest.mark.parametrize("content", ["", "{", "[]", '{"http://a.example/": {"moment": "x"}}', "\udcff"])
def test_a_damaged_memory_is_none(project: Project, web: Web, content: str) -> None:
    state = project.folder / ".digest"
    state.mkdir()
    (state / LINKS).write_bytes(content.encode("utf-8", "surrogateescape"))
    assert found(project, {"content/a.md": note(BODY, links=[web.page("/a")])}) == []
    assert json.loads((state / LINKS).read_bytes()).keys() == {web("/a")}


def test_what_is_kept_is_forgotten_with_the_cache(project: Project, web: Web) -> None:
    found(project, {"content/a.md": note(BODY, links=[web.page("/a")])})
    assert (project.folder / ".digest" / LINKS).is_file()
    forget(project.folder / ".digest")
    assert not (project.folder / ".digest").exists()


def test_rules_can_be_switched_off(project: Project, web: Web) -> None:
    old = web.page("/old", status=301, location="/new")
    web.page("/new")
    files: dict[str, str | bytes | None] = {"content/a.md": note(BODY, links=[old, web("/gone"), "http://x.invalid/"])}
    assert len(found(project, files)) == 3
    off = "link-moved = false\nlink-gone = false\nlink-unchecked = false\n"
    assert found(project, files, off) == []
    assert fixes(project) == {}


def test_moved_sources_are_mended_and_texts_are_not(project: Project, web: Web) -> None:
    old, new = web.page("/old", status=308, location="/new/old"), web.page("/new/old")
    text = f"---\ntitle: T\ndate: 2024-01-01\nlinks:\n  # why\n  - {old}\n---\n- See {old}  #consent\n"
    found(project, {"content/a.md": text})
    (mended,), risky = mended_notes(project.folder, check(project.folder, jobs=1, links=True))
    assert mended.after.decode() == text.replace(f"  - {old}", f"  - {new}")
    assert risky == []


@pytest.mark.usefixtures("_short")
def test_many_links_of_a_dead_host_take_no_longer_than_a_few(project: Project) -> None:
    with Web() as web:

        def dead(_: Request) -> None:
            time.sleep(0.4)

        links = [web.at(f"/{number}", dead) for number in range(50)]
        start = time.monotonic()
        told = found(project, {"content/a.md": note(BODY, links=links)})
        assert time.monotonic() - start < 5
    assert len(told) == 50
    assert "127.0.0.1 was not asked any more, since it failed or was busy 3 times in a row" in told[-1]
