"""A note's body: Markdown in, sanitised HTML with passages, anchors and addresses out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compliance_digest.notes import markup, passages
from compliance_digest.notes.note import Body, SiteLink
from compliance_digest.notes.references import References
from compliance_digest.notes.sanitising import refused_addresses, sanitised
from compliance_digest.text import first_sentences, folded

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from compliance_digest.notes.dialect import Dialect
    from compliance_digest.notes.markup import Element

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_NOT_WORDS = re.compile(r"[\W_]+")


def parse_body(
    text: str,
    *,
    dialect: Dialect,
    title: str,
    sources: Collection[str],
    path: str,
    address: str,
    line_of: Callable[[str], int],
) -> Body:
    """Return the body that `text` makes.

    `title` and `sources` (addresses) are the note's: a single top-level bullet that repeats them is unwrapped, so that
    the page shows them once. `path` is the note's inside `content/`, `address` its page's inside the site; `line_of`
    tells on which line of the file something is written. Raises RecursionError where `text` is nested too deeply.
    """
    html, targets = dialect.convert(text)
    root = markup.parsed(sanitised(html))
    references = References(path, address, line_of)
    references.resolve(root, targets)
    found = passages.linked(root, line_of)
    _unwrap(root, title, sources)
    _shift_headings(root)
    _tidy_tables(root)
    marked = passages.marked([(link, tag) for link, tag in found if root in link.iterancestors()])
    return Body(
        html=markup.inner_html(root),
        summary=first_sentences(marked[0].text if marked else _first_text(root)),
        tags=tuple(tag for _, tag in found),
        passages=marked,
        wikilinks=tuple(references.wikilinks),
        site_links=tuple(references.site_links),
        refused=tuple(SiteLink(address, line_of(address)) for address in refused_addresses(html)),
        attachments=tuple(references.attachments),
    )


def _unwrap(root: Element, title: str, sources: Collection[str]) -> None:
    """Where the body begins with a single bullet that repeats title and source, leave only what is nested in it."""
    if not len(root) or root[0].tag != "ul" or len(root[0]) != 1:
        return
    item = root[0][0]
    first = item[0] if len(item) and item[0].tag == "p" and not (item.text or "").strip() else item
    heading = markup.own_children(first)
    nested = [child for child in item if child is not first and child not in heading]
    links = [link for each in heading for link in each.iter("a")]
    repeated = [link for link in links if link.get("class") == "hashtag" or link.get("href") in sources]
    if not nested or repeated != links or any((child.tail or "").strip() for child in nested):
        return
    words, sought = markup.own_text(first), _letters(title)
    for text in map(markup.text_of, links):
        if _letters(text) != sought:
            words = words.replace(text, " ", 1)
    if _letters(words) == sought:
        root[:1] = nested


def _letters(text: str) -> str:
    return _NOT_WORDS.sub("", folded(text))


def _shift_headings(root: Element) -> None:
    """Let a note's headings start under the page's `<h1>`, with no level left out."""
    headings = list(root.iter(*_HEADINGS))
    levels = sorted({element.tag for element in headings})
    for element in headings:
        element.tag = f"h{min(levels.index(element.tag) + 2, 6)}"


def _tidy_tables(root: Element) -> None:
    """Let tables, which may be wider than a screen, be scrolled by keyboard; say a cell's alignment by a class.

    HTML has no attribute for alignment any more, and styles are not allowed.
    """
    for table in root.iter("table"):
        table.set("tabindex", "0")
    for cell in root.iter("td", "th"):
        if (side := cell.attrib.pop("align", None)) in ("left", "center", "right"):
            cell.set("class", f"align-{side}")


def _first_text(root: Element) -> str:
    texts = (markup.own_text(element) for element in [root, *root.iter(*markup.BLOCKS)])
    return next((text for text in texts if text), "")
