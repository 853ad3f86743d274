"""The quick step gives what Python-Markdown's own gives."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown

from compliance_digest.notes.dialect.addresses import Addresses
from compliance_digest.notes.dialect.blocks import Blocks
from compliance_digest.notes.dialect.hashtags import Hashtags
from compliance_digest.notes.dialect.inline import Inline
from compliance_digest.notes.dialect.quick import _TRIGGERS, Quick, _QuickInlineProcessor
from compliance_digest.notes.dialect.raw_html import RawHtml
from compliance_digest.notes.dialect.wikilinks import Wikilinks
from tests.notes.dialect.documents import inlines
from tests.notes.helpers import DIALECT, REAL_NOTES, body_of, examples

STOCK = Markdown(
    extensions=[Blocks(), Inline(), RawHtml(), Addresses(), Hashtags(), Wikilinks()],
    output_format="html",
)


def stock(text: str) -> str:
    STOCK.reset()
    return STOCK.convert(text)


def test_real_notes() -> None:
    texts = [body_of(file.read_text(encoding="utf-8")) for file in REAL_NOTES]
    assert [DIALECT.convert(text)[0] for text in texts] == [stock(text) for text in texts]


signs = st.sampled_from(
    [*"a1 *_`[]()!<>&;#\\\n\"'~^|:/.-", "  \n", "\\\n", "://", "https://x.y", "![", "[^1]", "[[", "]]"]
)


@examples
@given(st.lists(signs, max_size=30).map("".join) | inlines)
def test_any_text(text: str) -> None:
    text += "\n\n[a]: /u\n[^1]: note"
    assert DIALECT.convert(text)[0] == stock(text)


def test_it_is_the_step_in_use() -> None:
    markdown = Markdown(extensions=[Blocks(), Inline(), Addresses(), Hashtags(), Wikilinks(), Quick()])
    step = markdown.treeprocessors["inline"]
    assert isinstance(step, _QuickInlineProcessor)
    assert {id(attempt.pattern) for attempt in step._attempts} == {id(pattern) for pattern in markdown.inlinePatterns}
    assert len(_TRIGGERS) == len(markdown.inlinePatterns)  # each pattern has its trigger
