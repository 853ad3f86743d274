"""Text as everything else takes it: clean, sluggable, comparable."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from slugify import slugify

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = "\ufdd0"
"""Stands before an address inside the site, such as `tags/fine/`, until it is known from where it is linked.

A noncharacter (Unicode, section 23.7), which `clean` keeps out of all input, so no note can forge it.
"""
WIKILINK = "\ufdd1"
"""Stands before the number of a wikilink of a note, in place of the address that the archive finds for it."""

_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_WRITABLE_BYTES = bytes({*range(0x20, 0x100), *b"\t\n\r"} - {0x7F, 0xC2, 0xED, 0xEF})
"""The bytes that none of these has in UTF-8: a text of them alone needs no closer look."""
_SENTENCE_END = re.compile(r"[.!?…][\"”’»)\]]*\s+(?=[\"“‘«(\[]?[^\W_a-z])")
_NOT_AN_END = re.compile(
    r"\b(?:Art|Arts|No|Nos|Nr|e\.g|i\.e|cf|Inc|Ltd|Co|Corp|v|vs|Mr|Mrs|Ms|Dr|St|para|paras|p|pp|Sec|sec|[A-Z])\.$"
)

_LONGEST_ABBREVIATION = 8


def clean(text: str) -> str:
    """Return `text` without what XML 1.0 and HTML can't hold: control characters, surrogates, noncharacters.

    A vertical tab, form feed or C1 next line becomes a space, since it parts words; the others are taken out.
    """
    if not text.encode("utf-8", "surrogatepass").translate(None, _WRITABLE_BYTES) or not _UNWRITABLE.search(text):
        return text
    return _UNWRITABLE.sub(lambda match: " " if match[0] in "\x0b\x0c\x85" else "", text)


def decoded(data: bytes) -> str:
    """Return the text of a note's file: clean, without a byte order mark, its lines ended by line feeds.

    Raises UnicodeDecodeError.
    """
    return clean(data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n"))


def folded(text: str) -> str:
    """Return what two spellings of one name have in common: NFKC, case-folded, white space collapsed."""
    return " ".join(unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold()).split())


@lru_cache(maxsize=65536)
def tag_key(written: str) -> str:
    """Return a tag's key: folded, with runs of spaces, hyphens and underscores as one underscore."""
    return re.sub(r"[\s_-]+", "_", folded(written)).strip("_")


@lru_cache(maxsize=65536)
def slug(text: str) -> str:
    """Return `text` as a part of an address: lower-case ASCII letters, digits and hyphens; may be empty."""
    return str(slugify(text))


def first_sentences(text: str, limit: int = 320) -> str:
    """Return the first one or two sentences of `text` that fit into `limit` characters.

    Where not even the first fits, it is cut at a word, with an ellipsis.
    """
    fitting = [end for end in islice(_sentence_ends(text), 2) if end <= limit]
    if fitting:
        return text[: fitting[-1]].rstrip()
    end = text.rfind(" ", 0, limit + 1)
    return text[: end if end > 0 else limit].rstrip(" ,;:–—") + " …"


def _sentence_ends(text: str) -> Iterator[int]:
    for match in _SENTENCE_END.finditer(text):
        end = match.start() + 1
        if not _NOT_AN_END.search(text, max(0, end - _LONGEST_ABBREVIATION), end):
            yield match.end()
    yield len(text)
