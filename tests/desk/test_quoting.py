from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from compliance_digest.desk.quoting import as_written, block_quote, paragraphs
from tests.notes.helpers import examples, parse
from tests.projects import Page, words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Plain text.", ["Plain text."]),
        ("<p>One  <b>bold</b>\nline.</p><p>Two.</p>", ["One bold line.", "Two."]),
        ("One<br>Two<br/>Three", ["One", "Two", "Three"]),
        ("<ul><li>a<li>b</ul>after", ["a", "b", "after"]),
        ("AT&amp;T &lt;b&gt; &#8364;800&nbsp;000", ["AT&T <b> €800 000"]),
        ("before<script>alert(1)</script> <style>p {}</style>after", ["before after"]),
        ("<script>alert(1)</script>", []),
        ("<img src=x onerror=alert(1)>text", ["text"]),
        ("a<!-- hidden -->b<?php hidden ?>c", ["abc"]),
        ("a\x00\x08\ufffeb", ["ab"]),
        ("", []),
        (" <p> </p> ", []),
        ("<title>T</title><p>text</p>", ["text"]),
        ("<p>a<p>b<div>c", ["a", "b", "c"]),
        ("1 < 2 and 3 > 2", ["1 < 2 and 3 > 2"]),
    ],
)
def test_paragraphs_of_html(text: str, found: list[str]) -> None:
    assert paragraphs(text) == found


def test_html_nested_deeply_is_read_as_far_as_may_be() -> None:
    assert paragraphs("<div>" * 5000 + "text") in ([], ["text"])


HARD = [
    "#fine at the start, and #personal_data",
    "[[wikilink]] and [link](https://evil.example/) and ![image](x)",
    "see https://evil.example/page, http://evil.example or HTTPS://EVIL.EXAMPLE",
    "*emphasis* _emphasis_ **strong** `code` ~~gone~~ \\ backslash",
    "&amp; &lt;script&gt; <script>alert(1)</script> <b>",
    "- item", "+ item", "* item", "1. item", "12) item", "> quote", "=====", "-----", "***", "| a | b |", "a | b",
    "```", "~~~", "# Heading", "[1]: https://evil.example/", "[^1]: note", "text[^1]", "<https://evil.example/>",
    "mail@evil.example <mail@evil.example>", "a\\", "&#35;fine", "C# and F#", ": definition", "1", "1.", "2024. Text",
]  # fmt: skip


def check_says_just_that(text: str) -> None:
    body = parse(f"{block_quote([as_written(text)])}\n")
    page = Page(f"<body>{body.html}</body>")
    (quote,) = page.xpath("//blockquote")
    assert [element.tag for element in quote.iter()] == ["blockquote", "p"]
    assert words(quote) == " ".join(text.split())
    assert (body.tags, body.wikilinks, body.site_links, body.refused, body.attachments) == ((), (), (), (), ())


@pytest.mark.parametrize("text", HARD)
def test_what_is_quoted_stays_what_it_is(text: str) -> None:
    check_says_just_that(text)


pieces = st.sampled_from([*HARD, *"#[]()<>!*_`\\&|~:/.-+=1a ", "http://", "https://", "&lt;"])


@examples
@given(st.lists(pieces, min_size=1).map("".join))
@example("https:\\//a")
def test_whatever_is_quoted_stays_what_it_is(text: str) -> None:
    if text := " ".join(text.split()):
        check_says_just_that(text)


def test_paragraphs_are_quoted_together() -> None:
    assert block_quote(["one", "two"]) == "> one\n>\n> two"
