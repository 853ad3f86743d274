"""The steps give what Python-Markdown's own give."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown
from markdown.util import ETX, STX

from compliance_digest.notes.dialect.steps import Steps
from tests.notes.helpers import examples

if TYPE_CHECKING:
    from markdown.treeprocessors import UnescapeTreeprocessor

STOCK = Markdown()
OURS = Markdown(extensions=[Steps()])

texts = st.lists(st.sampled_from(["a", " ", "  ", "\t", "\n", "\r", "\r\n", STX, ETX, "42", "\xa0", "\x0b", "\x1c"]))


@examples
@given(texts.map("".join))
def test_white_space(text: str) -> None:
    step = "normalize_whitespace"
    lines = text.split("\n")
    assert OURS.preprocessors[step].run(lines) == STOCK.preprocessors[step].run(lines)


@examples
@given(texts.map("".join))
def test_escapes(text: str) -> None:
    ours, stock = (cast("UnescapeTreeprocessor", each.treeprocessors["unescape"]) for each in (OURS, STOCK))
    assert ours.unescape(text) == stock.unescape(text)


def test_they_are_at_their_places() -> None:
    pairs = [
        *zip(OURS.preprocessors, STOCK.preprocessors, strict=True),
        *zip(OURS.treeprocessors, STOCK.treeprocessors, strict=True),
    ]
    assert all(isinstance(ours, type(stock)) for ours, stock in pairs)
