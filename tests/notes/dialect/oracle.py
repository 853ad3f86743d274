"""The oracle: what CommonMark makes of a text, by markdown-it-py, beside what the dialect makes of it.

Both are written in one form: HTML without the white space that means nothing. What the dialect adds to CommonMark is
taken out: hashtags, wikilinks and bare addresses count as the text they are written as.

These differences are deliberate, or not worth their price. No text that is compared holds them:

- a line indented by four columns or more that goes on with a paragraph although its list or quote doesn't: it is text
  (as in CommonMark's reference implementation), where markdown-it begins a code block;
- an empty list item followed by two blank lines, and a fence that a list item leaves open at a blank line: neither
  makes the list loose;
- a comment or a script that is never closed, and an element that HTML doesn't know: it is text, so that it takes no
  other text along;
- containers nested more than 50 deep: the marks of the deeper ones are text;
- a mark of emphasis directly beside a hard line break or a hashtag: both count as punctuation;
- a link in a link: the outer one is made;
- an image's alternative text keeps the marks of emphasis in it;
- a backslash before an entity doesn't keep it from being one;
- white space at the ends of a code span, and on a line of code that holds nothing else, is taken out;
- a table of a header alone gets an empty row.
"""

from __future__ import annotations

import re
from html import escape
from urllib.parse import unquote

from lxml import html
from markdown_it import MarkdownIt

from compliance_digest.notes.dialect import Dialect, hashtags, wikilinks

_ORACLE = MarkdownIt("commonmark").enable("table")
_DIALECT = Dialect()
_BLOCK = r"</?(?:blockquote|br|div|h\d|hr|li|ol|p|pre|table|tbody|td|th|thead|tr|ul)\b[^>]*>"
_ATTRIBUTES = ("start", "href", "src", "title", "alt", "class")


def ours(text: str) -> str:
    """Return what the dialect makes of `text`."""
    return canonical(_DIALECT.convert(text)[0])


def theirs(text: str) -> str:
    """Return what CommonMark makes of `text`."""
    return canonical(_ORACLE.render(text + "\n"))


def words(written: str) -> list[str]:
    """Return the words of what `ours` or `theirs` returned."""
    return re.sub(r"<[^>]*>", "", re.sub(_BLOCK, " ", written)).split()


def canonical(written: str) -> str:
    """Return HTML in the one form that is compared."""
    if not written.strip():
        return ""
    pieces: list[str] = []
    root = html.fragment_fromstring(written, create_parent="div")
    _inside(root, pieces)
    return re.sub(rf" ?({_BLOCK}) ?", r"\1", re.sub(r"[ \n]+", " ", "".join(pieces))).strip()


def _inside(element: html.HtmlElement, pieces: list[str]) -> None:
    pieces.append(escape(element.text or "", quote=False))
    for child in element:
        if isinstance(child.tag, str):  # not a comment
            _whole(child, pieces)
        pieces.append(escape(child.tail or "", quote=False))


def _whole(element: html.HtmlElement, pieces: list[str]) -> None:
    address = element.get("href", "")
    if element.tag == "pre":
        pieces.append(f"<pre>{escape(element.text_content(), quote=False)}</pre>".replace("\n", "⏎").replace(" ", "·"))
    elif element.tag == "code":
        pieces.append(f"<code>{escape(element.text_content().strip(), quote=False)}</code>")
    elif address.startswith(wikilinks.SCHEME):
        pieces.append(f"[[{element.text_content()}]]")
    elif element.tag == "a" and (address.startswith(hashtags.SCHEME) or _same(address, element.text_content())):
        _inside(element, pieces)
    else:
        shown = [f' {name}="{unquote(value)}"' for name in _ATTRIBUTES if (value := element.get(name))]
        pieces.append(f"<{element.tag}{''.join(shown)}>")
        _inside(element, pieces)
        if element.tag not in ("br", "hr", "img"):
            pieces.append(f"</{element.tag}>")


def _same(address: str, text: str) -> bool:
    return unquote(address).removeprefix("mailto:") == unquote(text)
