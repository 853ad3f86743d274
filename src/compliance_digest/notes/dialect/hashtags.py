"""Hashtags: `#personal_data` in a note's text."""

from __future__ import annotations

import secrets
import string
import unicodedata
from typing import TYPE_CHECKING, cast
from xml.etree import ElementTree as etree

from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.util import ETX, HTML_PLACEHOLDER_RE, INLINE_PLACEHOLDER_RE, AtomicString

if TYPE_CHECKING:
    import re

    from markdown import Markdown
    from markdown.treeprocessors import InlineProcessor as InlineTreeprocessor

SCHEME = f"hashtag-{secrets.token_hex(8)}:"
"""Stands before a hashtag's tag in its link, until the link is given its address. No note can know it, or forge it."""
_ASCII = frozenset(f"{string.ascii_letters}{string.digits}_-/")


class Hashtags(Extension):
    """Makes links of hashtags, after addresses and entities have been found and before emphasis is."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Python-Markdown's name)
        """Register the pattern."""
        md.inlinePatterns.register(Hashtag(r"#(?<![^\W_]#)(?<![&#/]#)(?=[^\W\d_])", md), "hashtag", 75)


class Hashtag(InlineProcessor):
    """`#` at a word's start, then a letter, then letters, digits, `_`, `-` or `/`; it ends in a letter or digit."""

    ANCESTOR_EXCLUDES = ("a",)

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[etree.Element | None, int, int]:
        """Return the link for the hashtag that starts at `m`."""
        if data[m.start() - 1 : m.start()] == ETX and not self._follows_a_tag(data[: m.start()]):
            return None, m.start(), m.end()
        written = tag_at(data, m.end())
        link = etree.Element("a", {"href": SCHEME + written})
        link.text = AtomicString("#" + written)
        return link, m.start(), m.end() + len(written)

    def _follows_a_tag(self, before: str) -> bool:
        """Whether `before` ends in raw HTML such as `<b>`, and not in code, a link or an escaped character."""
        placeholders = list(INLINE_PLACEHOLDER_RE.finditer(before))
        if not placeholders:  # looked through once before, as texts in footnotes are
            return False
        stash = cast("InlineTreeprocessor", self.md.treeprocessors["inline"]).stashed_nodes
        raw = HTML_PLACEHOLDER_RE.fullmatch(str(stash.get(placeholders[-1][1], "")))
        return raw is not None and str(self.md.htmlStash.rawHtmlBlocks[int(raw[1])]).startswith("<")


def tag_at(text: str, start: int) -> str:
    """Return the tag whose first letter is at `start`; combining marks belong to their letters."""
    end = start
    while end < len(text) and (text[end] in _ASCII or unicodedata.category(text[end])[0] in "LNM"):
        end += 1
    return text[start:end].rstrip("_-/")
