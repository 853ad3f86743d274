"""Wikilinks: `[[file name or title]]` and `[[file name or title|label]]`, to another note."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, cast
from xml.etree import ElementTree as etree

from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.util import AtomicString

if TYPE_CHECKING:
    import re

    from markdown import Markdown
    from markdown.treeprocessors import UnescapeTreeprocessor

SCHEME = f"wikilink-{secrets.token_hex(8)}:"
"""Stands before a wikilink's number in its link, until the archive finds its address. No note can know it."""


class Wikilinks(Extension):
    """Makes links of wikilinks, and keeps their targets in the order of the text."""

    def __init__(self) -> None:
        super().__init__()
        self.targets: list[str] = []

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Python-Markdown's name)
        """Register the pattern, before other brackets; `[[1]](address)` stays an ordinary link."""
        md.registerExtension(self)
        pattern = r"(?<!!)\[\[([^\[\]|\n]+)(?:\|([^\[\]\n]+))?\]\](?![(\[])"
        md.inlinePatterns.register(Wikilink(pattern, md, self.targets), "wikilink", 172)

    def reset(self) -> None:
        """Forget the targets of the note before."""
        self.targets.clear()


class Wikilink(InlineProcessor):
    """Notes a target and makes its link."""

    ANCESTOR_EXCLUDES = ("a",)

    def __init__(self, pattern: str, md: Markdown, targets: list[str]) -> None:
        super().__init__(pattern, md)
        self.targets = targets

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], _data: str
    ) -> tuple[etree.Element | None, int, int]:
        """Return the link for the wikilink at `m`."""
        unescape = cast("UnescapeTreeprocessor", self.md.treeprocessors["unescape"]).unescape
        target = unescape(self.unescape(m[1])).strip()
        link = etree.Element("a", {"href": f"{SCHEME}{len(self.targets)}"})
        link.text = AtomicString(self.unescape(m[2] or m[1]).strip())
        self.targets.append(target)
        return link, m.start(), m.end()
