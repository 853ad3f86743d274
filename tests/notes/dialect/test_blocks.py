"""Beyond CommonMark: tables and footnotes."""

from __future__ import annotations

import pytest
from lxml import html

from tests.notes.dialect.oracle import ours, theirs
from tests.notes.helpers import DIALECT

TABLES = {
    "plain": "| a | b |\n|---|---|\n| c | d |",
    "without outer pipes": "a | b\n--- | ---\nc | d",
    "aligned": "| a | b | c |\n|:--|:-:|--:|\n| d | e | f |",
    "marks in cells": "| *a* | `b` |\n|--|--|\n| [c](/u) | **d** |",
    "escaped pipe": "| a |\n|---|\n| b \\| c |",
    "pipe in code": "| a | b |\n|---|---|\n| `c` | d |",
    "short row": "| a | b |\n|---|---|\n| c |",
    "after a paragraph": "text\n\n| a |\n|---|\n| b |\n\ntext",
    "right after a line": "text\nmore\n| a | b |\n|---|---|\n| c | d |",
    "in an item": "- text\n\n  | a |\n  |---|\n  | b |",
    "none: no line below": "a | b\nc | d",
    "none: in code": "    | a |\n    |---|",
    "none: a pipe in text": "a | b",
}


@pytest.mark.parametrize("text", TABLES.values(), ids=TABLES.keys())
def test_tables_are_those_of_markdown_it(text: str) -> None:
    assert ours(text) == theirs(text)


FOOTNOTES = {
    "after the text": "a[^1] b\n\n[^1]: Foot *note*.",
    "before the text": "[^1]: Foot *note*.\n\na[^1] b",
    "in an item": "- a[^1] b\n\n  [^1]: Foot *note*.",
    "by a word": "a[^Word-1] b\n\n[^Word-1]: Foot *note*.",
    "over lines": "a[^1] b\n\n[^1]: Foot\n*note*.",
    "indented": "a[^1] b\n\n[^1]:\n    Foot *note*.",
}


def read(text: str) -> html.HtmlElement:
    """Return a text's HTML, with a space after every block."""
    return html.fragment_fromstring(DIALECT.convert(text)[0].replace("><", "> <"), create_parent="div")


@pytest.mark.parametrize("text", FOOTNOTES.values(), ids=FOOTNOTES.keys())
def test_footnotes(text: str) -> None:
    root = read(text)
    (reference,), (footnote,) = root.find_class("footnote-ref"), root.xpath("//*[@class='footnote']//li")
    (back,) = footnote.find_class("footnote-backref")
    assert reference.text == "1"
    assert reference.get("href") == f"#{footnote.get('id')}"
    assert back.get("href") == f"#{reference.getparent().get('id')}"
    assert footnote.xpath("string(p/em)") == "note"
    assert words(root) == "a 1 b Foot note."


def words(root: html.HtmlElement) -> str:
    return " ".join(root.text_content().replace("↩", "").split())


WORDS = {
    "blocks": ("[^1]: a\n\n    b\n\n    - c\n\n    ```\n    d\n    ```", "a b c d"),
    "html first": ("[^1]: <div>a</div>\n\n    b", "a b"),
    "list first": ("[^1]: - a\n    - b", "a b"),
    "one in another": ("[^1]: a\n\n    [^2]: b\n\n[^3]: c", "a [^2]: b c"),
    "one label twice": ("[^1]: a\n\n[^1]: b\nc", "1 : b c a"),
    "never referred to": ("[^1]: a\n[^2]: b", "a b"),
    "never defined": ("a[^1]", "a[^1]"),
    "empty": ("a[^1]\n\n[^1]:\n\nb", "a 1 b"),
}


@pytest.mark.parametrize(("text", "expected"), WORDS.values(), ids=WORDS.keys())
def test_footnotes_lose_no_words(text: str, expected: str) -> None:
    assert words(read(text)) == expected
