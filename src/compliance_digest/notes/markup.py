"""Small tools for a body's element tree (lxml), and its way back to HTML."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, TypeAlias

from lxml import etree, html

if TYPE_CHECKING:
    from collections.abc import Sequence

Element: TypeAlias = html.HtmlElement

BLOCKS = frozenset(
    """blockquote caption dd details div dl dt figcaption figure h1 h2 h3 h4 h5 h6 hr li ol p pre summary table tbody
    td tfoot th thead tr ul""".split()
)
_PARSER = etree.HTMLParser()
_PARSER.set_element_class_lookup(etree.ElementDefaultClassLookup(element=html.HtmlElement))  # asks no Python code
_VOID = re.compile(r"<(br|col|hr|img|wbr)( [^>]*)?/>")
_EMPTY = re.compile(r"<([a-z0-9]+)( [^>]*)?/>")


def parsed(text: str) -> Element:
    """Return sanitised HTML as the children of a `div`. Raises RecursionError where it is too deep for lxml."""
    (body,) = etree.fromstring(f"<html><body>{text}</body></html>", _PARSER)
    if any(each.type_name == "ERR_RESOURCE_LIMIT" for each in _PARSER.error_log):
        raise RecursionError
    root = _PARSER.makeelement("div")
    root.text = body.text if (body.text or "").strip() else None
    root[:] = body
    return root


def inner_html(element: Element) -> str:
    """Return the HTML of what is inside `element`."""
    return html_of(element.text, list(element)).strip()


def html_of(text: str | None, elements: Sequence[Element]) -> str:
    """Return the HTML of a text and the elements after it, with their tails.

    It is written as XML and given HTML's empty elements, because lxml's HTML writer changes addresses.
    """
    pieces = [escape(text or "", quote=False)]
    pieces += [etree.tostring(each, encoding="unicode", method="xml") for each in elements]
    written = "".join(pieces)
    return _EMPTY.sub(r"<\1\2></\1>", _VOID.sub(r"<\1\2>", written)) if "/>" in written else written


def own_children(element: Element) -> list[Element]:
    """Return the inline elements at the start of a block, up to the first block in it."""
    children: list[Element] = []
    for child in element:
        if child.tag in BLOCKS:
            break
        children.append(child)
    return children


def own_text(element: Element) -> str:
    """Return the text at the start of a block, up to the first block in it, with white space collapsed.

    A run of hashtags that has been set apart is not part of it.
    """
    pieces = [element.text or ""]
    for child in own_children(element):
        if child.get("class") != "tags":
            pieces.append(" " if child.tag == "br" else text_of(child))
        pieces.append(child.tail or "")
    return " ".join("".join(pieces).split())


def text_of(element: Element) -> str:
    """Return all the text inside `element`, without its tail."""
    return "".join(element.itertext()) if len(element) else element.text or ""


def block_of(element: Element) -> Element | None:
    """Return the innermost block around an inline element; None where that is the whole body."""
    for ancestor in element.iterancestors():
        if ancestor.tag in BLOCKS:
            return ancestor if ancestor.getparent() is not None else None
    return None


def replace(element: Element, text: str) -> None:
    """Put `text` where `element` stands, keeping its tail."""
    element.tail = text + (element.tail or "")
    element.drop_tree()
