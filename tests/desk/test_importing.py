from __future__ import annotations

import gzip
import time
from typing import TYPE_CHECKING

import pytest

from compliance_digest.desk import web as network
from compliance_digest.desk.answer import Limits
from compliance_digest.desk.importing import Asked, Imported, import_items
from compliance_digest.desk.seen import MEMORY
from compliance_digest.problems import SettingsInvalid
from tests.desk.test_feeds import item, rss
from tests.projects import Project, note, settings

if TYPE_CHECKING:
    from pathlib import Path

    from tests.desk.servers import Request, Web

INBOX = "content/inbox/"


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait less than an editor would, and take less than a regulator may send."""
    limits = Limits(connect=10, read=2, total=2, size=200_000, redirects=3, pauses=(0.01,))
    ask = network.ask
    monkeypatch.setattr(network, "ask", lambda urls, **options: ask(urls, limits=limits, **options))


def run(project: Project, *sources: str, **options: object) -> Imported:
    return import_items(project.folder, Asked(sources, **options))  # type: ignore[arg-type]


def made(result: Imported) -> list[str]:
    """Return the names of the drafts that were made; nothing may be wrong."""
    assert result.problems == ()
    return names(result)


def names(result: Imported) -> list[str]:
    return [draft.path.removeprefix(INBOX) for outcome in result.outcomes for draft in outcome.drafts]


def problems(result: Imported) -> list[str]:
    return [str(problem).partition(": ")[2].partition("; ")[0] for problem in result.problems]


def test_items_become_drafts_that_build_and_are_not_published(project: Project, web: Web) -> None:
    feed = web.page("/feed", rss(item("One", date="2024-09-30"), item("Two", "https://b.example/", "2024-10-01")))
    assert made(run(project, feed)) == ["2024-10-01-two.md", "2024-09-30-one.md"]
    assert project.build(strict=True).notes == 0
    assert project.build(strict=True, drafts=True).notes == 2


def test_a_second_run_makes_nothing_whatever_became_of_the_drafts(project: Project, web: Web) -> None:
    items = [item(name, f"https://a.example/{name}", more=f"<guid>{name}</guid>") for name in ("one", "two", "three")]
    feed = web.page("/feed", rss(*items))
    assert len(made(run(project, feed))) == 3
    inbox = project.folder / INBOX
    (inbox / "2024-09-30-one.md").unlink()
    (inbox / "2024-09-30-two.md").rename(project.folder / "content/renamed.md")
    before = (project.folder / MEMORY).read_bytes()
    second = run(project, feed)
    assert (made(second), second.outcomes[0].known) == ([], 3)
    assert (project.folder / MEMORY).read_bytes() == before


def test_an_item_is_known_by_its_guid_when_its_link_changes(project: Project, web: Web) -> None:
    guid = "<guid isPermaLink='false'>tag:12</guid>"
    run(project, web.page("/feed", rss(item("Old", "https://a.example/old", more=guid))))
    assert made(run(project, web.page("/feed", rss(item("New", "https://a.example/new", more=guid))))) == []


def test_what_a_note_tells_of_is_not_imported(project: Project, web: Web) -> None:
    project.write({"content/a.md": note(links=["http://www.a.example/x/"])})
    assert made(run(project, web.page("/feed", rss(item(link="https://a.example/x?utm_source=feed"))))) == []
    assert not (project.folder / MEMORY).exists()


def test_one_thing_in_two_feeds_becomes_one_draft(project: Project, web: Web) -> None:
    feeds = [web.page("/1", rss(item("One"))), web.page("/2", rss(item("Uno")))]
    assert made(run(project, *feeds)) == ["2024-09-30-one.md"]


def test_names_are_never_taken_twice(project: Project, web: Web) -> None:
    project.write({"content/deep/2020-01-01-same.md": note(), "content/inbox/2024-09-30-same-2.md": note()})
    items = [
        item(title, f"https://a.example/{number}") for number, title in enumerate(["Same", "SAME!", "☃", "x " * 99])
    ]
    (long,) = (name for name in made(run(project, web.page("/feed", rss(*items)))) if "x-x" in name)
    assert len(long) < 100
    assert {file.name for file in (project.folder / INBOX).iterdir()} == {
        "2024-09-30-same-2.md",
        "2024-09-30-same-3.md",
        "2024-09-30-same-4.md",
        "2024-09-30-note.md",
        long,
    }
    assert project.build(drafts=True).notes == 6


def test_a_limit_leaves_older_items(project: Project, web: Web) -> None:
    items = [item(f"N{day}", f"https://a.example/{day}", f"2024-09-{day:02}") for day in range(1, 31)]
    result = run(project, web.page("/feed", rss(*items)), limit=2)
    assert made(result) == ["2024-09-30-n30.md", "2024-09-29-n29.md"]
    assert result.outcomes[0].left == 28


def test_a_huge_feed_is_looked_at_as_far_as_its_newest_items(project: Project, web: Web) -> None:
    items = [item("T", f"https://a.example/{number}") for number in range(1000)]
    result = run(project, web.page("/feed", rss(*items)))
    assert (len(made(result)), result.outcomes[0].left) == (50, 950)


def test_a_dry_run_writes_nothing(project: Project, web: Web) -> None:
    feed = web.page("/feed", rss(item("One")))
    assert made(run(project, feed, dry_run=True)) == ["2024-09-30-one.md"]
    assert not (project.folder / INBOX).exists()
    assert not (project.folder / MEMORY).exists()


def test_what_is_dated_in_the_future_is_left_for_later(
    project: Project, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1727690400")  # 2024-09-30
    feed = web.page("/feed", rss(item("One", date="2024-10-01")))
    first = run(project, feed)
    assert (names(first), problems(first)) == (
        [],
        ["warning: 'One' is left out: its date, 2024-10-01, is in the future"],
    )
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1727776800")
    assert made(run(project, feed)) == ["2024-10-01-one.md"]


def drip(request: Request) -> None:
    request.send_response(200)
    request.end_headers()
    for _ in range(30):
        request.wfile.write(b"<rss>")
        request.wfile.flush()
        time.sleep(0.1)


def test_bad_feeds_are_told_one_by_one_and_do_not_stop_the_good_one(project: Project, web: Web) -> None:
    entities = '<!DOCTYPE rss [<!ENTITY a "x"><!ENTITY b "&a;&a;">]>'
    bad = {
        web.page("/broken", "<rss><channel>"): "not well-formed XML",
        web.page("/page", "<!doctype html><p>News"): "this is a web page and not a feed",
        web.page("/huge", b" " * 300_000): "it is larger than 0.190735 MiB",
        web.page("/bomb", gzip.compress(b" " * 9_000_000), content_encoding="gzip"): "it is larger than",
        web.page("/entities", entities + rss(item("&b;")).split("\n")[1]): "it defines XML entities of its own",
        web.page("/loop", status=302, location="/loop"): "it redirects more than 3 times",
        web.page("/file", status=302, location="file:///etc/passwd"): "it redirects to 'file:///etc/passwd'",
        web.page("/gone", status=410): "the server answers 410 Gone",
        "http://no-such-host.invalid/": "no host called 'no-such-host.invalid' is found",
    }
    good = web.page("/good", rss(item("Good")))
    result = run(project, *bad, good)
    assert names(result) == ["2024-09-30-good.md"]
    assert [outcome.failed for outcome in result.outcomes] == [True] * len(bad) + [False]
    for problem, (url, reason) in zip(result.problems, bad.items(), strict=True):
        assert (problem.file, problem.severity) == (url, "error")
        assert problem.message.startswith("the feed can't be read: ")
        assert reason in problem.message


def test_a_slow_feed_does_not_stop_the_good_one(project: Project, web: Web) -> None:
    result = run(project, web.at("/slow", drip), web.page("/good", rss(item("Good"))))
    assert (names(result), problems(result)) == (
        ["2024-09-30-good.md"],
        ["error: the feed can't be read: it takes longer than 2 seconds"],
    )


def test_hostile_items_are_told_and_the_others_imported(project: Project, web: Web) -> None:
    items = [
        item("Script", "javascript:alert(1)"),
        item("File", "file:///etc/passwd"),
        item("&lt;script&gt;alert(1)&lt;/script&gt;"),
        item("Good #fine [[x]] ../../x", more="<description>&lt;script&gt;x&lt;/script&gt; #tag [[y]]</description>"),
    ]
    result = run(project, web.page("/feed", rss(*items)))
    assert names(result) == ["2024-09-30-good-fine-x-x.md"]
    assert [" is left out: " in problem for problem in problems(result)] == [True] * 3
    assert project.build(drafts=True).notes == 1


def test_many_bad_items_are_told_in_few_lines(project: Project, web: Web) -> None:
    result = run(project, web.page("/feed", rss(*(item(str(number), date="soon") for number in range(100)))))
    assert len(result.problems) == 11
    assert result.problems[-1].message == "90 more are left out for such reasons"


def test_a_feed_of_the_settings(project: Project, web: Web) -> None:
    feeds = f'[import.feeds]\nico = "{web.page("/feed", rss(item("One", "https://news.example/")))}"\n'
    project.write({"digest.toml": settings(feeds)})
    assert made(run(project)) == ["2024-09-30-one.md"]
    text = (project.folder / INBOX / "2024-09-30-one.md").read_text()
    assert "authority: ico\ncountry: GB\n" in text
    assert made(run(project, "ico")) == []


def test_a_table(project: Project, tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    table.write_text(
        "title,date,link,fine,summary\nOne,2024-09-30,https://a.example/1,€5,Why.\nTwo,soon,https://b.example/,,\n"
    )
    result = run(project, str(table))
    assert names(result) == ["2024-09-30-one.md"]
    (problem,) = result.problems
    assert (problem.file, problem.line, problem.code) == (str(table), 3, "bad-item")
    assert problem.message == "'line 3' is left out: its date can't be read: 'soon'"
    text = (project.folder / INBOX / "2024-09-30-one.md").read_text()
    assert "fine: 5 EUR\n" in text
    assert "Quoted from table.csv, dated 2024-09-30; to be" in text


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([], "nothing to import: name an authority, a feed's address or a file"),
        (["cnl"], "'cnl' is no authority's id; did you mean 'cnil'?"),
        (["file:///etc/passwd"], "'file:///etc/passwd' is neither an authority's id nor a web address"),
        (["http://["], "'http://[' is not a web address; expected one such as https://regulator.example/feed.xml"),
        (["https://"], "'https://' is not a web address"),
        (["none.csv"], "none.csv can't be read: No such file or directory"),
    ],
)
def test_what_is_no_source(project: Project, words: list[str], message: str) -> None:
    with pytest.raises(SettingsInvalid) as caught:
        run(project, *words)
    assert str(caught.value).startswith(message)
