"""The inline patterns, tried only where they can match: the result is Python-Markdown's, in a fraction of its time.

Most texts hold nothing that most patterns could match. So the step that applies the patterns is here once more, as it
is in `markdown.treeprocessors`, but for what would change nothing.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, NamedTuple, cast

from markdown.extensions import Extension
from markdown.treeprocessors import InlineProcessor
from markdown.util import INLINE_PLACEHOLDER, INLINE_PLACEHOLDER_PREFIX, INLINE_PLACEHOLDER_RE, AtomicString

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from markdown import Markdown
    from markdown.inlinepatterns import InlineProcessor as InlinePattern

_TRIGGERS = {
    "address": "://",
    "autolink": "<",
    "automail": "<",
    "backtick": "`",
    "em_strong": "*_",
    "entity": "&",
    "escape": "\\",
    "footnote": "[^",
    "hard_break": "\\\n",
    "hashtag": "#",
    "html": "<",
    "image_link": "![",
    "image_reference": "![",
    "linebreak": "  \n",
    "link": "[",
    "reference": "[",
    "short_image_ref": "![",
    "short_reference": "[",
    "wikilink": "[[",
}
"""What a text must hold for a pattern to match in it; for emphasis, one of two. Others are always tried."""
_EARLIER = frozenset({"address", "backtick", "linebreak"})
"""The patterns whose matches may begin before their triggers; all others begin with them."""


class Quick(Extension):
    """Replaces the step that applies inline patterns; to be the last extension, since it takes them as they are."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Python-Markdown's name)
        """Put the quick step in the place of Python-Markdown's."""
        md.treeprocessors.register(_QuickInlineProcessor(md), "inline", 20)


class _Attempt(NamedTuple):
    """A pattern: its place among the others, the tags it isn't tried inside of, and what its matches hold."""

    place: int
    pattern: InlinePattern
    excludes: frozenset[str]
    trigger: str
    other: str
    starts_there: bool

    def start(self, text: str, start: int) -> int:
        """Return where to look for a match in `text`, from `start` on; -1 where there can't be one."""
        place = text.find(self.trigger, start)
        if self.other:
            other = text.find(self.other, start)
            place = max(place, other) if place < 0 or other < 0 else min(place, other)
        return place if place < 0 or self.starts_there else start


