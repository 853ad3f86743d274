"""The inline patterns, tried only where they can match: the result is Python-Markdown's, in a third of its time."""

from __future__ import annotations

import re
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
        triggers = [_either(places.get(place, "")) for place in range(len(self.inlinePatterns))]
        self._patterns = [(*each, pattern) for each, pattern in zip(triggers, self.inlinePatterns, strict=True)]
        self._any = re.compile("|".join({re.escape(trigger) for each in triggers for trigger in each}))
        self._apply: Any = getattr(self, "_InlineProcessor__applyPattern", None)

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803 (its names)
        if isinstance(data, AtomicString) or not self._any.search(data):
            return data
        start = 0
        while patternIndex < len(self._patterns):
            trigger, other, pattern = self._patterns[patternIndex]
            matched = False
            if trigger in data or other in data:
                data, matched, start = self._apply(pattern, data, patternIndex, start)
            if not matched:
                patternIndex += 1  # noqa: N806
                start = 0
        return data


def _either(trigger: str) -> tuple[str, str]:
    return ("*", "_") if trigger == _TRIGGERS["em_strong"] else (trigger, trigger)
