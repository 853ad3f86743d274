"""A body: its heading bullet unwrapped, its headings under the page's, its summary."""

from __future__ import annotations

import contextlib
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance_digest.notes import markup
from compliance_digest.notes.sanitising import sanitised
from compliance_digest.text import ROOT, WIKILINK
from tests.notes.dialect.documents import documents
from tests.notes.helpers import examples, html, parse

TITLE = "CNIL fines *ACME* SANTÉ €5,000"
S = "https://www.cnil.fr/en/acme_sante"

REPEATED = {
    "bold, source in parentheses": f"- **{TITLE}** ({S}):\n  - a\n  - b",
    "nested by four": f"- **{TITLE}** ({S}):\n    - a\n    - b",
    "not bold": f"- {TITLE} ({S})\n  - a\n  - b",
    "the title is the link": f"- [{TITLE}]({S})\n  - a\n  - b",
    "no source": f"- **{TITLE}**\n  - a\n  - b",
    "source first": f"- {S} {TITLE}\n  - a\n  - b",
    "source in angle brackets": f"- {TITLE} <{S}>\n  - a\n  - b",
    "source on a line of its own": f"- {TITLE}\n  {S}\n  - a\n  - b",
    "source twice": f"- {TITLE} ([source]({S}), {S}):\n  - a\n  - b",
    "two sources": f"- {TITLE} ({S}, https://archive.example/x)\n  - a\n  - b",
    "other case and signs": "- CNIL FINES “ACME” SANTÉ: EUR 5.000!\n  - a\n  - b".replace("EUR", "€"),
    "other Unicode form": "- CNIL fines ACME SANTE\N{COMBINING ACUTE ACCENT} €5,000\n  - a\n  - b",
    "hashtags after the title": f"- **{TITLE}** ({S}) #fine #ban\n  - a\n  - b",
    "loose": f"- **{TITLE}** ({S}):\n\n  - a\n  - b",
    "other bullet": f"* {TITLE}\n  * a\n  * b",
}


@pytest.mark.parametrize("text", REPEATED.values(), ids=REPEATED.keys())
def test_a_bullet_that_repeats_title_and_source_is_unwrapped(text: str) -> None:
    assert html(text, title=TITLE, sources={S, "https://archive.example/x"}) == "<ul><li>a</li><li>b</li></ul>"


def test_whatever_is_nested_is_left() -> None:
    text = f"- {TITLE}\n\n  one\n\n  1. two\n\n  > three"
    expected = "<p>one</p><ol><li>two</li></ol><blockquote><p>three</p></blockquote>"
    assert html(text, title=TITLE) == expected


def test_what_follows_stays() -> None:
    assert html(f"- {TITLE}\n  - a\n\n# Heading", title=TITLE) == "<ul><li>a</li></ul><h2>Heading</h2>"


NOT_REPEATED = {
    "another title": "- **Something else** ({S}):\n  - a",
    "more than the title": "- **{TITLE}** ({S}): the court agreed.\n  - a",
    "less than the title": "- **CNIL fines ACME** ({S}):\n  - a",
    "a link that is no source": "- **{TITLE}** (https://other.example/):\n  - a",
    "a source and another link": "- **{TITLE}** ({S}, https://other.example/):\n  - a",
    "nothing nested": "- **{TITLE}** ({S})",
    "two bullets": "- **{TITLE}** ({S}):\n  - a\n- b",
    "numbered": "1. {TITLE}\n   - a",
    "after a paragraph": "text\n\n- {TITLE}\n  - a",
    "a paragraph": "{TITLE}\n\n- a",
}


@pytest.mark.parametrize("text", NOT_REPEATED.values(), ids=NOT_REPEATED.keys())
def test_every_other_bullet_stays(text: str) -> None:
    text = text.format(TITLE=TITLE, S=S)
    assert html(text, title=TITLE, sources={S}) == html(text, title="Another title")


def test_tags_of_the_unwrapped_bullet_are_the_note_s() -> None:
    body = parse(f"- {TITLE} #fine\n  - a #ban", title=TITLE)
    assert [tag.key for tag in body.tags] == ["fine", "ban"]
    assert [passage.tags for passage in body.passages] == [("ban",)]


