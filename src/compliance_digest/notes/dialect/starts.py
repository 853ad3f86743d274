"""What a block begins with (CommonMark 0.31.2, sections 4 and 5)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compliance_digest.notes.dialect.block import Block

if TYPE_CHECKING:
    from collections.abc import Sequence

FOOTNOTE = re.compile(r"\[\^([^\]\s]+)\]:[ ]*")

_HEADING = re.compile(r"(#{1,6})(?:[ ]+|$)(.*?)(?:[ ]+#+)?[ ]*$")
_FENCE = re.compile(r"(`{3,}(?=[^`]*$)|~{3,})[ ]*(.*?)[ ]*$")
_BREAK = re.compile(r"(?:(?:\*[ ]*){3,}|(?:-[ ]*){3,}|(?:_[ ]*){3,})$")
_BULLET = re.compile(r"([-+*])([ ]+|$)")
_ORDERED = re.compile(r"(\d{1,9})([.)])([ ]+|$)")
_HTML_BLOCKS = (
    "address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|"
    "fieldset|figcaption|figure|footer|form|frame|frameset|h1|h2|h3|h4|h5|h6|head|header|hr|html|iframe|legend|li|"
    "link|main|menu|menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|"
    "thead|title|tr|track|ul"
)
_RAW_TEXT = "script|pre|style|textarea"
_ATTRIBUTE = r"""\s+[A-Za-z_:][\w:.-]*(?:\s*=\s*(?:[^\s"'=<>`]+|'[^']*'|"[^"]*"))?"""
_HTML_STARTS: tuple[tuple[re.Pattern[str], re.Pattern[str] | None], ...] = (
    (re.compile(rf"<(?:{_RAW_TEXT})(?:[\s>]|$)", re.IGNORECASE), re.compile(rf"</(?:{_RAW_TEXT})>", re.IGNORECASE)),
    (re.compile(r"<!--"), re.compile(r"-->")),
    (re.compile(r"<\?"), re.compile(r"\?>")),
    (re.compile(r"<![A-Za-z]"), re.compile(r">")),
    (re.compile(r"<!\[CDATA\["), re.compile(r"\]\]>")),
    (re.compile(rf"</?(?:{_HTML_BLOCKS})(?:\s|/?>|$)", re.IGNORECASE), None),
    (re.compile(rf"(?:<[A-Za-z][\w-]*(?:{_ATTRIBUTE})*\s*/?>|</[A-Za-z][\w-]*\s*>)\s*$"), None),
)  # fmt: skip


class Starts:
    """Finds what begins on a line of a text; it looks ahead for the ends of comments and the like."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._never_closed: set[re.Pattern[str]] = set()

    def block(
        self, text: str, indent: int, number: int, *, interrupts: bool, lazy: bool, nests: bool
    ) -> tuple[Block | None, str]:
        """Return the block that begins with `text`, and what is left of the line for it; None where none does.

        `text` stands at the column `indent` of line `number` (inside its containers). `interrupts` tells that a
        paragraph would end, `lazy` that one is open, though its containers may not go on; `nests` that containers may
        still begin.
        """
        first = text[0]
        if first == ">" and nests:
            return Block("quote"), text[1:].removeprefix(" ")
        if first == "#" and (heading := _HEADING.match(text)):
            content = "" if re.fullmatch(r"#+", heading[2]) else heading[2]
            return Block("heading", mark=heading[1], lines=[content]), ""
        if first in "`~" and (fence := _FENCE.match(text)):
            return Block("fence", mark=fence[1], info=fence[2], width=indent), ""
        if first == "<" and (html := self._html(text, number, interrupts=lazy)):
            return html, " " * indent + text
        if first in "*-_" and _BREAK.match(text):
            return Block("break"), ""
        if first == "[" and (footnote := FOOTNOTE.match(text)) and not interrupts:
            return Block("footnote", mark=footnote[1]), text[footnote.end() :]
        return _item(text, indent, interrupts=interrupts) if nests else (None, text)

    def _html(self, text: str, number: int, *, interrupts: bool) -> Block | None:
        for start, end in _HTML_STARTS[: 6 if interrupts else 7]:
            if start.match(text):
                return Block("html", until=end) if end is None or self._is_closed(end, text, number) else None
        return None

    def _is_closed(self, end: re.Pattern[str], text: str, number: int) -> bool:
        if end in self._never_closed:
            return False
        if end.search(text) or any(end.search(line) for line in self._lines[number + 1 :]):
            return True
        self._never_closed.add(end)
        return False


def _item(text: str, indent: int, *, interrupts: bool) -> tuple[Block | None, str]:
    if not (text[0] in "-+*" or text[0].isdecimal()):
        return None, text
    if bullet := _BULLET.match(text):
        mark, number, marker, spaces = bullet[1], None, bullet[1], bullet[2]
    elif ordered := _ORDERED.match(text):
        mark, number, marker, spaces = ordered[2], int(ordered[1]), ordered[1] + ordered[2], ordered[3]
    else:
        return None, text
    content = text[len(marker) + len(spaces) :]
    if interrupts and (not content or number not in (None, 1)):
        return None, text
    padding = len(spaces) if content and len(spaces) <= 4 else 1
    item = Block("item", mark=mark, number=number, width=indent + len(marker) + padding)
    return item, text[len(marker) + padding :]
