"""The first session that the documentation has is what happens."""

from __future__ import annotations

from tests.tutorial import FILE, written


def test_the_tutorial_is_what_happens() -> None:
    assert FILE.read_text("utf-8") == written(), "run: python -m tests.tutorial"


def test_the_tutorial_has_all_of_a_first_day() -> None:
    text = FILE.read_text("utf-8")
    steps = ["$ digest init", "$ digest new", "$ digest serve", "[bad-fine]", "^C", "$ digest check", "$ digest build"]
    places = [text.find(step) for step in steps]
    assert -1 not in places
    assert places == sorted(places)
    assert "Traceback" not in text
