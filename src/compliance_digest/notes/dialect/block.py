"""A block of a note's text, such as a list, a paragraph or a quote."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import re

Kind = Literal[
    "document", "quote", "list", "item", "footnote", "paragraph", "heading", "code", "fence", "html", "break"
]

CONTAINERS = frozenset({"document", "quote", "list", "item"})
"""The kinds of blocks that hold other blocks; all others hold lines."""


@dataclass(slots=True)
class Block:
    """A block, and what it holds: other blocks, or lines of text.

    `mark` is a list's bullet or delimiter, a heading's or a fence's characters, a footnote's label; `number` an
    ordered list's first number; `width` the columns that a line of an item, or of a fence, is indented by.
    `parted` tells that a blank line stands between this block and the one before it in its container.
    """

    kind: Kind
    mark: str = ""
    info: str = ""
    number: int | None = None
    width: int = 0
    parted: bool = False
    blocks: list[Block] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    until: re.Pattern[str] | None = None

    @property
    def loose(self) -> bool:
        """Whether a list's paragraphs stand apart: a blank line between its items, or between an item's blocks."""
        return any(
            (number and item.parted) or any(block.parted for block in item.blocks[1:])
            for number, item in enumerate(self.blocks)
        )
