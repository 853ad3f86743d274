"""A note has the blocks that CommonMark gives it, as markdown-it-py reads it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance_digest.notes.dialect.structure import DEEPEST
from tests.notes.dialect import documents
from tests.notes.dialect.oracle import canonical, ours, theirs, words
from tests.notes.helpers import REAL_NOTES, body_of, examples

if TYPE_CHECKING:
    from pathlib import Path

NESTED = "<ul><li>a<ul><li>b<ul><li>c</li></ul></li><li>d</li></ul></li><li>e</li></ul>"

NOTES = {
    "bullets-three-spaces-wide": "-   a\n    - b\n-   c",
    "bullets-outdented": "   - a\n  - b\n - c\n- d",
    "bullet-one-space-in": "- a\n - b",
    "mixed-indents": "- a\n  - b\n     - c\n    - d\n- e",
    "number-in-bullet": "- a\n  1. b\n  2. c\n- d",
    "number-in-bullet-four-spaces": "- a\n    1. b\n    2. c",
    "bullet-in-number-three-spaces": "1. a\n   - b\n2. c",
    "bullet-in-number-four-spaces": "1. a\n    - b\n2. c",
    "bullet-in-number-two-spaces": "1. a\n  - b",
    "start": "7. a\n8. b",
    "start-nought": "0. a",
    "too-many-digits": "1234567890. a",
    "parentheses": "1) a\n2) b",
    "delimiter-changes": "1. a\n2) b",
    "bullet-changes": "- a\n- b\n* c\n+ d",
    "bullet-changes-after-blank": "- a\n\n* b",
    "list-after-paragraph": "text\n- a\n- b",
    "numbers-after-paragraph": "text\n1. a\n2. b",
    "other-number-after-paragraph": "The year was\n1984. A book.",
    "empty-bullet-after-paragraph": "text\n-\nmore",
    "list-after-heading": "# H\n- a",
    "list-after-fence": "```\ncode\n```\n- a",
    "dash-without-space": "-a\n-b",
    "loose": "- a\n\n- b",
    "loose-item": "- a\n\n  b\n- c",
    "loose-in-tight": "- a\n  - b\n\n  - c\n- d",
    "tight-in-loose": "- a\n  - b\n  - c\n\n- d",
    "tight-before-paragraph": "- a\n- b\n\ntext",
    "two-blank-lines": "- a\n\n\n- b\n\n\n  c",
    "empty-item": "- a\n-\n- b",
    "item-begins-below": "-\n  a\n- b",
    "item-begins-too-late": "-\n\n  a",
    "item-of-items": "- - a\n  - b\n- 1. c",
    "paragraph-in-item": "- a\n\n  b\n\n  c",
    "paragraph-after-nested": "- a\n  - b\n\n  c",
    "fence-in-item": "- a\n  ```py\n  code\n\n    more\n  ```\n- b",
    "fence-in-number": "1. a\n\n   ~~~\n   code\n   ~~~\n2. b",
    "fence-outdented-ends-item": "- a\n```\ncode\n```",
    "code-in-item": "- a\n\n      code\n- b",
    "code-begins-item": "-     code\n\n  text",
    "quote-in-item": "- a\n  > b\n  > c\n- d",
    "list-in-quote": "> - a\n>   - b\n> - c",
    "heading-in-item": "- # a\n- ## b\n  text",
    "break-in-item": "- a\n- * * *\n- b",
    "break-between-lists": "- a\n***\n- b",
    "break-not-list": "* * *\n- - -\n_ _ _",
    "lazy-item": "- a\nb\n- c",
    "lazy-nested": "- a\n  - b\nc",
    "lazy-quote": "> a\nb",
    "lazy-quote-in-item": "- > a\nb",
    "not-lazy-fence": "> ```\ncode",
    "not-lazy-after-blank": "> a\n\nb",
    "quote-nested": "> a\n> > b\n>\n> c",
    "quote-without-space": ">a\n>  b",
    "quotes-apart": "> a\n\n> b",
    "quote-after-paragraph": "text\n> a",
    "setext": "One\nTwo\n===\nThree\n---",
    "setext-not-lazy": "- a\n===\n\n> b\n---",
    "setext-or-break": "text\n\n---\n\ntext\n***",
    "headings": "# a\n## b ##\n###### c\n####### d\n#e\n#",
    "heading-with-sharps": "# a # b\n# c#\n# d \\#",
    "heading-indented": "   # a\n    # b",
    "heading-ends-paragraph": "text\n# a\ntext",
    "fence-longer": "````\n```\n````",
    "fence-other": "~~~\n```\n~~~",
    "fence-open": "```\ncode\n\nmore",
    "fence-indented": "  ```\n  code\n   more\n  ```",
    "fence-info": "```python title\ncode\n```",
    "fence-info-with-ticks": "``` a`b\ntext",
    "fence-ends-paragraph": "text\n```\ncode\n```\ntext",
    "code": "    a\n\n\n      b\n\ntext",
    "code-not-in-paragraph": "text\n    more",
    "code-tabs": "\ta\n\n-\tb\n\n\tc",
    "reference": "[a], [b][a], [A][] and [c]\n\n[a]: /u 'Title'",
    "reference-before": "[a]: <u v>\n  (title)\n[a]",
    "reference-in-item": "- [a]: /u\n- [a]",
    "reference-broken": "[a]: /u 'title' x\n\n[a]",
    "reference-not-in-paragraph": "text\n[a]: /u\n\n[a]",
    "reference-blank": "[ ]: /u\n\n[ ]",
    "reference-first-wins": "[a]\n\n[a]: /1\n[a]: /2",
    "html-block": "<div>\n*a*\n\n*b*\n</div>",
    "html-block-ends-paragraph": "text\n<div>\n*a*\n</div>",
    "html-inline-alone": "<b>\n*a*\n</b>",
    "html-inline-in-paragraph": "text\n<b>\n*a*",
    "html-comment": "<!-- a\n\nb -->\n*c*",
    "html-table": "- a\n  <table><tr><td>*b*</td></tr></table>\n- c",
    "html-pre": "<pre>\n\n*a*\n\n</pre>\n*b*",
    "paragraphs": "a\nb\n\n\nc",
    "white-space-lines": "- a\n  \n- b\n    \n\nc",
    "only-white-space": "  \n\n ",
    "trailing-spaces": "a   \n\n- b   \n- c",
    "deep": "- a\n  - b\n    - c\n      - d\n        - e\n          - f",
    "table": "| a | b |\n|:--|--:|\n| *c* | `d` |\n| e |",
}


@pytest.mark.parametrize("text", NOTES.values(), ids=NOTES.keys())
def test_blocks_are_those_of_commonmark(text: str) -> None:
    assert ours(text) == theirs(text)


@pytest.mark.parametrize("spaces", [2, 3, 4], ids="two three four".split())
def test_lists_nest_by_two_three_and_four_spaces(spaces: int) -> None:
    text = "- a\n{0}- b\n{0}{0}- c\n{0}- d\n- e".format(" " * spaces)
    assert ours(text) == theirs(text) == NESTED


def test_a_list_needs_no_blank_line_before_it() -> None:
    assert ours("text\n- a\n- b") == "<p>text</p><ul><li>a</li><li>b</li></ul>"


@pytest.mark.parametrize("file", REAL_NOTES, ids=lambda file: file.stem)
def test_real_notes(file: Path) -> None:
    body = body_of(file.read_text(encoding="utf-8"))
    without_bare_addresses = re.sub(r"https://\S+", lambda address: address[0].replace("_", "\\_"), body)
    assert ours(body) == theirs(without_bare_addresses)


@examples
@given(documents.documents)
def test_well_formed_notes(text: str) -> None:
    assert ours(text) == theirs(text)


@examples
@given(documents.lines)
def test_lines_in_any_order(text: str) -> None:
    assert ours(text) == theirs(text)


signs = st.sampled_from([*"abcde\n\n  -*>#`~=1._!\\&;\"'", "\n- ", "\n  ", "\n    ", "\n> ", "\n```\n", "\n1. "])


@examples
@given(st.lists(signs, max_size=40).map("".join))
def test_no_letter_is_lost(text: str) -> None:
    """Whatever a note holds, and however it is indented, its letters are those that CommonMark shows, in that order."""
    assert letters(ours(text)) == letters(theirs(text))


def letters(written: str) -> str:
    return "".join(character for character in "".join(words(written)) if character.isalpha())


DIFFERENCES = {
    "lazy-line-is-text": ("  2. a\n    > b", '<ol start="2"><li>a &gt; b</li></ol>'),
    "empty-item-stays-tight": ("-\n\n\n- a", "<ul><li></li><li><p>a</p></li></ul>"),
    "open-fence-stays-tight": ("- a\n  ~~~\n\n- b", "<ul><li>a<pre>⏎</pre></li><li>b</li></ul>"),
    "open-comment-is-text": ("<!-- a\n\nb", "<p>&lt;!-- a</p><p>b</p>"),
    "open-script-is-text": ("<script>\na\n\nb", "<p>&lt;script&gt; a</p><p>b</p>"),
}


@pytest.mark.parametrize(("text", "expected"), DIFFERENCES.values(), ids=DIFFERENCES.keys())
def test_deliberate_differences(text: str, expected: str) -> None:
    """See `oracle`; each of these is otherwise in markdown-it-py."""
    assert ours(text) == expected != theirs(text)


@pytest.mark.parametrize("mark", ["- ", "> ", "1. ", "> - "])
def test_containers_nest_fifty_deep_and_no_deeper(mark: str) -> None:
    nested = ours(mark * 2 * DEEPEST + "text")
    assert nested.count("<blockquote>") + nested.count("<li>") < DEEPEST
    assert nested.count(mark.strip().replace(">", "&gt;")) > DEEPEST / 2  # what is too deep is text
    assert "text" in nested


def test_canonical_form_keeps_what_counts() -> None:
    """The oracle is of no use if the form that is compared hides differences."""
    assert canonical("<p>a\n <em>b</em></p>\n<p>c </p>") == "<p>a <em>b</em></p><p>c</p>"
    assert canonical("<p>a<em> b</em></p>") != canonical("<p>a<em>b</em></p>")
    assert canonical("<pre><code>a\n b\n</code></pre>") == "<pre>a⏎·b⏎</pre>"
    assert canonical('<ol start="3"><li>a</ol>') == '<ol start="3"><li>a</li></ol>'
