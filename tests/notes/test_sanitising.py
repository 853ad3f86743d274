"""Notes may come from strangers: whatever they hold, only harmless HTML reaches a page."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html

from compliance_digest.notes.dialect.raw_html import _HTML_ELEMENTS
from compliance_digest.notes.sanitising import _LINKED, refused_addresses, sanitised
from tests.notes.helpers import examples, html, parse

ELEMENTS = frozenset(
    """a abbr b bdi blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption figure
    h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q rp rt ruby s samp small span strong sub summary sup
    table tbody td tfoot th thead tr u ul var wbr""".split()
)
ATTRIBUTES = frozenset(
    "align alt class colspan data-tags dir height href id lang rowspan scope src start tabindex title width".split()
)
SCHEMES = {"http", "https", "mailto", "tel", ""}


def harm(written: str) -> list[str]:
    """Return what a page must not hold."""
    root = lxml_html.fragment_fromstring(written, create_parent="div")
    found = [f"<{element.tag}>" for element in root.iterdescendants() if element.tag not in ELEMENTS]
    for element in root.iterdescendants():
        found += [f"{name}=" for name in element.attrib if name not in ATTRIBUTES]
        for name in ("href", "src"):
            address = re.sub(r"[\x00-\x20]", "", str(element.get(name) or ""))
            if urlsplit(address).scheme.lower() not in SCHEMES:
                found.append(address)
    return found


VECTORS = """\
<script>alert(1)</script>
<SCRIPT SRC=https://example.org/x.js></SCRIPT>
<scr<script>ipt>alert(1)</scr</script>ipt>
<script
<img src=x onerror=alert(1)>
<img src="x" ONERROR="alert(1)" >
<img/src=x/onerror=alert(1)>
<img src=x onerror\x0b=alert(1)>
<b onclick=alert(1) onmouseover='alert(1)'>
<a href="javascript:alert(1)">
<a href="JaVaScRiPt:alert(1)">
<a href=" javascript:alert(1)">
<a href="java\tscript:alert(1)">
<a href="java&#10;script:alert(1)">
<a href="java&Tab;script&colon;alert(1)">
<a href="&#106;&#97;vascript:alert(1)">
<a href="&#x6A&#x61vascript:alert(1)">
<a href="&#1;javascript:alert(1)">
<a href="javascript&#58;alert(1)">
<a href="data:text/html,<script>alert(1)</script>">
<a href="DATA:text/html;base64,PHNjcmlwdD4=">
<a href="vbscript:msgbox(1)">
<a href="file:///etc/passwd">
<a href="blob:https://example.org/x">
<a href="https://example.org" target=_blank ping=https://example.org style=color:red>
<a href="hashtag:&quot;><script>alert(1)</script>">
<a href="wikilink:0"><a href="wikilink:99">
<p style="background:url(javascript:alert(1))">
<div style=position:fixed class=passage id=p-1 data-tags="fine">
<style>p{}</style><style>@import url(x)</style>
<link rel=stylesheet href=x><meta http-equiv=refresh content=0><base href=https://example.org>
<iframe src=x></iframe><iframe srcdoc="<script>alert(1)</script>">
<object data=x></object><embed src=x><applet code=x>
<svg onload=alert(1)><svg><script>alert(1)</script></svg><svg><a xlink:href="javascript:alert(1)">
<svg><style><img src=x onerror=alert(1)></style></svg>
<math><mi xlink:href="javascript:alert(1)"></math><math><mtext><table><mglyph><style><img src=x onerror=alert(1)>
<form action=x><input name=y formaction="javascript:alert(1)"><button>z</button></form>
<video src=x onerror=alert(1)><audio src=x autoplay><source src=x>
<template><script>alert(1)</script></template><noscript><p title="</noscript><img src=x onerror=alert(1)>">
<body onload=alert(1)><html><head><frameset><frame src=x>
<!--><script>alert(1)</script>--><!-- --!><img src=x onerror=alert(1)>-->
<?xml version="1.0"?><!DOCTYPE html [<!ENTITY x "y">]><![CDATA[<script>alert(1)</script>]]>
<a title="><img src=x onerror=alert(1)>">
<a title='"><script>alert(1)</script>'>
<img alt="`><script>alert(1)</script>`" src="x">
[a](javascript:alert(1))
[a](JAVASCRIPT:alert(1))
[a](java&#115;cript:alert(1))
[a](&#x6a;avascript:alert(1))
[a](javascript&colon;alert(1))
[a](java\\script:alert(1))
[a](<java script:alert(1)>)
[a](\x01javascript:alert(1))
[a](data:text/html,x)
[a](/u "\\"onmouseover=alert(1) x=\\"")
[a](/u"onmouseover="alert(1))
[a]("onclick="alert(1))
![a](javascript:alert(1)) ![a](data:image/svg+xml,<svg>) ![a](x" onerror="alert(1))
![a" onerror="alert(1)](x.png)
<javascript:alert(1)>
<javascript://example.org/%0aalert(1)>
[a]\n\n[a]: javascript:alert(1)
[[a"><script>alert(1)</script>]] [[a|<img src=x onerror=alert(1)>]]
#a"><script>alert(1)</script> https://example.org/"onmouseover="alert(1)
| <script>alert(1)</script> |\n|---|\n| <img src=x onerror=alert(1)> |
a[^1]\n\n[^1]: <img src=x onerror=alert(1)>
[^"><script>]: a\n\nb[^"><script>]
```"><script>alert(1)</script>\ncode\n```
`<script>alert(1)</script>` &lt;script&gt;alert(1)&lt;/script&gt;""".split("\n")


@pytest.mark.parametrize("vector", [vector.replace("\\n", "\n") for vector in VECTORS])
@pytest.mark.parametrize("form", ["{}", "text {} text", "- {}\n- text", "> {}"])
def test_nothing_harmful_reaches_a_page(vector: str, form: str) -> None:
    body = parse(form.format(vector))
    assert harm(body.html) == []
    assert [harm(passage.html) for passage in body.passages] == [[]] * len(body.passages)


pieces = st.sampled_from([*VECTORS, *"<>\"'=&;:/ \n", "javascript:", "onerror=", "text"])


@examples
@given(st.lists(pieces, max_size=8).map("".join))
def test_nothing_harmful_in_any_mixture(text: str) -> None:
    assert harm(html(text)) == []


def test_harm_is_found() -> None:
    """The tests above are of no use if this finds nothing."""
    assert harm("<script>x</script>") == ["<script>"]
    assert harm('<p onclick="x" style="y">') == ["onclick=", "style="]
    assert harm('<a href="java\nscript:x">') == ["javascript:x"]


FORGED = {
    "passage": ('<div class="passage" id="p-01234567" data-tags="fine">a</div>', "<div>a</div>"),
    "hashtag": ('<a class="hashtag" href="/u">a</a>', '<p><a href="~/u">a</a></p>'),
    "run of hashtags": ('<span class="tags">a</span>', "<p><span>a</span></p>"),
    "id of the page": ('<h2 id="main">a</h2>', "<h2>a</h2>"),
    "class of the page": ('<div class="footnote site-header">a</div>', "<div>a</div>"),
    "placeholder": ('<a href="&#xFDD0;x">a</a> &#xFDD0;', '<p><a href="~/2024/09/30/note/x">a</a> </p>'),
}


@pytest.mark.parametrize(("text", "expected"), FORGED.values(), ids=FORGED.keys())
def test_nothing_can_pose_as_the_page_s_own(text: str, expected: str) -> None:
    assert html(text) == expected


def test_harmless_elements_stay() -> None:
    for name in ELEMENTS - set("caption col colgroup tbody td tfoot th thead tr".split()):  # these need a table around
        assert f"<{name}>" in sanitised(f"<{name}>text"), name
    table = "<table><caption>a</caption><colgroup><col></colgroup><tbody><tr><th>b</th><td>c</td></tr></tbody></table>"
    assert sanitised(table) == table


def test_other_elements_go_and_their_text_stays() -> None:
    for name in _HTML_ELEMENTS - ELEMENTS - {"h1", "image"}:
        assert sanitised(f"a <{name}>b</{name}>") == "a b", name


@pytest.mark.parametrize("address", ["https://x.org/", "http://x.org", "mailto:a@x.org", "tel:+321", "a/b", "#a", "?b"])
def test_harmless_addresses_stay(address: str) -> None:
    assert sanitised(f'<a href="{address}">a</a>') == f'<a href="{address}">a</a>'


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x0b", "\x7f", "\ufdd0", "\uffff"])
@pytest.mark.parametrize("form", ["a{}b", "a&#{};b"])
def test_no_control_characters(character: str, form: str) -> None:
    written = sanitised(form.format(character if form == "a{}b" else ord(character)))
    assert character not in written
    assert written[0] + written[-1] == "ab"


@examples
@given(st.text())
def test_sanitising_twice_is_sanitising_once(text: str) -> None:
    assert sanitised(sanitised(text)) == sanitised(text)


LINKS = st.lists(
    st.sampled_from(["href", "SRC", "\u017frc", "=", "x:y", "http:", "a", "-", ">", '"', "'", " ", "\n", "\xa0"])
)


@examples
@given(LINKS.map("".join))
def test_what_is_refused_is_told(text: str) -> None:
    """However the address is found."""
    refused = [address for address in _LINKED.findall(text) if not address.startswith("http:")]
    assert refused_addresses(text) == refused
    assert refused_addresses(f"{text} =") == refused_addresses(f"{text} ")
