"""CommonMark's rules for code spans, links, line breaks and emphasis, where Python-Markdown's own are looser."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from markdown.extensions import Extension
from markdown.inlinepatterns import (
    BACKTICK_RE,
    IMAGE_LINK_RE,
    LINK_RE,
    REFERENCE_RE,
    BacktickInlineProcessor,
    ImageInlineProcessor,
    ImageReferenceInlineProcessor,
    LinkInlineProcessor,
    ReferenceInlineProcessor,
    ShortImageReferenceInlineProcessor,
    ShortReferenceInlineProcessor,
    SubstituteTagInlineProcessor,
)
from markdown.util import ETX, STX

from compliance_digest.notes.dialect.emphasis import Emphasis
from compliance_digest.notes.dialect.structure import label_key

if TYPE_CHECKING:
    from markdown import Markdown

_PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
_BRACKET = re.compile(r"[\[\]]")
_TICKS = re.compile(r"`+")
_DESTINATION = re.compile(
    r"\(\s*(?:<(?P<angled>[^<>\n]*)>|(?P<plain>(?!<)(?:[^\s()]|\((?:[^\s()]|\((?:[^\s()]|\([^\s()]*\))*\))*\))*))"
    r"(?:\s+(?P<title>\"[^\"]*\"|'[^']*'|\([^()]*\)))?\s*\)"
)
_ESCAPED = re.compile(f"{STX}(\\d+){ETX}")
_ADJACENT_LABEL = re.compile(r"\[([^\]]*)\]")


class Inline(Extension):
    """Gives a `Markdown` CommonMark's inline rules."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Python-Markdown's name)
        """Replace the patterns concerned, each at its old place."""
        md.ESCAPED_CHARS = list(_PUNCTUATION)
        patterns = md.inlinePatterns
        patterns.register(CodeSpan(BACKTICK_RE), "backtick", 190)
        patterns.register(SubstituteTagInlineProcessor(r"\\(?=\n)", "br"), "hard_break", 178)
        patterns.register(SubstituteTagInlineProcessor(r" {2,}(?=\n)", "br"), "linebreak", 100)
        patterns.register(Reference(REFERENCE_RE, md), "reference", 170)
        patterns.register(Link(LINK_RE, md), "link", 160)
        patterns.register(Image(IMAGE_LINK_RE, md), "image_link", 150)
        patterns.register(ImageReference(IMAGE_LINK_RE, md), "image_reference", 140)
        patterns.register(ShortReference(REFERENCE_RE, md), "short_reference", 130)
        patterns.register(ShortImageReference(IMAGE_LINK_RE, md), "short_image_ref", 125)
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


class _Brackets(LinkInlineProcessor):
    """Finds the bracket that closes a link's text by looking through a text once; else, many open ones cost hours."""

    def getText(self, data: str, index: int) -> tuple[str, int, bool]:  # noqa: N802
        """Return the text after the bracket before `index`, where its closing one ends, and whether there is one."""
        end = _closing_brackets(data).get(index)
        return ("", index, False) if end is None else (data[index:end], end + 1, True)


@lru_cache(maxsize=1)
def _closing_brackets(text: str) -> dict[int, int]:
    opened: list[int] = []
    closing: dict[int, int] = {}
    for bracket in _BRACKET.finditer(text):
        if bracket[0] == "[":
            opened.append(bracket.end())
        elif opened:
            closing[opened.pop()] = bracket.start()
    return closing


class _Destination(_Brackets):
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


class _Label(_Brackets, ReferenceInlineProcessor):
    """A label may hold code and escapes, which other patterns have taken out of it by now."""

    def evalId(self, data: str, index: int, text: str) -> tuple[str | None, int, bool]:  # noqa: N802
        """Return the key of the label at `index`, or of `text`, where it ends, and whether there is one."""
        label, end, found = super().evalId(data, index, text)
        return label_key(_ESCAPED.sub(lambda code: chr(int(code[1])), self.unescape(label or ""))), end, found


class Reference(_Label, ReferenceInlineProcessor):
    """`[text][label]`, with nothing between the brackets."""

    RE_LINK = _ADJACENT_LABEL


class ImageReference(_Label, ImageReferenceInlineProcessor):
    """`![text][label]`, with nothing between the brackets."""

    RE_LINK = _ADJACENT_LABEL


class ShortReference(_Label, ShortReferenceInlineProcessor):
    """`[label]`."""


class ShortImageReference(_Label, ShortImageReferenceInlineProcessor):
    """`![label]`."""