class _QuickInlineProcessor(InlineProcessor):
    """Sets aside what patterns find in a text, with a placeholder for it; then puts it into the tree."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        names = {self.inlinePatterns.get_index_for_name(name): name for name in _TRIGGERS}
        self._attempts = [
            _attempt(place, names.get(place, ""), cast("InlinePattern", pattern))
            for place, pattern in enumerate(self.inlinePatterns)
        ]
        signs = {each.place: {each.trigger[-1:], each.other or each.trigger[-1:]} for each in self._attempts}
        self._by_sign = [
            (sign, [place for place in signs if sign in signs[place]]) for sign in sorted(set().union(*signs.values()))
        ]

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        """Apply the patterns to all texts in `tree`."""
        self.stashed_nodes: dict[str, Element | str] = {}
        waiting = deque([(tree, (*(ancestors or ()), tree.tag.lower()))])
        while waiting:
            element, parents = waiting.popleft()
            found: list[tuple[Element, list[Element]]] = []
            for child in element:
                inside = (*parents, child.tag.lower())
                if child.text and child.text != "\n" and not isinstance(child.text, AtomicString):
                    child.text = self._marked(child.text, inside)
                    if nodes := self._taken(child):
                        waiting.extend([(node, (*inside, node.tag.lower())) for node in nodes])
                        found.append((child, nodes))
                if child.tail and child.tail != "\n":
                    child.tail = self._marked(child.tail, parents)
                    if nodes := self._taken(child, tail=True):
                        place = list(element).index(child) + 1
                        element[place:place] = nodes
                if len(child):
                    waiting.append((child, inside))
            for child, nodes in found:
                child[:0] = nodes
        return tree

    def _marked(self, text: str, ancestors: tuple[str, ...], first: int = 0) -> str:
        """Return `text` with placeholders for what the patterns match in it, from the pattern `first` on."""
        if isinstance(text, AtomicString) or first == len(self._attempts):
            return text
        for place in sorted({place for sign, places in self._by_sign if sign in text for place in places}):
            attempt = self._attempts[place]
            if place < first or not attempt.excludes.isdisjoint(ancestors):
                continue
            start = attempt.start(text, 0)
            while start >= 0:
                text, start = self._try(attempt, text, start, ancestors)
                start = attempt.start(text, start) if start >= 0 else start
        return text

    def _try(self, attempt: _Attempt, text: str, start: int, ancestors: tuple[str, ...]) -> tuple[str, int]:
        """Return `text` with its next match set aside, and where to go on; -1 where there is none."""
        for match in attempt.pattern.getCompiledRegExp().finditer(text, start):
            node, begin, end = attempt.pattern.handleMatch(match, text)
            if begin is not None and end is not None:
                break
        else:
            return text, -1
        if node is None:
            return text, end
        if not isinstance(node, str) and not isinstance(node.text, AtomicString):
            for child in (node, *node):
                if child.text:
                    child.text = self._marked(child.text, (*ancestors, child.tag.lower()), attempt.place + 1)
                if child.tail:
                    child.tail = self._marked(child.tail, ancestors, attempt.place)
        number = f"{len(self.stashed_nodes):04}"
        self.stashed_nodes[number] = node
        placeholder = INLINE_PLACEHOLDER % number
        return f"{text[:begin]}{placeholder}{text[end:]}", begin + len(placeholder)

    def _taken(self, element: Element, *, tail: bool = False) -> list[Element]:
        """Return the elements that were set aside from an element's text (or its tail), with the text after each."""
        text = element.tail if tail else element.text
        if not text or INLINE_PLACEHOLDER_PREFIX not in text:
            return []
        if tail:
            element.tail = None
        else:
            element.text = None
        nodes: list[Element] = []
        end = 0
        while (start := text.find(INLINE_PLACEHOLDER_PREFIX, end)) >= 0:
            placeholder = INLINE_PLACEHOLDER_RE.search(text, start)
            node = self.stashed_nodes.get(placeholder[1]) if placeholder else None
            if placeholder is None or node is None:  # not one of ours
                start += len(INLINE_PLACEHOLDER_PREFIX)
                _add(text[end:start], element, nodes, tail=tail)
                end = start
                continue
            _add(text[end:start], element, nodes, tail=tail)
            end = placeholder.end()
            if isinstance(node, str):
                _add(node, element, nodes, tail=tail)
                continue
            for child in (node, *node):
                if child.tail and (after := self._taken(child, tail=True)):
                    place = list(node).index(child) + 1 if child is not node else 0
                    node[place:place] = after
                if child.text and (within := self._taken(child)):
                    child[:0] = within
            nodes.append(node)
        _add(type(text)(text[end:]), element, nodes, tail=tail)
        return nodes


def _attempt(place: int, name: str, pattern: InlinePattern) -> _Attempt:
    trigger, other = ("*", "_") if name == "em_strong" else (_TRIGGERS.get(name, ""), "")
    excludes = frozenset(tag.lower() for tag in pattern.ANCESTOR_EXCLUDES)
    return _Attempt(place, pattern, excludes, trigger, other, starts_there=name not in _EARLIER and name in _TRIGGERS)


def _add(text: str, element: Element, nodes: list[Element], *, tail: bool) -> None:
    """Add `text` after the last of `nodes`; where there is none, to the element's own text or tail."""
    if not text:
        return
    if nodes:
        nodes[-1].tail = nodes[-1].tail + text if nodes[-1].tail else text
    elif tail:
        element.tail = element.tail + text if element.tail else text
    else:
        element.text = element.text + text if element.text else text
