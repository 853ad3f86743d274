"""`[[file name or title]]` and `[[file name or title|label]]` lead to another note."""

from __future__ import annotations

import pytest

from compliance_digest.notes.dialect.wikilinks import SCHEME
from tests.notes.helpers import DIALECT

LINKS = {
    "alone": ("[[Note]]", ["Note"], "<a 0>Note</a>"),
    "label": ("[[Note|the note]]", ["Note"], "<a 0>the note</a>"),
    "two, numbered in order": ("[[B]] and [[A]]", ["B", "A"], "<a 0>B</a> and <a 1>A</a>"),
    "white space": ("[[ Note | label ]]", ["Note"], "<a 0>label</a>"),
    "file with folder": ("[[2024/2024-09-30-x.md]]", ["2024/2024-09-30-x.md"], "<a 0>2024/2024-09-30-x.md</a>"),
    "marks are text": ("[[a_b_c|*d* #e]]", ["a_b_c"], "<a 0>*d* #e</a>"),
    "escaped": ("[[a\\_b]]", ["a_b"], "<a 0>a_b</a>"),
    "bold": ("**[[Note]]**", ["Note"], "<strong><a 0>Note</a></strong>"),
    "punctuation": ("([[Note]]).", ["Note"], "(<a 0>Note</a>)."),
    "none: code": ("`[[Note]]`", [], "<code>[[Note]]</code>"),
    "none: escaped": ("\\[[Note]]", [], "[[Note]]"),
    "none: embedded": ("![[image.png]]", [], "![[image.png]]"),
    "none: an ordinary link": ("[[1]](/u)", [], '<a href="/u">[1]</a>'),
    "none: empty": ("[[]] [[|a]] [[a|]]", [], "[[]] [[|a]] [[a|]]"),
    "none: over lines": ("[[a\nb]]", [], "[[a\nb]]"),
}


@pytest.mark.parametrize(("text", "targets", "expected"), LINKS.values(), ids=LINKS.keys())
def test_wikilinks(text: str, targets: list[str], expected: str) -> None:
    written, found = DIALECT.convert(text)
    assert written.replace(f'href="{SCHEME}0"', "0").replace(f'href="{SCHEME}1"', "1") == f"<p>{expected}</p>"
    assert list(found) == targets


def test_a_note_has_none_of_the_note_before() -> None:
    assert DIALECT.convert("[[A]]")[1] == ("A",)
    assert DIALECT.convert("[[B]]")[1] == ("B",)
    assert DIALECT.convert("text")[1] == ()
