"""A note's blocks as elements: the parser that takes the place of Python-Markdown's own block parser."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast
from xml.etree import ElementTree as etree

from markdown.blockparser import BlockParser
from markdown.extensions import Extension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.tables import TableProcessor
from markdown.util import AtomicString, code_escape

from compliance_digest.notes.dialect.block import Block
from compliance_digest.notes.dialect.structure import structure

if TYPE_CHECKING:
    from collections.abc import Iterable

    from markdown import Markdown


_DELIMITERS = re.compile(r"[ |:-]*-[ |:-]*")
"""The line beneath a table's header."""


class Blocks(Extension):
    """Gives a `Markdown` the block structure of CommonMark, with tables and footnotes."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Python-Markdown's name)
        """Replace the block parser; what finds raw HTML beforehand is part of it."""
        md.preprocessors.deregister("html_block")
        md.treeprocessors.deregister("prettify")
        md.parser = CommonMarkBlockParser(md)
        footnotes = _Footnotes()
        footnotes.extendMarkdown(md)
        md.parser.footnotes = footnotes


class _Footnotes(FootnoteExtension):
    def unique_ref(self, reference: str, found: bool = False) -> str:  # noqa: FBT001, FBT002 (Python-Markdown's)
        """Return the id of one more link to a footnote, without trying those of all links before."""
        if not found:
            return reference
        count = self.found_refs[reference] = self.found_refs.get(reference, 0) + 1
        return reference if count == 1 else reference.replace(":", f"{count}:", 1)


class CommonMarkBlockParser(BlockParser):
    """Makes elements of the blocks that `structure` finds; their text is left to the inline patterns."""

    footnotes: FootnoteExtension
    defining = False

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self.tables = TableProcessor(self, {"use_align_attribute": True})

    def parseDocument(self, lines: Iterable[str]) -> etree.ElementTree:  # noqa: N802 (Python-Markdown's name)
        """Parse a note's lines; its footnotes' texts are chunks that come after it."""
        self.defining = True
        document = super().parseDocument(lines)
        self.defining = False
        return document

    def parseChunk(self, parent: etree.Element, text: str) -> None:  # noqa: N802 (Python-Markdown's name)
        """Parse `text` and append its blocks to `parent`."""
        document = structure(
            text.rstrip("\n").split("\n"), cast("dict[str, tuple[str, str | None]]", self.md.references)
        )
        self._build(parent, document, tight=False)
        if not self.defining and (parent.text or "").strip():  # the footnotes' extension takes elements only
            paragraph = etree.Element("p")
            paragraph.text, parent.text = parent.text, None
            parent.insert(0, paragraph)

    def _build(self, parent: etree.Element, container: Block, *, tight: bool) -> None:
        for block in container.blocks:
            match block.kind:
                case "paragraph":
                    self._paragraph(parent, block, tight=tight)
                case "heading":
                    _element(parent, f"h{len(block.mark)}").text = "\n".join(block.lines)
                case "code" | "fence":
                    code = etree.SubElement(_element(parent, "pre"), "code")
                    if block.info:
                        code.set("class", "language-" + block.info.split()[0])
                    code.text = AtomicString(code_escape("".join(line + "\n" for line in block.lines)))
                case "html":
                    _add_text(parent, self.md.htmlStash.store("\n".join(block.lines)))
                case "break":
                    _element(parent, "hr")
                case "footnote":
                    self._footnote(parent, block)
                case "quote":
                    self._build(_element(parent, "blockquote"), block, tight=False)
                case _:
                    self._list(parent, block)

    def _footnote(self, parent: etree.Element, block: Block) -> None:
        """Define a footnote. One inside another, and a second of one label, can't be: it stays text."""
        if self.defining and block.mark not in self.footnotes.footnotes:
            self.footnotes.setFootnote(block.mark, "\n".join(block.lines).strip("\n"))
        else:
            lines = [f"[^{block.mark}]: {block.lines[0]}", *block.lines[1:]]
            self._paragraph(parent, Block("paragraph", lines=lines), tight=False)

    def _list(self, parent: etree.Element, block: Block) -> None:
        element = _element(parent, "ul" if block.number is None else "ol")
        if block.number not in (None, 1):
            element.set("start", str(block.number))
        tight = not block.loose
        for item in block.blocks:
            self._build(_element(element, "li"), item, tight=tight)

    def _paragraph(self, parent: etree.Element, block: Block, *, tight: bool) -> None:
        start = self._table_in(parent, block.lines)
        text = "\n".join(block.lines[:start]).rstrip()
        if text and tight:
            _add_text(parent, text)
        elif text:
            _element(parent, "p").text = text
        if start is not None:
            table = "\n".join(block.lines[start:])
            self.tables.test(parent, table)
            self.tables.run(parent, [table])

    def _table_in(self, parent: etree.Element, lines: list[str]) -> int | None:
        """Return the line of a paragraph that a table begins on, with its header; None where there is no table."""
        for number, line in enumerate(lines[1:]):
            if _DELIMITERS.fullmatch(line) and self.tables.test(parent, "\n".join(lines[number:])):
                return number
        return None


def _add_text(parent: etree.Element, text: str) -> None:
    if len(parent):
        parent[-1].tail = f"{parent[-1].tail or ''}{text}\n"
    else:
        parent.text = f"{parent.text or ''}{text}"


def _element(parent: etree.Element, tag: str) -> etree.Element:
    """Append an element; the line breaks around it keep words of different blocks apart."""
    if not len(parent):
        parent.text = f"{parent.text or ''}\n"
    element = etree.SubElement(parent, tag)
    element.tail = "\n"
    return element
