"""Bare addresses: `https://example.org/` in a note's text becomes a link, without the punctuation around it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast
from xml.etree import ElementTree as etree

from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.util import INLINE_PLACEHOLDER_RE, AtomicString

if TYPE_CHECKING:
    from markdown import Markdown
    from markdown.treeprocessors import InlineProcessor as InlineTreeprocessor

_ENDS = r"\s<>\"“”„«»‘’‹›。，、；：？！（）【】《》「」『』\x02\x03"
_ADDRESS = rf"h(?<![^\W_]h)(?<!/h)ttps?://(?:[^{_ENDS}]|{INLINE_PLACEHOLDER_RE.pattern})+"
_TRAILING = re.compile(r"(?:&[A-Za-z0-9]+;|[?!.,:;*_~'…])+\Z")
_ESCAPED = re.compile(r"(?:\x02\d+\x03)+")
_PAIRS = {")": "(", "]": "[", "}": "{"}


class Addresses(Extension):
    """Links bare http and https addresses, as GitHub's dialect does (its section 6.9, "extended url autolinks")."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Python-Markdown's name)
        """Register the pattern, after everything else that may hold an address."""
        md.inlinePatterns.register(Address(_ADDRESS, md), "address", 85)


class Address(InlineProcessor):
    """An address goes on to the next white space or quotation mark; punctuation at its end is not part of it."""

    ANCESTOR_EXCLUDES = ("a",)

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], _data: str
    ) -> tuple[etree.Element | None, int, int]:
        """Return the link for the address at `m`."""
        written = without_punctuation(self._up_to_element(m[0]))
        if written.endswith("//"):
            return None, m.start(), m.end()
        address = self.unescape(written)
        link = etree.Element("a", {"href": address})
        link.text = AtomicString(address)
        return link, m.start(), m.start() + len(written)

    def _up_to_element(self, text: str) -> str:
        """Return `text` up to the first thing taken out of it that is more than an escaped character."""
        stash = cast("InlineTreeprocessor", self.md.treeprocessors["inline"]).stashed_nodes
        for placeholder in INLINE_PLACEHOLDER_RE.finditer(text):
            taken = stash.get(placeholder[1])
            if not isinstance(taken, str) or not _ESCAPED.fullmatch(taken):
                return text[: placeholder.start()]
        return text


def without_punctuation(address: str) -> str:
    """Return `address` without the punctuation, entities and unpaired brackets at its end."""
    while True:
        shorter = _TRAILING.sub("", address)
        last = shorter[-1:]
        if last in _PAIRS and shorter.count(last) > shorter.count(_PAIRS[last]):
            shorter = shorter[:-1]
        if shorter == address:
            return address
        address = shorter
