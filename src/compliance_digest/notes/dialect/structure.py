"""The block structure of a note: CommonMark 0.31.2, appendix A, "Phase 1: block structure".

Python-Markdown parts a text at blank lines before it looks for lists and quotes; CommonMark looks line by line for
the containers that go on and those that begin. That is done here. Lines hold no tabs (Python-Markdown has expanded
them). Not CommonMark: a comment or a script that is never closed is text, and containers nest 50 deep at most, so
that nothing is lost and no note can exhaust the stack.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compliance_digest.notes.dialect.block import CONTAINERS, Block
from compliance_digest.notes.dialect.starts import FOOTNOTE, Starts

if TYPE_CHECKING:
    from collections.abc import Sequence

_LABEL_MARKS = re.compile(r"`|\\(?=[!-/:-@\[-`{-~])")

DEEPEST = 50
"""How many blocks may be open inside each other."""

_UNDERLINE = re.compile(r"(=+|-+)[ ]*$")
_REFERENCE = re.compile(
    r"[ ]{0,3}\[((?:[^\[\]\\]|\\.){1,999})\]:[ ]*\n?[ ]*(<[^<>\n]*>|[^\s<]\S*)"
    r"(?:[ ]*(?:[ ]|\n)[ ]*(\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|\((?:[^()\\]|\\.)*\)))?[ ]*(?:\n|$)"
)


def structure(lines: Sequence[str], references: dict[str, tuple[str, str | None]]) -> Block:
    """Return the document that `lines` make; link reference definitions are taken out, into `references`."""
    reader = _Reader(lines, references)
    for number in range(len(lines)):
        reader.read(number)
    reader.close(0)
    return reader.open[0]


def label_key(label: str) -> str:
    """Return what link labels are compared by: their letters, whatever is code or escaped in them."""
    return " ".join(_LABEL_MARKS.sub("", label).casefold().split())


class _Reader:
    """Reads line after line, keeping the blocks that are open, from the document down."""

    def __init__(self, lines: Sequence[str], references: dict[str, tuple[str, str | None]]) -> None:
        self.lines = lines
        self.references = references
        self.starts = Starts(lines)
        self.open = [Block("document")]
        self.was_blank = False
        self.blank_from = 0  # the depth below which the line before was blank, if it was

    def read(self, number: int) -> None:
        rest, matched, quoted = self._go_on(self.lines[number])
        leaf = self.open[-1]
        if matched == len(self.open) and leaf.kind in ("fence", "html", "footnote"):
            self._add_to(leaf, rest)
            self.was_blank = leaf.kind != "fence" and not rest.strip()
        else:
            rest, begun = self._begin(rest, matched, number)
            self._take(rest, matched, begun=begun)
            self.was_blank = not begun and not rest.strip()
        self.blank_from = quoted

    def close(self, depth: int) -> None:
        """Close all open blocks below `depth`, and that block's leaf."""
        while len(self.open) > max(depth, 1):
            block = self.open.pop()
            if block.kind == "paragraph":
                self._take_references(block)
            elif block.kind == "code":
                while not block.lines[-1].strip():
                    block.lines.pop()

    def _go_on(self, line: str) -> tuple[str, int, int]:
        """Return what is left of a line inside the open blocks that go on, their number, and the last quote's depth."""
        rest = line
        quoted = 0
        for depth, block in enumerate(self.open[1:], 1):
            indent = len(rest) - len(rest.lstrip(" "))
            blank = indent == len(rest)
            match block.kind:
                case "quote" if rest[indent : indent + 1] == ">":
                    rest = rest[indent + 1 :].removeprefix(" ")
                    quoted = depth
                case "item" if indent >= block.width and not blank:
                    rest = rest[block.width :]
                case "item" if blank and block.blocks:
                    rest = rest[block.width :]
                case "list" | "fence":
                    pass
                case "html" if block.until or not blank:
                    pass
                case "footnote" if blank or indent >= 4 or not (self.was_blank or FOOTNOTE.match(rest)):
                    pass
                case "code" if indent >= 4 or blank:
                    pass
                case "paragraph" if not blank:
                    pass
                case _:
                    return rest, depth, quoted
        return rest, len(self.open), quoted

    def _begin(self, rest: str, matched: int, number: int) -> tuple[str, bool]:
        """Open the blocks that begin on what is left of a line; return what is left inside them."""
        begun = False
        while True:
            text = rest.lstrip(" ")
            indent = len(rest) - len(text)
            on_paragraph = not begun and self._on_paragraph(text)
            interrupts = on_paragraph and matched == len(self.open)
            if not text or (indent >= 4 and (on_paragraph or self._in_code(matched, begun=begun))):
                return rest, begun
            if indent >= 4:
                self._append(matched if not begun else None, Block("code"))
                return rest, True
            if interrupts and (underline := _UNDERLINE.match(text)) and self._underline(underline[1][0]):
                return "", True
            nests = len(self.open) < DEEPEST
            block, left = self.starts.block(text, indent, number, interrupts=interrupts, lazy=on_paragraph, nests=nests)
            if block is None:
                return rest, begun
            self._append(matched if not begun else None, block)
            begun = True
            if block.kind not in CONTAINERS:
                return left, True
            rest = left

    def _on_paragraph(self, text: str) -> bool:
        """Whether a paragraph is open that is more than reference definitions, which `text` can't go on with."""
        leaf = self.open[-1]
        if leaf.kind == "paragraph" and leaf.lines[0][0] == "[" and text[:1] not in ("", '"', "'", "("):
            self._take_references(leaf)
            if not leaf.lines:
                self.open.pop()
                return False
        return leaf.kind == "paragraph"

    def _in_code(self, matched: int, *, begun: bool) -> bool:
        return not begun and matched == len(self.open) and self.open[-1].kind == "code"

    def _underline(self, character: str) -> bool:
        """Make the open paragraph a heading, unless it holds nothing but reference definitions."""
        paragraph = self.open[-1]
        self._take_references(paragraph)
        if not paragraph.lines:
            self.open.pop()
            return False
        paragraph.kind = "heading"
        paragraph.mark = "#" if character == "=" else "##"
        paragraph.lines = [*paragraph.lines[:-1], paragraph.lines[-1].rstrip()]
        self.open.pop()
        return True

    def _append(self, matched: int | None, block: Block) -> None:
        """Open a block in the innermost open container, after closing those that don't go on (if `matched`)."""
        if matched is not None:
            self.close(matched)
        while self.open[-1].kind not in CONTAINERS:
            self.close(len(self.open) - 1)
        parent = self.open[-1]
        if block.kind == "item":
            if parent.kind != "list" or parent.mark != block.mark:
                if parent.kind == "list":
                    self.close(len(self.open) - 1)
                self._push(Block("list", mark=block.mark, number=block.number))
        elif parent.kind == "list":
            self.close(len(self.open) - 1)
        self._push(block)
        if block.kind in ("heading", "break"):
            self.open.pop()

    def _push(self, block: Block) -> None:
        parent = self.open[-1]
        block.parted = self.was_blank and len(self.open) > self.blank_from
        parent.blocks.append(block)
        self.open.append(block)

    def _take(self, rest: str, matched: int, *, begun: bool) -> None:
        """Give what is left of a line to the open leaf, or begin a paragraph with it."""
        leaf = self.open[-1]
        if not rest.strip():
            if not begun:
                self.close(matched)
            if self.open[-1].kind == "code":
                self.open[-1].lines.append(rest[4:])
            return
        if leaf.kind == "paragraph":  # goes on, even where its containers don't: a lazy continuation line
            leaf.lines.append(rest.lstrip(" "))
            return
        if not begun:
            self.close(matched)
            leaf = self.open[-1]
        if leaf.kind == "code":
            leaf.lines.append(rest[4:])
        elif leaf.kind in ("html", "footnote"):
            self._add_to(leaf, rest)
        else:
            self._append(None, Block("paragraph", lines=[rest.lstrip(" ")]))

    def _add_to(self, leaf: Block, rest: str) -> None:
        indent = len(rest) - len(rest.lstrip(" "))
        if leaf.kind == "fence":
            closing = rest.strip(" ")
            if indent < 4 and len(closing) >= len(leaf.mark) and not closing.strip(leaf.mark[0]):
                self.open.pop()
            else:
                leaf.lines.append(rest[min(indent, leaf.width) :])
        elif leaf.kind == "footnote":
            leaf.lines.append(rest[min(indent, 4) :])
        else:
            leaf.lines.append(rest)
            if leaf.until and leaf.until.search(rest):
                self.open.pop()

    def _take_references(self, paragraph: Block) -> None:
        """Move the link reference definitions at a paragraph's start into `references`."""
        if not paragraph.lines or paragraph.lines[0][0] != "[":
            return
        text = "\n".join(paragraph.lines)
        while (definition := _REFERENCE.match(text)) and not definition[1].startswith("^") and definition[1].strip():
            title = definition[3][1:-1] if definition[3] else None
            self.references.setdefault(
                label_key(definition[1]), (definition[2].removeprefix("<").removesuffix(">"), title)
            )
            text = text[definition.end() :]
        paragraph.lines = text.split("\n") if text else []
