"""Strategies for Hypothesis: texts that notes might hold."""

from __future__ import annotations

import re
from typing import TypeAlias

from hypothesis import strategies as st

Lines: TypeAlias = list[str]

_WORDS = st.sampled_from(
    ["lorem", "ipsum *dolor*", "**sit** amet", "`code`", "[link](https://example.org/)", "é 1.5 – x"]
)
_paragraph = st.lists(_WORDS, min_size=1, max_size=3)
_heading = st.builds(lambda level, text: ["#" * level + " " + text], st.integers(1, 6), _WORDS)
_underlined = st.builds(lambda text, line: [text, line], _WORDS, st.sampled_from(["===", "---"]))
_fence = st.builds(
    lambda mark, lines: [mark, *lines, mark],
    st.sampled_from(["```", "~~~~"]),
    st.lists(st.sampled_from(["code", "", "  - code", "> code", "# code"]), max_size=3),
)
_leaf = st.one_of(_paragraph, _paragraph, _heading, _underlined, _fence, st.just(["***"]))


def _indented(lines: Lines, columns: int) -> Lines:
    return [" " * columns + line if line else "" for line in lines]


def _blocks(block: st.SearchStrategy[Lines]) -> st.SearchStrategy[Lines]:
    """Some blocks one after the other, all but the first indented by up to three columns, some after a blank line.

    A blank line goes before every ordered list that starts with another number than 1: without, it isn't one.
    """

    def joined(parts: list[tuple[Lines, int, bool]]) -> Lines:
        (first, _, _), *rest = parts
        lines = list(first)
        for block, columns, parted in rest:
            blank = parted or block[0][0] in "29"
            lines += [*[""] * blank, *_indented(block, columns)]
        return lines

    return st.lists(st.tuples(block, st.integers(0, 3), st.booleans()), min_size=1, max_size=3).map(joined)


def _list(marks: Lines, items: list[Lines], spaces: int, *, parted: bool) -> Lines:
    lines: Lines = []
    for mark, item in zip(marks, items, strict=False):
        first, *rest = item
        head = mark + " " * spaces + first
        lines += [head, *_indented(rest, len(mark) + spaces), *[""] * parted]
    return lines


def _containers(block: st.SearchStrategy[Lines]) -> st.SearchStrategy[Lines]:
    items = st.lists(_blocks(block), min_size=1, max_size=3)
    bullets = st.sampled_from("-*+").map(lambda mark: [mark] * 3)
    numbers = st.tuples(st.sampled_from([1, 2, 9]), st.sampled_from(".)")).map(
        lambda pair: [f"{pair[0] + place}{pair[1]}" for place in range(3)]
    )
    lists = st.builds(_list, bullets | numbers, items, st.integers(1, 4), parted=st.booleans())
    quotes = _blocks(block).map(lambda lines: [f"> {line}".rstrip() for line in lines])
    return st.one_of(lists, lists, lists, quotes)


documents = _blocks(st.recursive(_leaf, _containers, max_leaves=12)).map("\n".join)
"""Well-formed notes: lists, quotes, paragraphs, headings and fences, inside one another."""

_PIECES = (
    "- a|- b|* c|+ d|1. e|2. f|1) g|10. ten|- - x|-|1.|> q|> - r|>|- > z|para|text #tag|# H|## H2 ##|---|***|===|"
    "```|~~~|<div>|</div>|[r]: /u|x [r]"
).split("|")


def _without_some_blank_lines(text: str) -> str:
    """Leave one blank line where there are more, and none after a fence: see `oracle` for what these would do."""
    before, *fence_and_after = re.split(r"(?=```|~~~)", text, maxsplit=1)
    return re.sub(r"\n{3,}", "\n\n", before.lstrip("\n")) + re.sub(r"\n+", "\n", "".join(fence_and_after)).rstrip("\n")


_line = st.builds(lambda columns, piece: " " * columns + piece, st.integers(0, 3), st.sampled_from(_PIECES))
lines = st.lists(st.just("") | _line, min_size=1, max_size=9).map("\n".join).map(_without_some_blank_lines)
"""Lines of all kinds in any order, indented by up to three columns."""

_MARKS = ["*", "**", "***", "_", "__", "___"]
_PARTS = (
    'a|b |snake_case|bar.| |(|)|.|,|!|"|“|”|’s|é|—|~|$|1|¹|3 < 4|AT&T|&amp;|&copy;|\\*|a\\_b|`|``|`c*d`|*a*|**b**|_c_|'
    "[x](https://example.org/)|[x](<u v>)|[x]( /u )|[x](a(b)c)|[x](/u \"t\")|[x](/u 't t')|[x](/u (t))|[x](y z)|"
    "__d__|y[**x**](/u)|[[1]](/u)|[`c`](/u)|![i](j.png)|[a]|](|[l][m]|<https://example.org/>|<me@example.org>|"
    "<b>|</b>| < |>|x\\\nx|x  \nx|x\nx| #x , | https://example.org/a_b_c "
).split("|")
inlines = st.lists(st.sampled_from(_PARTS) | st.sampled_from(_MARKS), min_size=1, max_size=9).map(
    lambda parts: "x" + "".join(parts)
)
"""One paragraph with marks of emphasis, links, code and more in any order."""
