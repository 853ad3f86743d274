"""CommonMark's rules for code spans, links, line breaks and emphasis, where Python-Markdown's own are looser."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, cast
from xml.etree import ElementTree as etree

from markdown.extensions import Extension
from markdown.inlinepatterns import (
    BACKTICK_RE,
    IMAGE_LINK_RE,
    LINK_RE,
    REFERENCE_RE,
    BacktickInlineProcessor,
    ImageInlineProcessor,
    ImageReferenceInlineProcessor,
    InlineProcessor,
    LinkInlineProcessor,
    ReferenceInlineProcessor,
    ShortImageReferenceInlineProcessor,
    ShortReferenceInlineProcessor,
    SubstituteTagInlineProcessor,
)
from markdown.util import ETX, STX

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown import Markdown
    from markdown.inlinepatterns import DelimiterProcessor

_PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
_BRACKET = re.compile(r"[\[\]]")
_TICKS = re.compile(r"`+")
_DESTINATION = re.compile(
    r"\(\s*(?:<(?P<angled>[^<>\n]*)>|(?P<plain>(?!<)(?:[^\s()]|\((?:[^\s()]|\((?:[^\s()]|\([^\s()]*\))*\))*\))*))"
    r"(?:\s+(?P<title>\"[^\"]*\"|'[^']*'|\([^()]*\)))?\s*\)"
)
_RUN = re.compile(r"([*_])\1*")
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


class Reference(_Brackets, ReferenceInlineProcessor):
    """`[text][label]`, with nothing between the brackets."""

    RE_LINK = _ADJACENT_LABEL


class ImageReference(_Brackets, ImageReferenceInlineProcessor):
    """`![text][label]`, with nothing between the brackets."""

    RE_LINK = _ADJACENT_LABEL


class ShortReference(_Brackets, ShortReferenceInlineProcessor):
    """`[label]`."""


class ShortImageReference(_Brackets, ShortImageReferenceInlineProcessor):
    """`![label]`."""


class Emphasis(InlineProcessor):
    """Emphasis, as CommonMark pairs its delimiters; see `_pairs`.

    The pairs of a text are found at its first delimiter; after that, its matches come one after the other, each with
    what was found before replaced. So places in it are kept from its end.
    """

    def __init__(self, md: Markdown) -> None:
        super().__init__(_RUN.pattern, md)
        md.delimiters = cast("DelimiterProcessor", self)  # Python-Markdown resets it for every note
        self.reset()

    def reset(self) -> None:
        """Forget the text that was being read."""
        self._pairs: list[_Pair] = []  # those still to come, the next one last
        self._size = 0
        self._rest = ""

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[etree.Element | None, int, int]:
        """Return the element that begins in the run of delimiters at `m`."""
        if m.start() + len(self._rest) < len(data) or not data.endswith(self._rest):
            self._pairs, self._size = _pairs(data), len(data)
        offset = len(data) - self._size
        element, start, end = None, m.start(), m.end()
        if self._pairs and self._pairs[-1].start + offset < end:
            start, end = self._pairs[-1].start + offset, self._pairs[-1].end + offset
            element = self._element(data, offset)
        self._rest = data[end:]
        return element, start, end

    def _element(self, data: str, offset: int) -> etree.Element:
        """Return the element of the next pair, with those of the pairs in it."""
        pair = self._pairs.pop()
        element = etree.Element("strong" if pair.strong else "em")
        here = pair.inside
        while self._pairs and self._pairs[-1].start < pair.outside:
            inner = self._pairs[-1]
            _add_text(element, data[here + offset : inner.start + offset])
            element.append(self._element(data, offset))
            here = inner.end
        _add_text(element, data[here + offset : pair.outside + offset])
        return element


@dataclass(slots=True)
class _Run:
    """A run of delimiters: what is left of it, and the length it had."""

    mark: str
    start: int
    end: int
    length: int
    opens: bool
    closes: bool


class _Pair(NamedTuple):
    """Delimiters that belong together, from `start` to `inside` and from `outside` to `end`."""

    start: int
    inside: int
    outside: int
    end: int
    strong: bool


def _pairs(text: str) -> list[_Pair]:
    """Return the pairs of delimiters in `text`, last first (CommonMark 0.31.2, appendix A, "process emphasis")."""
    pairs: list[_Pair] = []
    openers: list[_Run] = []
    bottoms: dict[tuple[str, bool, int], int] = {}  # before these places, no run opens what such a run would close
    for run in _runs(text):
        kind = (run.mark, run.opens, run.length % 3)
        while run.closes and run.start < run.end:
            opener = _opener(openers, run, bottoms.get(kind, 0))
            if opener is None:
                bottoms[kind] = run.start
                break
            size = min(2, opener.end - opener.start, run.end - run.start)
            pairs.append(_Pair(opener.end - size, opener.end, run.start, run.start + size, strong=size == 2))
            opener.end -= size
            run.start += size
            if opener.start == opener.end:
                openers.pop()
        if run.opens and run.start < run.end:
            openers.append(run)
    return sorted(pairs, reverse=True)


def _opener(openers: list[_Run], closer: _Run, bottom: int) -> _Run | None:
    """Return the nearest run that `closer` closes, after taking those behind it from `openers`."""
    for place in range(len(openers) - 1, -1, -1):
        opener = openers[place]
        if opener.start < bottom:
            break
        both = opener.length + closer.length
        odd = (opener.closes or closer.opens) and both % 3 == 0 and closer.length % 3 != 0
        if opener.mark == closer.mark and not odd:
            del openers[place + 1 :]
            return opener
    return None


def _runs(text: str) -> Iterator[_Run]:
    for match in _RUN.finditer(text):
        before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        left = not _is_space(after) and (not _is_mark(after) or _is_space(before) or _is_mark(before))
        right = not _is_space(before) and (not _is_mark(before) or _is_space(after) or _is_mark(after))
        word = match[0][0] == "_"
        opens = left and (not word or not right or _is_mark(before))
        closes = right and (not word or not left or _is_mark(after))
        yield _Run(match[0][0], match.start(), match.end(), len(match[0]), opens, closes)


def _is_space(character: str) -> bool:
    return not character or character.isspace()


def _is_mark(character: str) -> bool:
    """Whether this is punctuation, or stands at an end of what other patterns have taken out (code, links, escapes)."""
    return bool(character) and (character in "\x02\x03" or unicodedata.category(character)[0] in "PS")


def _add_text(element: etree.Element, text: str) -> None:
    """Add a text in which delimiters without a partner can't be found again when its element is looked through."""
    text = text.replace("*", f"{STX}{ord('*')}{ETX}").replace("_", f"{STX}{ord('_')}{ETX}")
    if len(element):
        element[-1].tail = text
    else:
        element.text = text
