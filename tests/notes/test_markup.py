"""HTML in and out of an element tree: nothing changes on the way."""

from __future__ import annotations

import pytest

from compliance_digest.notes import markup

WRITTEN = {
    "text": "a &amp; b &lt; c \" ' d",
    "elements": "<p>a <b>b</b> c</p>d",
    "void elements": '<p>a<br>b<img src="x" alt=""></p><hr>',
    "empty elements": '<p></p><a href="x"></a><td></td>',
    "addresses": '<a href="https://example.org/é?a=b&amp;c=%20#d">a</a>',
    "quotation marks": "<a title=\"a &quot;b&quot; 'c'\">d</a>",
    "pre": "<pre><code>a\n  b\n\nc</code></pre>",
    "angle brackets in attributes": '<a title="a &lt;br/&gt; b">c</a>',
}


@pytest.mark.parametrize("written", WRITTEN.values(), ids=WRITTEN.keys())
def test_html_comes_out_as_it_went_in(written: str) -> None:
    assert markup.inner_html(markup.parsed(written)) == written


def test_text_of_a_block_is_its_own() -> None:
    (item,) = markup.parsed('<li>a <b>b</b><br>c <span class="tags">#d</span><ul><li>e</li></ul>f</li>')
    assert markup.own_text(item) == "a b c"
    assert markup.text_of(item) == "a bc #def"
    assert [child.tag for child in markup.own_children(item)] == ["b", "br", "span"]


def test_the_block_around_an_element() -> None:
    root = markup.parsed("<ul><li>a <b><i>b</i></b></li></ul><i>c</i>")
    inner, outer = root.iter("i")
    block = markup.block_of(inner)
    assert block is not None
    assert block.tag == "li"
    assert markup.block_of(outer) is None


@pytest.mark.parametrize("element", ["<p>", "<div>", "<b>", "<ul><li>"])
def test_nothing_is_left_out_in_silence(element: str) -> None:
    """lxml's parser goes 256 levels deep, and drops the rest."""
    assert "text" in markup.inner_html(markup.parsed(element * 100 + "text"))
    with pytest.raises(RecursionError):
        markup.parsed(element.replace("p", "div") * 300 + "text")
