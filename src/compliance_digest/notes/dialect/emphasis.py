"""Emphasis, paired as CommonMark pairs it (0.31.2, section 6.2)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple, cast
from xml.etree import ElementTree as etree

from markdown.inlinepatterns import InlineProcessor
from markdown.util import ETX, STX

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown import Markdown
    from markdown.inlinepatterns import DelimiterProcessor

_RUN = re.compile(r"([*_])\1*")


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
    first = min(place for place in (text.find("*"), text.find("_"), len(text)) if place >= 0)
    last = max(text.rfind("*"), text.rfind("_"))
    for match in _RUN.finditer(text, first, last + 1):
        start, end = match.span()
        before, after = _kind(text[start - 1 : start]), _kind(text[end : end + 1])
        left = after == "word" or (after == "mark" and before != "word")
        right = before == "word" or (before == "mark" and after != "word")
        word = match[1] == "_"
        opens = left and (not word or not right or before == "mark")
        closes = right and (not word or not left or after == "mark")
        yield _Run(match[1], start, end, end - start, opens, closes)


@lru_cache(maxsize=1024)
def _kind(character: str) -> Literal["space", "mark", "word"]:
    """Return what stands beside a run. What other patterns have taken out (code, links, escapes) ends in marks."""
    if not character or character.isspace():
        return "space"
    return "mark" if character in "\x02\x03" or unicodedata.category(character)[0] in "PS" else "word"


def _add_text(element: etree.Element, text: str) -> None:
    """Add a text in which delimiters without a partner can't be found again when its element is looked through."""
    text = text.replace("*", f"{STX}{ord('*')}{ETX}").replace("_", f"{STX}{ord('_')}{ETX}")
    if len(element):
        element[-1].tail = text
    else:
        element.text = text