HEADINGS = {
    "first level": ("# a\n\n## b", "<h2>a</h2><h3>b</h3>"),
    "second level": ("## a\n\n### b\n\n## c", "<h2>a</h2><h3>b</h3><h2>c</h2>"),
    "levels left out": ("# a\n\n#### b\n\n###### c", "<h2>a</h2><h3>b</h3><h4>c</h4>"),
    "all levels": (
        "\n\n".join("#" * level + " a" for level in range(1, 7)),
        "<h2>a</h2><h3>a</h3><h4>a</h4><h5>a</h5><h6>a</h6><h6>a</h6>",
    ),
    "raw": ("<h1>a</h1>", "<h2>a</h2>"),
    "underlined": ("a\n===\n\nb\n---", "<h2>a</h2><h3>b</h3>"),
}


@pytest.mark.parametrize(("text", "expected"), HEADINGS.values(), ids=HEADINGS.keys())
def test_headings_start_under_the_page_s(text: str, expected: str) -> None:
    assert html(text) == expected


SUMMARIES = {
    "the first passage": ("- One.\n- Two. #fine\n- Three. #ban", "Two."),
    "without passages, the first block": ("- One.\n- Two.", "One."),
    "a heading is one": ("# Heading\n\nOne.", "Heading"),
    "of what is left when the title is unwrapped": ("- T\n  - One.\n  - Two.", "One."),
    "two sentences": ("One. Two. Three. #fine", "One. Two."),
    "no hashtags at the end": ("One #fine of two. #ban #fine", "One #fine of two."),
    "as text": ("**One** `two` [three](/u) &amp;  \nfour", "One two three & four"),
    "its own text only": ("- One\n  - Two", "One"),
    "nothing": ("", ""),
    "hashtags alone": ("#fine", ""),
    "an image alone": ("![a](https://example.org/a.png)", "a"),
}


@pytest.mark.parametrize(("text", "expected"), SUMMARIES.values(), ids=SUMMARIES.keys())
def test_summary(text: str, expected: str) -> None:
    assert parse(text, title="T").summary == expected


def test_a_long_summary_ends_at_a_sentence() -> None:
    sentence = "Words " * 30 + "end. "
    assert parse(sentence * 3).summary == sentence.strip()


def test_cells_are_aligned_by_class() -> None:
    written = html("| a | b | c | d |\n|:--|:-:|--:|---|\n| e | f | g | h |")
    assert re.findall(r'<t[hd](?: class="(.*?)")?>', written) == ["align-left", "align-center", "align-right", ""] * 2


def test_empty_elements_are_written_as_html() -> None:
    assert html("a  \nb\n\n***\n\n<i></i>") == "<p>a<br>b</p><hr><p><i></i></p>"


signs = st.sampled_from([*"abc #-*_>`|[]()!<&\\\n.:/1", "\n- ", "\n  - ", "https://x.org/", "#a", "[[", "![", "<b>"])


@examples
@given(st.text() | st.lists(signs, max_size=40).map("".join) | documents)
def test_any_text_becomes_clean_html(text: str) -> None:
    """Whatever a body holds, nothing is raised, and the sanitiser finds nothing more to take out."""
    written = parse(text, title="a", sources={"https://x.org/"}).html
    written = written.replace(ROOT, "/").replace(WIKILINK, "/")
    for ours in (r' class="[\w -]+"', r' id="p-[\w-]+"', r' data-tags="[^"]*"', r' tabindex="0"'):
        written = re.sub(ours, "", written)
    assert markup.inner_html(markup.parsed(sanitised(written))) == written


REPEATED_SIGNS = (
    "[ ![ [[a [a]( [^1] *a **a _*a ` `a`` ( ) > - 1. # #a < <a <b> <script> <!-- & &a; \\ | http:// \t".split(" ")
)


@pytest.mark.parametrize("sign", [*REPEATED_SIGNS, "- a\n", "a  \n", "> a\n", "[a]: b\n", "a | b\n-|-\n"])
def test_no_sign_takes_long_however_often_it_comes(sign: str) -> None:
    """Notes may come from strangers: no note of a few pages may hold up a build."""
    start = time.process_time()
    with contextlib.suppress(RecursionError):
        parse(sign * 5000 + "\n\n[^1]: note")
    assert time.process_time() - start < 10  # seconds; what is quadratic takes minutes
