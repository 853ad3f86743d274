from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING

import pytest

from compliance_digest.desk.serve.listening import listening
from compliance_digest.desk.serve.news import News, State
from compliance_digest.desk.serve.serving import Serving
from compliance_digest.problems import DigestError, NotesInvalid, Problem
from compliance_digest.report import BuildOptions, Early, Report

from .helpers import FREE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from compliance_digest.desk.serve.building import Outcome
    from compliance_digest.report import Part

ERROR = NotesInvalid("nothing was published", [Problem("content/a.md", 1, 1, "error", "bad-date", "no date")])


class Told(list[tuple[str, "Outcome"]]):
    """What the terminal was told, and what pages are told."""

    serving: Serving
    news: News

    def show(self, part: Part, outcome: Outcome) -> State:
        self.serving._show(part, outcome)
        state = self.news.latest()
        assert state
        return state


@pytest.fixture
def told(tmp_path: Path) -> Iterator[Told]:
    told, news = Told(), News()
    with listening("127.0.0.1", FREE, tmp_path, news).server as server:
        told.news = news
        told.serving = Serving(
            tmp_path,
            tmp_path / "site",
            server,
            BuildOptions(),
            lambda part, outcome: told.append((part, outcome)),
            lambda: nullcontext(lambda *_: None),
        )
        yield told


def report(*made: str, early: tuple[Early, ...] = ()) -> Report:
    reasons = tuple((path, "its inputs changed") for path in made)
    return Report(None, 1, (), len(made), 0, 0, (), 0.1, reasons=reasons, early=early)  # type: ignore[arg-type]


def test_pages_have_another_name_when_one_was_made_anew(told: Told) -> None:
    first = told.show("pages", report("index.html", early=(Early("a/", draft=True),)))
    assert first.build
    assert first.early == {"a/": True}
    second = told.show("pages", report("index.html"))
    assert first.build != second.build
    assert told.show("pages", report()) == second
    late = told.show("late", report("pagefind"))
    assert (late.build, late.late) == (second.build, second.late + 1)
    assert [part for part, _ in told] == ["pages", "pages", "pages", "late"]


def test_an_error_leaves_what_there_is_to_see_and_goes_when_it_is_mended(told: Told) -> None:
    good = told.show("pages", report("index.html", early=(Early("a/", draft=True),)))
    bad = told.show("pages", ERROR)
    assert (bad.build, bad.early) == (good.build, good.early)
    assert (bad.message, list(bad.problems)) == ("nothing was published", ERROR.problems)
    assert told.show("pages", report()).message == ""


def test_the_same_error_is_told_once(told: Told) -> None:
    for outcome in (ERROR, ERROR, DigestError("another"), DigestError("another"), report(), ERROR):
        told.show("pages", outcome)
    assert [str(outcome) for _, outcome in told if isinstance(outcome, DigestError)] == [
        "nothing was published",
        "another",
        "nothing was published",
    ]


def test_sessions_have_names_of_their_own(told: Told, tmp_path: Path) -> None:
    """So a page that was open while the server was begun anew reloads."""
    (tmp_path / "second").mkdir()
    second = Serving(
        tmp_path,
        tmp_path / "second/site",
        told.serving._server,
        BuildOptions(),
        lambda *_: None,
        lambda: nullcontext(print),
    )
    first = told.show("pages", report("index.html"))
    second._show("pages", report("index.html"))
    assert told.news.latest() != first
