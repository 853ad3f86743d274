"""A hashtag is `#` at a word's start, then a letter, then letters, digits, `_`, `-` or `/`."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance_digest.notes.dialect.hashtags import SCHEME
from tests.notes.dialect.oracle import ours
from tests.notes.helpers import DIALECT, examples

HASHTAGS = {
    "alone": ("#fine", ["fine"]),
    "in text": ("a #fine and #data_breach.", ["fine", "data_breach"]),
    "at the start of a line": ("text\n#fine", ["fine"]),
    "after a line break by spaces": ("text  \n#fine", ["fine"]),
    "after a line break by a backslash": ("text\\\n#fine", ["fine"]),
    "after a bullet": ("- #fine", ["fine"]),
    "after a number": ("1. #fine", ["fine"]),
    "in a quote": ("> #fine", ["fine"]),
    "in a heading": ("# Heading #fine", ["fine"]),
    "in a table": ("a | b\n- | -\n#fine | c", ["fine"]),
    "run": ("text  #a #b\t#c", ["a", "b", "c"]),
    "in parentheses": ("(#fine)", ["fine"]),
    "in quotation marks": ("“#fine” '#ban'", ["fine", "ban"]),
    "with digits": ("#gdpr2016 #a1", ["gdpr2016", "a1"]),
    "with all signs": ("#a_b-c/d", ["a_b-c/d"]),
    "ends in a letter or digit": ("#fine- #ban_ #a/ #b--", ["fine", "ban", "a", "b"]),
    "before punctuation": ("#a. #b, #c; #d: #e! #f? #g… #h’s #i)", list("abcdefghi")),
    "parted by a colon": ("#a:#b", ["a", "b"]),
    "emphasised": ("_#a_ *#b* **#c** __#d__", ["a", "b", "c", "d"]),
    "looks like a colour": ("#facade #fff", ["facade", "fff"]),
    "accents": ("#Äußerung #données", ["Äußerung", "données"]),
    "combining marks": ("#donne\N{COMBINING ACUTE ACCENT}es", ["donne\N{COMBINING ACUTE ACCENT}es"]),
    "other scripts": ("#штраф #罰金 #नियम", ["штраф", "罰金", "नियम"]),
    "in raw HTML": ("<b>#fine</b> <ins>#ban</ins>", ["fine", "ban"]),
    "capitals": ("#GDPR", ["GDPR"]),
}
NONE = {
    "after a link and an entity in a footnote": "[^1]: [a](b) &amp;#t",
    "heading": "# Heading",
    "heading of a word": "## fine",
    "number": "#1 and #2024",
    "language": "C# and F#",
    "in a word": "a#b 1#c é#d",
    "second of two": "##fine",
    "of two words": "# \n#",
    "no letter": "#_a #-a #/a #",
    "escaped": "\\#fine",
    "entity": "&#233; &#xe9;",
    "escaped entity": "\\&#xe9;",
    "fragment": "https://example.org/#fine",
    "fragment in brackets": "<https://example.org/#fine>",
    "fragment of a link": "[a](https://example.org/#fine) [b](#fine)",
    "fragment of a reference": "[a]\n\n[a]: #fine",
    "after a slash": "example.org/#fine",
    "in the text of a link": "[#fine](/u) [see **#fine**](/u)",
    "in a wikilink": "[[Note#fine]] [[Note|#fine]]",
    "code": "`#fff000` and ``#fine``",
    "after code": "`a`#fine",
    "code block": "    #fine",
    "fence": "```\n#fine\n```",
    "attribute": '<b title="#fine">a</b>',
    "html block": "<div>\n#fine\n</div>",
    "comment": "a <!-- #fine -->",
}


def tags(text: str) -> list[str]:
    return re.findall(rf'href="{SCHEME}([^"]*)"', DIALECT.convert(text)[0])


@pytest.mark.parametrize(("text", "expected"), HASHTAGS.values(), ids=HASHTAGS.keys())
def test_hashtags(text: str, expected: list[str]) -> None:
    assert tags(text) == expected


@pytest.mark.parametrize("text", NONE.values(), ids=NONE.keys())
def test_not_hashtags(text: str) -> None:
    assert tags(text) == []


def test_a_hashtag_is_a_link_that_reads_as_it_was_written() -> None:
    assert DIALECT.convert("a #b_c.")[0] == f'<p>a <a href="{SCHEME}b_c">#b_c</a>.</p>'


def test_a_line_that_starts_with_a_hashtag_is_no_heading() -> None:
    assert ours("#fine\n\n- #ban\n\n# Heading") == "<p>#fine</p><ul><li>#ban</li></ul><h1>Heading</h1>"


words = st.text(alphabet=st.characters(categories=["L", "Nd", "Mn"]), min_size=1, max_size=8).filter(
    lambda word: word[0].isalpha() and word == unicodedata.normalize("NFC", word)
)


@examples
@given(st.lists(words, min_size=1, max_size=4))
def test_any_word_can_be_one(written: list[str]) -> None:
    assert tags("text " + " ".join(f"#{word}" for word in written) + ".") == written
