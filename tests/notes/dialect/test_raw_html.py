"""Raw HTML: what HTML knows is kept, what it doesn't know is text, and nothing can swallow the rest of a note.

These go through the sanitiser too, since the two only make sense together.
"""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance_digest.notes.dialect.raw_html import _HTML_ELEMENTS, defused
from tests.notes.helpers import examples, html

NOTES = {
    "known": ("a <b>c</b> <sub>2</sub> <br>", "<p>a <b>c</b> <sub>2</sub> <br></p>"),
    "unknown": ("<Company Name> and <b1> and </x-y>", "<p>&lt;Company Name&gt; and &lt;b1&gt; and &lt;/x-y&gt;</p>"),
    "unknown block": ("<Company Name>\n\ntext", "&lt;Company Name&gt;<p>text</p>"),
    "less than": ("1 < 2, a<b, <5", "<p>1 &lt; 2, a&lt;b, &lt;5</p>"),
    "unknown in an item": ("- <a1>\n- b", "<ul><li>&lt;a1&gt;</li><li>b</li></ul>"),
    "in code": ("`<b>` `<script>`", "<p><code>&lt;b&gt;</code> <code>&lt;script&gt;</code></p>"),
    "escaped": ("\\<b> &lt;b&gt;", "<p>&lt;b&gt; &lt;b&gt;</p>"),
    "block": ("<div>\n\n*a*\n\n</div>", "<div><p><em>a</em></p></div>"),
    "script": ("a <script>b</script> c", "<p>a  c</p>"),
    "script block": ("<script>\nb\n\nc\n</script>\n\ntext", "<p>text</p>"),
    "script in capitals": ("<SCRIPT SRC=x>\nb\n</Script>\n\ntext", "<p>text</p>"),
    "style": ("<style>\np {}\n\n</style>\ntext", "<p>text</p>"),
    "comment": ("a <!-- b --> c\n\n<!--\n\nd\n-->\n\ne", "<p>a  c</p><p>e</p>"),
    "instruction": ("a <?php b ?> c", "<p>a &lt;?php b ?&gt; c</p>"),
}


@pytest.mark.parametrize(("text", "expected"), NOTES.values(), ids=NOTES.keys())
def test_raw_html(text: str, expected: str) -> None:
    assert html(text) == expected


RAW_TEXT = "iframe math noembed noframes noscript plaintext script style svg template textarea title xmp".split()
OPENINGS = [
    *(f"<{name}>" for name in [*RAW_TEXT, *sorted(_HTML_ELEMENTS)]),
    *("<!--", "<![CDATA[", "<?", "<!DOCTYPE", "<svg><style>", "<math><annotation-xml>", "<table><tr>", "<div><!--"),
    *('<a href="', "<b title='", '<div title="', "<div title='", "<p", "</p", "<b <i", "<!-- a --><!--"),
]


@pytest.mark.parametrize("form", ["{}\n\n- last words", "text {} last words", "- {}\n  - last words", "{}\nlast words"])
def test_nothing_swallows_the_rest(form: str) -> None:
    """Whatever is opened and never closed, what follows stays text."""
    swallowing = [opening for opening in OPENINGS if "last words" not in html(form.format(opening))]
    assert swallowing == []


@examples
@given(st.lists(st.tuples(st.sampled_from(OPENINGS), st.sampled_from([" ", "\n", "\n\n", "\n- "])), max_size=6))
def test_nothing_swallows_what_is_between(openings: list[tuple[str, str]]) -> None:
    text = "".join(f"{opening}{space}word{place}{space}" for place, (opening, space) in enumerate(openings))
    assert re.findall(r"word\d", html(text)) == [f"word{place}" for place in range(len(openings))]


def test_defused_html_stays_as_it_is() -> None:
    defused_once = defused("<x> <b> </script> <!-- -->")
    assert defused_once == "&lt;x> <b> &lt;/script> <!-- -->"
    assert defused(defused_once) == defused_once
