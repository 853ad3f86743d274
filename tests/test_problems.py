"""How problems are told: one line each, in three forms."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compliance_digest.problems import (
    DigestError,
    Format,
    NotesInvalid,
    OutputRefused,
    Problem,
    SettingsInvalid,
    did_you_mean,
    one_line,
)

PROBLEM = Problem("content/a.md", 3, 7, "error", "bad-date", "no such day as '2024-13-45'", "write 2024-09-30")

TEXTS = {
    "whole": (PROBLEM, "content/a.md:3:7: error: no such day as '2024-13-45'; write 2024-09-30 [bad-date]"),
    "no hint": (Problem("a.md", 3, 7, "warning", "code", "told"), "a.md:3:7: warning: told [code]"),
    "no column": (Problem("a.md", 3, 0, "error", "code", "told"), "a.md:3: error: told [code]"),
    "no place": (Problem("a.md", 0, 0, "error", "code", "told"), "a.md: error: told [code]"),
    "line break": (
        Problem("a\nb.md", 1, 0, "error", "code", "a\nb\x1b[31m"),
        r"a\u000ab.md:1: error: a\u000ab\u001b[31m [code]",
    ),
    "surrogate": (Problem("a.md", 1, 0, "error", "code", "a\udce9"), r"a.md:1: error: a\udce9 [code]"),
    "other scripts": (Problem("é.md", 1, 0, "error", "code", "罰金 ⚖"), "é.md:1: error: 罰金 ⚖ [code]"),
}


@pytest.mark.parametrize(("problem", "expected"), TEXTS.values(), ids=TEXTS.keys())
def test_as_text(problem: Problem, expected: str) -> None:
    assert str(problem) == problem.written("text") == expected


def test_as_json() -> None:
    assert json.loads(PROBLEM.written("json")) == {
        "file": "content/a.md",
        "line": 3,
        "column": 7,
        "severity": "error",
        "code": "bad-date",
        "message": "no such day as '2024-13-45'",
        "hint": "write 2024-09-30",
    }


GITHUB = {
    "whole": (
        PROBLEM,
        "::error file=content/a.md,line=3,col=7::no such day as '2024-13-45'; write 2024-09-30 [bad-date]",
    ),
    "no place": (Problem("a.md", 0, 0, "warning", "code", "told"), "::warning file=a.md,line=1,col=1::told [code]"),
    "signs": (
        Problem("a,b:c%.md", 1, 1, "error", "code", "5% a,b:c"),
        "::error file=a%2Cb%3Ac%25.md,line=1,col=1::5%25 a,b:c [code]",
    ),
    "line break": (
        Problem("a.md", 1, 1, "error", "code", "a\n::error::b"),
        r"::error file=a.md,line=1,col=1::a\u000a::error::b [code]",
    ),
}


@pytest.mark.parametrize(("problem", "expected"), GITHUB.values(), ids=GITHUB.keys())
def test_as_annotation(problem: Problem, expected: str) -> None:
    assert problem.written("github") == expected


@settings(derandomize=True, deadline=None, database=None)
@given(st.text(), st.text(), st.text(), st.sampled_from(["text", "json", "github"]))
def test_every_form_is_one_line_that_can_be_written(file: str, message: str, hint: str, form: Format) -> None:
    written = Problem(file, 1, 1, "error", "code", message, hint).written(form)
    assert written.splitlines() == [written]
    assert written.encode()


def test_problems_are_in_the_order_of_the_files() -> None:
    problems = [
        Problem("a.md", 0, 0, "warning", "z", "z"),
        Problem("a.md", 2, 9, "error", "a", "a"),
        Problem("a.md", 10, 1, "error", "a", "a"),
        Problem("b.md", 1, 1, "error", "a", "a"),
    ]
    assert NotesInvalid("told", reversed(problems)).problems == problems


@pytest.mark.parametrize(
    ("error", "status"), [(NotesInvalid, 1), (SettingsInvalid, 2), (OutputRefused, 3), (DigestError, 3)]
)
def test_exit_statuses(error: type[DigestError], status: int) -> None:
    assert error("told").status == status
    assert str(error("told")) == "told"
    assert error("told").problems == []


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("titel", "did you mean 'title'?"),
        ("TITLE", "did you mean 'title'?"),
        ("link", "did you mean 'links'?"),
        ("eur", "did you mean 'EUR'?"),
        ("colour", ""),
        ("", ""),
    ],
)
def test_did_you_mean(word: str, expected: str) -> None:
    assert did_you_mean(word, ["title", "links", "EUR"]) == expected


def test_one_line_keeps_what_can_be_seen() -> None:
    assert one_line("a b é 罰 \\n") == "a b é 罰 \\n"
    assert one_line("a\tb\N{RIGHT-TO-LEFT OVERRIDE}c\N{LINE SEPARATOR}") == r"a\u0009b\u202ec\u2028"
