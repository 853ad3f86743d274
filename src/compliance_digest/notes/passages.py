"""Hashtags become tags, and the blocks that hold them passages."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from compliance_digest.notes import markup
from compliance_digest.notes.dialect import hashtags
from compliance_digest.notes.note import Passage, Tag
from compliance_digest.text import ROOT, slug, tag_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from compliance_digest.notes.markup import Element

_FOOTNOTE_ID = re.compile(r' id="fnref[^"]*"')
"""An id that would stand twice on a page which quotes two notes."""

_PASSAGES = frozenset({"li", "p"})


def linked(root: Element, line_of: Callable[[str], int]) -> list[tuple[Element, Tag]]:
    """Give every hashtag in a body its address; return the links with their tags, in the order of the text."""
    found = []
    for link in list(root.iter("a")):
        href = link.get("href", "")
        if not href.startswith(hashtags.SCHEME):
            continue
        written = href.removeprefix(hashtags.SCHEME)
        tag = Tag(tag_key(written), written, line_of(f"#{written}"))
        link.set("class", "hashtag")
        link.set("href", f"{ROOT}tags/{slug(tag.key)}/")
        found.append((link, tag))
    return found


def marked(found: list[tuple[Element, Tag]]) -> tuple[Passage, ...]:
    """Mark the blocks that hold hashtags as passages, and set apart the runs of hashtags at their ends.

    A block of hashtags alone is not a passage: it tags the note. Neither is a heading or a table's cell.
    """
    passages: list[Passage] = []
    anchors: set[str] = set()
    for block, tags in _by_block(found):
        _set_apart(block, _run_at_end(block))
        words = markup.own_text(block)
        if block.tag not in _PASSAGES or not words:
            continue
        anchor = _anchor(words, anchors)
        keys = tuple(dict.fromkeys(tag.key for tag in tags))
        passages.append(Passage(anchor, keys, _quotable(block), words))
        block.set("class", "passage")
        block.set("id", anchor)
        block.set("data-tags", " ".join(keys))
    return tuple(passages)


def _by_block(found: list[tuple[Element, Tag]]) -> Iterator[tuple[Element, list[Tag]]]:
    blocks: dict[Element, list[Tag]] = {}
    for link, tag in found:
        block = markup.block_of(link)
        if block is not None:
            blocks.setdefault(block, []).append(tag)
    yield from blocks.items()


def _run_at_end(block: Element) -> list[Element]:
    """Return the hashtags that a block's own text ends with, parted by nothing but white space."""
    run: list[Element] = []
    for child in reversed(markup.own_children(block)):
        if child.get("class") != "hashtag" or (child.tail or "").strip():
            break
        run.insert(0, child)
    return run


def _set_apart(block: Element, run: list[Element]) -> None:
    """Put a run of hashtags into an element of its own."""
    if not run:
        return
    span = block.makeelement("span", {"class": "tags"})
    after = run[-1].tail
    run[0].addprevious(span)
    for link in run:
        link.tail = " "
        span.append(link)
    run[-1].tail = None
    span.tail = after
    before = span.getprevious()
    if before is not None:
        before.tail = (before.tail or "").rstrip() + " "
    elif (block.text or "").strip():
        block.text = (block.text or "").rstrip() + " "


def _quotable(block: Element) -> str:
    """Return the HTML of a block's own content, without the run of hashtags at its end."""
    children = [child for child in markup.own_children(block) if child.get("class") != "tags"]
    return _FOOTNOTE_ID.sub("", markup.html_of(block.text, children).strip())


def _anchor(words: str, taken: set[str]) -> str:
    """Return an anchor that depends on a passage's words; the same words again get a number behind it."""
    anchor = base = "p-" + hashlib.sha256(words.encode()).hexdigest()[:8]
    number = 2
    while anchor in taken:
        anchor = f"{base}-{number}"
        number += 1
    taken.add(anchor)
    return anchor
