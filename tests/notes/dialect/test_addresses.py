"""A bare http or https address becomes a link, without the punctuation around it."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance_digest.notes.dialect.addresses import without_punctuation
from tests.notes.helpers import DIALECT, examples

X = "https://example.org/x"
ADDRESSES = {
    "alone": (X, [X]),
    "http": ("http://example.org", ["http://example.org"]),
    "the seed note's": (f"(https://www.cnil.fr/en/x):\n({X}): a", ["https://www.cnil.fr/en/x", X]),
    "at a sentence's end": (f"See {X}. And {X}, {X}; {X}! {X}?", [X] * 5),
    "before an ellipsis": (f"{X}… {X}...", [X, X]),
    "in straight quotation marks": (f"\"{X}\" '{X}'", [X, X]),
    "in curly quotation marks": (f"“{X}” ‘{X}’ „{X}“ «{X}» ‹{X}›", [X] * 5),
    "in brackets": (f"[{X}] ({X}) {{{X}}}", [X] * 3),
    "with parentheses": ("(https://example.org/a_(b)) https://example.org/a_(b)", ["https://example.org/a_(b)"] * 2),
    "with unpaired parentheses": (f"(see {X})) {X})", [X, X]),
    "in full-width punctuation": (f"（{X}）。{X}、{X}", [X] * 3),
    "with a query": (f"{X}?a=b&c=d#e", [f"{X}?a=b&c=d#e"]),
    "with an entity": (f"{X}?a=b&amp;c=d", [f"{X}?a=b&c=d"]),
    "before an entity": (f"{X}&gt; {X}&quot;", [X, X]),
    "with marks of emphasis": (f"{X}_a_b*c*d", [f"{X}_a_b*c*d"]),
    "with an escape": (f"{X}\\_a", [f"{X}_a"]),
    "bold": (f"**{X}** *{X}* __{X}__", [X] * 3),
    "bold with text": (f"**See {X}**", [X]),
    "in a heading": (f"# {X}", [X]),
    "before html": (f"{X}<br>text <b>{X}</b>", [X, X]),
    "before code": (f"{X}`code`", [X]),
    "in angle brackets": (f"<{X}>", [X]),
    "international": ("https://müller.example/ä?ö", ["https://müller.example/ä?ö"]),
    "with a port": ("http://localhost:8000/", ["http://localhost:8000/"]),
    "after a colon": (f"Source:{X}", [X]),
    "over two lines": (f"{X}\n{X}", [X, X]),
    "none: no host": ("https:// and http://.", []),
    "none: in a word": (f"a{X} /{X}", []),
    "none: other schemes": ("ftp://example.org javascript://x www.example.org", []),
    "none: code": (f"`{X}`\n\n    {X}", []),
    "none: the text of a link": (f"[{X}](/u) [see {X}](/u)", ["/u", "/u"]),
    "none: the address of a link": (f"[a]({X}) ![b]({X})", [X]),
    "none: an attribute": (f'<a href="{X}">a</a>', [X]),
    "none: a reference": (f"[a]\n\n[a]: {X}", [X]),
}


@pytest.mark.parametrize(("text", "expected"), ADDRESSES.values(), ids=ADDRESSES.keys())
def test_addresses(text: str, expected: list[str]) -> None:
    written, _ = DIALECT.convert(text)
    assert [unescape(href) for href in re.findall(r'<a href="([^"]*)"', written)] == expected


def test_an_address_reads_as_it_is() -> None:
    assert DIALECT.convert(f"({X}&y):")[0] == f'<p>(<a href="{X}&amp;y">{X}&amp;y</a>):</p>'


@examples
@given(st.text(alphabet="a()[].,;&_*~'/é", max_size=20))
def test_what_is_taken_off_is_punctuation_and_no_more(end: str) -> None:
    address = without_punctuation(X + end)
    assert address == without_punctuation(address)
    assert address.startswith(X)
    assert address.count(")") <= address.count("(") or not address.endswith(")")
    assert not set((X + end)[len(address) :].replace("&a;", "")) & set("a/é(")
