"""A note's text has the links, code and line breaks that CommonMark gives it, as markdown-it-py reads it."""

from __future__ import annotations

import pytest
from hypothesis import given

from tests.notes.dialect.documents import inlines
from tests.notes.dialect.oracle import ours, theirs
from tests.notes.helpers import examples

TEXTS = {
    "code": "`a` ``b`c`` `` ` `` `*d*` `&amp;` `<b>`",
    "code-no-partner": "`a ``b` ```c",
    "code-over-lines": "`a\nb`",
    "code-before-links": "[a`](/u)`",
    "code-and-escape": "\\`a\\` `\\`",
    "link": "[a](/u) [](/u) [b]() [c](#d)",
    "link-title": '[a](/u "t") [b](/u \'t\') [c](/u (t)) [d](/u "t \\" u")',
    "link-parentheses": "[a](https://en.wikipedia.org/wiki/A_(b)) [c](d(e(f)g)h) [i](\\(j)",
    "link-unbalanced": "[a](b(c) and [d](e)f)",
    "link-angle-brackets": "[a](<b c>) [d](<e)f>)",
    "link-with-spaces": "[a](b c) [d]( e ) [f] (g)",
    "link-over-lines": "[a\nb](/u\n'title')",
    "link-with-brackets": "[a [b] c](/u) [[1]](/u) [\\]](/u)",
    "link-address": "[a](/u?a=b&c=d#e) [f](/é%20g) [h](a\\_b)",
    "image": '![a](b.png) ![c](d.png "t") [![e](f.png)](/u)',
    "reference": "[a][b] [b][] [b] ![c][b]\n\n[b]: /u",
    "reference-with-code": "[`a.b()`][] [c][`a.b()`] [`a.b()`]\n\n[`a.b()`]: /u",
    "reference-with-escapes": "[a\\_b][] [c][a\\_b]\n\n[a\\_b]: /u",
    "reference-absent": "[a] [b][c] [d][]",
    "reference-apart": "[a] [b]\n\n[b]: /u",
    "autolink": "<https://example.org/?a=b&c> <me@example.org>",
    "entities": "&amp; &copy; &#233; &#xe9; &nope AT&T a&b; 3 < 4 > 2",
    "hard-break": "a  \nb\\\nc\nd",
    "hard-break-escaped": "a\\\\\nb",
    "hard-break-not-at-end": "a  \n\nb\\",
    "escapes": "".join(f"\\{mark}" for mark in "!\"#$%'()*+,-./:;<=>?@[\\]^_`{|}~") + "\\a \\1 \\é",
    "html": "a <b>c</b> <br> <i class='d'>e</i> <!-- f --> g",
    "heading": "# *a* `b`\n\n**c**\n---",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_text_is_that_of_commonmark(text: str) -> None:
    assert ours(text) == theirs(text)


@examples
@given(inlines)
def test_marks_in_any_order(text: str) -> None:
    assert ours(text) == theirs(text)


DIFFERENCES = {
    "code-span-is-stripped": ("a`` ` ``b` `", "<p>a<code>`</code>b<code></code></p>"),
    "alternative-text-keeps-marks": ("![*a*](b.png)", '<p><img src="b.png" alt="*a*"></p>'),
    "mark-beside-line-break": ("**\\\na**", "<p><strong><br>a</strong></p>"),
    "mark-beside-hashtag": ("#a**(b)**", "<p>#a<strong>(b)</strong></p>"),
    "link-in-link": ("[a [b](/u) c](/v)", '<p><a href="/v">a [b](/u) c</a></p>'),
    "escaped-entity": ("\\&copy;", "<p>©</p>"),
}


@pytest.mark.parametrize(("text", "expected"), DIFFERENCES.values(), ids=DIFFERENCES.keys())
def test_deliberate_differences(text: str, expected: str) -> None:
    """See `oracle`."""
    assert ours(text) == expected
