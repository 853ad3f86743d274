"""The words of others: HTML becomes plain paragraphs, and these Markdown that says just what they say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree, html

from compliance_digest.notes.markup import BLOCKS
from compliance_digest.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_PARTING = BLOCKS.union("address article aside br center fieldset footer form header main nav section".split())
_UNSEEN = frozenset({"head", "noscript", "script", "style", "template", "title"})
_MARKUP = re.compile(r"[\\`*_{}\[\]<>#|~!]|(?<=http)s?:(?=//)|(?<=https):(?=//)", re.IGNORECASE)
_REFERENCE = re.compile(r"&(?=#?\w+;)")
_START = re.compile(r"[-+=:]|\d+(?=[.)])")


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a text that may be HTML, each on one line, without markup and what isn't shown."""
    if not clean(text).strip():
        return []
    parser = html.HTMLParser(remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = html.document_fromstring(clean(text), parser)
    except (etree.ParserError, ValueError):
        return []
    lines = clean("".join(_pieces(root))).split("\n")
    return [line for line in (" ".join(line.split()) for line in lines) if line]


def _pieces(root: html.HtmlElement) -> Iterator[str]:
    """Yield the words of a tree in their order, with ends of lines where blocks begin and end."""
    hidden: etree._Element | None = None
    for event, element in etree.iterwalk(root, events=("start", "end")):
        started = event == "start"
        if hidden is None and element.tag in _PARTING:
            yield "\n"
        if hidden is None and element.tag in _UNSEEN:
            hidden = element
        if started and hidden is None:
            yield _on_one_line(element.text)
        if not started:
            hidden = None if hidden is element else hidden
            if hidden is None and element is not root:
                yield _on_one_line(element.tail)


def _on_one_line(text: str | None) -> str:
    return re.sub(r"\s", " ", text or "")


def block_quote(lines: Iterable[str]) -> str:
    """Return paragraphs of Markdown as one block quote."""
    return "\n>\n".join(f"> {line}" for line in lines)


def as_written(text: str) -> str:
    """Return Markdown for a paragraph of plain text: no character of it is markup, a link or a hashtag."""
    start = _START.match(text)
    if not start:
        return _escaped(text)
    if start[0].isdigit():
        return f"{start[0]}\\{_escaped(text[start.end() :])}"
    return f"\\{_escaped(text)}"


def _escaped(text: str) -> str:
    return _MARKUP.sub(lambda match: match[0][:-1] + "\\" + match[0][-1], _REFERENCE.sub("&amp;", text))
