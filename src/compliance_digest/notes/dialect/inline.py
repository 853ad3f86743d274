"""CommonMark's rules for code spans, links, line breaks and emphasis, where Python-Markdown's own are looser."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown.extensions import Extension
from markdown.inlinepatterns import (
    BACKTICK_RE,
    IMAGE_LINK_RE,
    LINK_RE,
    REFERENCE_RE,
    BacktickInlineProcessor,
    Delimiter,
    DelimiterProcessor,
    ImageInlineProcessor,
    ImageReferenceInlineProcessor,
    LinkInlineProcessor,
    ReferenceInlineProcessor,
    SubstituteTagInlineProcessor,
)

if TYPE_CHECKING:
    from markdown import Markdown

_PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
_TICKS = re.compile(r"`+")
_DESTINATION = re.compile(
    r"\(\s*(?:<(?P<angled>[^<>\n]*)>|(?P<plain>(?!<)(?:[^\s()]|\((?:[^\s()]|\((?:[^\s()]|\([^\s()]*\))*\))*\))*))"
    r"(?:\s+(?P<title>\"[^\"]*\"|'[^']*'|\([^()]*\)))?\s*\)"
)
_ADJACENT_LABEL = re.compile(r"\[([^\]]*)\]")


class Inline(Extension):
    """Gives a `Markdown` CommonMark's inline rules."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Python-Markdown's name)
        """Replace the patterns concerned, each at its old place."""
        md.ESCAPED_CHARS = list(_PUNCTUATION)
        patterns = md.inlinePatterns
        patterns.register(CodeSpan(BACKTICK_RE), "backtick", 190)
        patterns.register(SubstituteTagInlineProcessor(r"\\\n", "br"), "hard_break", 185)
        patterns.register(Reference(REFERENCE_RE, md), "reference", 170)
        patterns.register(Link(LINK_RE, md), "link", 160)
        patterns.register(Image(IMAGE_LINK_RE, md), "image_link", 150)
        patterns.register(ImageReference(IMAGE_LINK_RE, md), "image_reference", 140)
        patterns.register(Emphasis(md), "em_strong", 60)


class CodeSpan(BacktickInlineProcessor):
    """Code ends at the next run of just as many backticks; where there is none, the backticks are text."""

    def find_code_spans(self, start: int, text: str) -> tuple[int, int | None]:  # type: ignore[override]
        """Return where the code begins that the backticks at `start` open, and where it ends (None: it is none)."""
        opening = _TICKS.match(text, start)
        begin = opening.end() if opening else start
        for closing in _TICKS.finditer(text, begin):
            if closing.end() - closing.start() == begin - start:
                return begin, closing.start()
        return begin, None


class _Destination(LinkInlineProcessor):
    """An address holds no white space, unless in angle brackets, and only balanced parentheses (three deep)."""

    def getLink(self, data: str, index: int) -> tuple[str, str | None, int, bool]:  # noqa: N802
        """Return address, title and end of the `(…)` at `index`, and whether it is one."""
        match = _DESTINATION.match(data, index)
        if match is None:
            return "", None, index, False
        href = match["angled"] if match["angled"] is not None else match["plain"]
        title = match["title"]
        return self.unescape(href), title and self.unescape(title[1:-1]), match.end(), True


class Link(_Destination):
    """`[text](address "title")`."""


class Image(_Destination, ImageInlineProcessor):
    """`![text](address "title")`."""


class Reference(ReferenceInlineProcessor):
    """`[text][label]`, with nothing between the brackets."""

    RE_LINK = _ADJACENT_LABEL


class ImageReference(ImageReferenceInlineProcessor):
    """`![text][label]`, with nothing between the brackets."""

    RE_LINK = _ADJACENT_LABEL


class Emphasis(DelimiterProcessor):
    """Emphasis with CommonMark's left- and right-flanking delimiter runs (0.31.2, section 6.2).

    `***both***` is emphasis around strong emphasis, as in CommonMark.

    What other patterns have taken out (code, links, escapes) stands in the text between control characters, which
    count as punctuation here, as the first and last character of nearly all of it does.
    """

    def __init__(self, md: Markdown) -> None:
        super().__init__("*", "strong,em", md)
        self._inner: Delimiter | None = None
        self.add("_", "strong,em", smart=True)
        letter, mark = r"[^\W_]", r"[^\w\s]"
        for token, delimiter in self.delimiters.items():
            run = rf"(?<!{re.escape(token)}){re.escape(token)}+(?!{re.escape(token)})"
            left = rf"(?:(?<!{letter}){run}(?!\s|\Z)|{run}(?={letter}))"
            right = rf"(?:(?<=\S){run}(?!{letter})|(?<={letter}){run})"
            opens, closes = left, right
            if token == "_":  # noqa: S105 (no password)
                opens = rf"(?={left})(?:(?!{right})|(?<={mark})){run}"
                closes = rf"(?={right})(?:(?!{left})|(?={run}{mark})){run}"
            delimiter.boundary = re.compile(rf"(?P<ambiguous>(?={opens}){closes})|(?P<end>{closes})|(?P<start>{opens})")

    def add_region(self, delim: Delimiter, a: int, b: int, c: int, d: int, size: int) -> None:
        """Add emphasis (`size` 1 or 2) whose delimiters are at a-b and c-d."""
        if size == 2 and self._inner is delim and self.regions:
            inner = self.regions[-1]
            if (inner[0], inner[3], inner[-1]) == (b, c, 1):
                self.regions[-1] = (*inner[:-1], 2)
                size = 1
        super().add_region(delim, a, b, c, d, size)
        self._inner = delim
