"""Steps of Python-Markdown that take every line, or every text, of a note: with the same result, in less time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markdown.extensions import Extension
from markdown.preprocessors import NormalizeWhitespace
from markdown.treeprocessors import UnescapeTreeprocessor
from markdown.util import ETX, STX

if TYPE_CHECKING:
    from markdown import Markdown


class Steps(Extension):
    """Replaces the steps, each at its old place."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Python-Markdown's name)
        """Register the steps."""
        md.preprocessors.register(_Whitespace(md), "normalize_whitespace", 30)
        md.treeprocessors.register(_Unescape(md), "unescape", 0)


class _Whitespace(NormalizeWhitespace):
    def run(self, lines: list[str]) -> list[str]:
        """Take out tabs, and the spaces of lines that hold nothing else; the first line keeps them."""
        source = "\n".join(lines).replace(STX, "").replace(ETX, "").replace("\r\n", "\n").replace("\r", "\n")
        if "\t" in source:
            source = source.expandtabs(self.md.tab_length)
        first, *others = f"{source}\n\n".split("\n")
        return [first, *[line if line.strip(" ") else "" for line in others]]


class _Unescape(UnescapeTreeprocessor):
    def unescape(self, text: str) -> str:
        """Put the escaped characters back into `text`."""
        return super().unescape(text) if STX in text else text
