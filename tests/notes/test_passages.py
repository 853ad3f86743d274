"""A passage is the smallest block that holds hashtags; its anchor depends on its words alone."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.notes.helpers import examples, html, parse

PASSAGES = {
    "paragraph": ("One #a.\n\nTwo.", [("One #a.", ["a"])]),
    "item": ("- One #a\n- Two", [("One", ["a"])]),
    "two tags": ("One #a two #b", [("One #a two", ["a", "b"])]),
    "tag twice": ("One #a two #A. #a", [("One #a two #A.", ["a"])]),
    "two passages": ("- One #a\n- Two #b", [("One", ["a"]), ("Two", ["b"])]),
    "item with a list": ("- One #a\n  - Two\n  - Three", [("One", ["a"])]),
    "nested item": ("- One\n  - Two #a", [("Two", ["a"])]),
    "item and nested item": ("- One #a\n  - Two #b", [("One", ["a"]), ("Two", ["b"])]),
    "loose item": ("- One #a\n\n- Two", [("One", ["a"])]),
    "second paragraph of an item": ("- One\n\n  Two #a", [("Two", ["a"])]),
    "quote": ("> One #a", [("One", ["a"])]),
    "in emphasis": ("One **two #a** three", [("One two #a three", ["a"])]),
    "over lines": ("One\ntwo #a\n#b", [("One two", ["a", "b"])]),
    "none: hashtags alone": ("#a #b\n\n- #c", []),
    "none: heading": ("# One #a", []),
    "none: table": ("| a |\n|---|\n| One #a |", []),
    "none: no hashtag": ("One", []),
}


@pytest.mark.parametrize(("text", "expected"), PASSAGES.values(), ids=PASSAGES.keys())
def test_passages(text: str, expected: list[tuple[str, list[str]]]) -> None:
    assert [(passage.text, list(passage.tags)) for passage in parse(text).passages] == expected


def test_a_block_of_hashtags_alone_tags_the_note() -> None:
    assert [tag.key for tag in parse("#a #b\n\n# One #c\n\n| d |\n|---|\n| #e |").tags] == ["a", "b", "c", "e"]


def test_tags_are_told_with_key_spelling_and_line() -> None:
    found = [(tag.key, tag.written, tag.line) for tag in parse("One.\n\n- Two #Personal-Data\n- #b").tags]
    assert found == [("personal_data", "Personal-Data", 3), ("b", "b", 4)]


def test_a_passage_is_marked_and_its_run_of_hashtags_set_apart() -> None:
    assert html("One **two**.  #a_b #c") == (
        '<p class="passage" id="p-677caa60" data-tags="a_b c">One <strong>two</strong>. '
        '<span class="tags"><a href="~/tags/a-b/" class="hashtag">#a_b</a> '
        '<a href="~/tags/c/" class="hashtag">#c</a></span></p>'
    )


RUNS = {
    "at the end": ("One #a #b", "One", "#a #b"),
    "not in the text": ("One #a two #b", "One #a two", "#b"),
    "none before a full stop": ("One #a.", "One #a.", ""),
    "parted by commas": ("One #a, #b", "One #a,", "#b"),
    "on lines of their own": ("One\n#a\n#b", "One", "#a #b"),
    "before a nested list": ("- One #a\n  - Two", "One", "#a"),
    "alone": ("#a #b", "", "#a #b"),
    "after a line break": ("One  \n#a", "One", "#a"),
    "in emphasis": ("One *#a*", "One #a", ""),
}


@pytest.mark.parametrize(("text", "left", "run"), RUNS.values(), ids=RUNS.keys())
def test_runs_of_hashtags(text: str, left: str, run: str) -> None:
    body = parse(text)
    written = body.html.replace("\n", " ")
    before, _, after = written.partition('<span class="tags">')
    assert words(after.partition("</span>")[0]) == run
    assert [passage.text for passage in body.passages] == [left] * bool(left)
    assert words(before.partition("<ul>")[2] if "<ul>" in before else before) == left


def words(written: str) -> str:
    return " ".join(re.sub("<[^>]*>", "", written).split())


def test_what_is_quoted_is_the_passage_s_own_html() -> None:
    (passage,) = parse("- **One** [two](/u) #a and #b too  #c\n  - Three").passages
    assert passage.html.replace("\ufdd0", "~/") == (
        '<strong>One</strong> <a href="~/u">two</a> <a href="~/tags/a/" class="hashtag">#a</a> and '
        '<a href="~/tags/b/" class="hashtag">#b</a> too'
    )


def anchors(text: str) -> dict[str, str]:
    return {passage.text: passage.anchor for passage in parse(text).passages}


def test_an_anchor_stays_when_other_things_change() -> None:
    before = anchors("- One. #a\n- Two. #b\n- Three. #c")
    assert anchors("# New\n\n- Zero. #z\n- Three. #c\n    - One changed. #a\n- Two. #b")["Two."] == before["Two."]
    assert anchors("Two.   #x #b")["Two."] == before["Two."]  # its tags may change, and where it stands
    assert anchors("**Two**.\n#b")["Two."] == before["Two."]  # so may its looks


def test_an_anchor_changes_with_the_words() -> None:
    assert anchors("One. #a")["One."] != anchors("Two. #a")["Two."]


def test_equal_words_are_numbered() -> None:
    first, second, third = (passage.anchor for passage in parse("- One #a\n- One #b\n- One #a").passages)
    assert (second, third) == (f"{first}-2", f"{first}-3")


texts = st.lists(st.sampled_from(["One", "Two", "Three four", "One two"]), min_size=1, max_size=6)


@examples
@given(texts)
def test_anchors_differ_and_are_ids_of_the_page(written: list[str]) -> None:
    body = parse("\n".join(f"- {text} #a" for text in written))
    found = [passage.anchor for passage in body.passages]
    assert len(set(found)) == len(written)
    assert all(f' id="{anchor}"' in body.html for anchor in found)
