"""Front matter is YAML, read so that nothing is lost or changed in silence."""

from __future__ import annotations

from decimal import Decimal

import pytest

from compliance_digest.notes.front_matter import FrontMatter, Unreadable, Value, split


def faults(text: str) -> list[str]:
    """Return the faults of a file as `line:column code`."""
    try:
        return [f"{fault.place[0]}:{fault.place[1]} {fault.code}" for fault in split(text).faults]
    except Unreadable as error:
        return [f"{error.fault.place[0]}:{error.fault.place[1]} {error.fault.code}"]


def read(*lines: str) -> FrontMatter:
    return split("\n".join(["---", *lines, "---", "Text."]))


UNREADABLE = {
    "empty file": ("", "1:1 no-front-matter"),
    "white space": (" \n\n", "1:1 no-front-matter"),
    "text alone": ("# Heading\n\nText.", "1:1 no-front-matter"),
    "text before it": ("Text.\n---\ntitle: T\n---\n", "1:1 no-front-matter"),
    "two dashes": ("--\ntitle: T\n--\n", "1:1 no-front-matter"),
    "TOML": ('+++\ntitle = "T"\n+++\n', "1:1 no-front-matter"),
    "never closed": ("---\ntitle: T\n\nText.", "1:1 unclosed-front-matter"),
    "closed by dots": ("---\ntitle: T\n...\nText.", "1:1 unclosed-front-matter"),
    "closing fence indented": ("---\ntitle: T\n ---\nText.", "1:1 unclosed-front-matter"),
    "never closed, after blank lines": ("\n\n---\ntitle: T\n", "3:1 unclosed-front-matter"),
    "empty": ("---\n---\nText.", "1:1 no-fields"),
    "comments alone": ("---\n# title: T\n---\n", "1:1 no-fields"),
    "list": ("---\n- title\n- date\n---\n", "1:1 no-fields"),
    "scalar": ("---\ntitle\n---\n", "1:1 no-fields"),
    "unquoted colon": ("---\ntitle: CNIL: a fine\n---\n", "2:12 bad-yaml"),
    "tab before a field": ("---\ntitle: T\n\tdate: x\n---\n", "3:1 bad-yaml"),
    "tab before an item": ("---\ntags:\n\t- a\n---\n", "3:1 bad-yaml"),
    "quotation mark not closed": ('---\ntitle: "T\ndate: x\n---\n', "2:8 bad-yaml"),
    "bracket not closed": ("---\ntags: [a, b\n---\n", "2:7 bad-yaml"),
    "text after quotation marks": ('---\ntitle: "T" and more\n---\n', "2:12 bad-yaml"),
    "bracket not closed, more fields": ("---\ntags: [a, b\ndate: x\n---\n", "2:7 bad-yaml"),
    "asterisk": ("---\ntitle: *T fined\n---\n", "2:8 bad-yaml"),
    "asterisks": ("---\ntitle: *T*\n---\n", "2:10 bad-yaml"),
    "at sign": ("---\ntitle: @T\n---\n", "2:8 bad-yaml"),
    "percent sign": ("---\ntitle: T\nfine: %5\n---\n", "3:7 bad-yaml"),
    "field without a colon": ("---\ntitle: T\ndate 2024\n---\n", "4:1 bad-yaml"),
    "deeper than its field": ("---\ntitle: T\n  date: x\n---\n", "3:7 bad-yaml"),
}


@pytest.mark.parametrize(("text", "expected"), UNREADABLE.values(), ids=UNREADABLE.keys())
def test_what_can_t_be_read(text: str, expected: str) -> None:
    assert faults(text) == [expected]


@pytest.mark.parametrize("nested", ["[" * 3000, "[" * 3000 + "]" * 3000, "{a: " * 3000 + "}" * 3000])
def test_thousands_of_nested_brackets(nested: str) -> None:
    (fault,) = faults(f"---\ntitle: {nested}\n---\n")
    assert fault.endswith("bad-yaml")


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("", "holds nothing, not fields"),
        ("- a", "holds a list, not fields"),
        ("a", "holds a single value, not fields"),
        ("a: b: c", "the value holds ': '"),
        ("a: *b c", "the value starts with * or &"),
        ("\ta: b", "holds a tab"),
        ('a: "b', "that opens here is never closed"),
        ("a: [b", "that opens here is never closed"),
    ],
)
def test_messages_are_in_plain_words(lines: str, told: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read(lines)
    assert told in caught.value.fault.message


CHANGED = {
    # The "Norway problem": what YAML takes for something else than the text that was written.
    "no": ("country: no", "2:10 changed-by-yaml"),
    "on": ("title: On", "2:8 changed-by-yaml"),
    "in a list": ("tags: [a, no, y e s]", "2:11 changed-by-yaml"),
    "null": ("title: null", "2:8 changed-by-yaml"),
    "sexagesimal": ("case: 12:30", "2:7 changed-by-yaml"),
    "octal": ("case: 0123", "2:7 changed-by-yaml"),
    "underscores": ("fine: 800_000", "2:7 changed-by-yaml"),
    "hexadecimal": ("case: 0x1F", "2:7 changed-by-yaml"),
    "exponent": ("case: 1.5e+3", "2:7 changed-by-yaml"),
    "not a number": ("case: .nan", "2:7 changed-by-yaml"),
    "binary": ("title: !!binary aGk=", "2:8 changed-by-yaml"),
    "python object": ("title: !!python/name:os.system x", "2:8 changed-by-yaml"),
    "merge key": ("<<: {title: T}", "2:1 bad-field"),
    # What YAML takes for a sign of its own, and drops.
    "number sign": ("title: Fine #2 for ACME", "2:8 lost-comment"),
    "number sign first": ("title: #2 for ACME", "2:7 lost-comment"),
    "hashtag in a list": ("tags:\n  - #fine\n  - a", "3:4 lost-comment"),
    "hashtag after an item": ("tags:\n  - a #fine", "3:5 lost-comment"),
    "on a second line": ("title: a\n  b #2", "2:8 lost-comment"),
    "anchor": ("organisation: &Other Stories", "2:15 changed-by-yaml"),
    "anchor before quotation marks": ('organisation: &Other "Stories"', "2:15 changed-by-yaml"),
    "exclamation mark": ("title: ! T", "2:8 changed-by-yaml"),
    "tag of YAML": ("title: !!str no", "2:8 changed-by-yaml"),
    "tag of its own": ("title: !important T", "2:8 changed-by-yaml"),
    # Fields.
    "field twice": ("title: T\ndate: x\ntitle: U", "4:1 duplicate-field"),
    "field twice, nested": ("links:\n  - url: a\n    url: b", "4:5 duplicate-field"),
    "list as a field's name": ("? [a, b]\n: c", "2:3 bad-field"),
    "alias of a list": ("tags: &a [b]\nlinks: *a", "2:7 bad-yaml"),
    "list in itself": ("tags: &a [b, *a]", "2:7 bad-yaml"),
}


@pytest.mark.parametrize(("lines", "expected"), CHANGED.values(), ids=CHANGED.keys())
def test_what_yaml_would_change(lines: str, expected: str) -> None:
    assert faults(f"---\n{lines}\n---\n") == [expected]


def test_hints_say_what_to_write() -> None:
    assert [fault.hint for fault in read("title: Fine #2", "country: no", "sector: &a b").faults] == [
        'put the whole value in double quotes, "Fine #2", or the comment on a line of its own',
        'put it in double quotes: "no"',
        'put the whole value in double quotes: "&a b"',
    ]
    with pytest.raises(Unreadable) as caught:
        read('title: A "b": c \\ d')
    assert caught.value.fault.hint == 'put the value in double quotes: title: "A \\"b\\": c \\\\ d"'


VALUES: dict[str, tuple[str, Value]] = {
    "text": ("none", "none"),
    "quoted": ('"no: #2 & *x*"', "no: #2 & *x*"),
    "single quotes": ("'CNIL''s fine'", "CNIL's fine"),
    "escapes": ('"a\\tb \\u00e9"', "a\tb é"),
    "what no page can hold": ('"a\\u0007b\\uFDD0c\\0"', "abc"),
    "folded": (">\n  a\n  b", "a b\n"),
    "kept lines": ("|\n  a #1\n  b", "a #1\nb\n"),
    "plain over lines": ("a\n  b", "a b"),
    "date": ("2024-09-30", "2024-09-30"),
    "date-time": ("2024-09-30 12:30:00", "2024-09-30 12:30:00"),
    "whole number": ("800000", 800000),
    "negative": ("-5", -5),
    "nought": ("0", 0),
    "decimal, as written": ("1234.50", Decimal("1234.50")),
    "true": ("true", True),
    "False": ("False", False),
    "nothing": ("", None),
    "tilde": ("~", None),
    "list": ("[a, b]", ["a", "b"]),
    "block list": ("\n  - a\n  - b", ["a", "b"]),
    "list at the margin": ("\n- a\n- b", ["a", "b"]),
    "mapping": ("{a: b}", {"a": "b"}),
    "hash in a word": ("C#1", "C#1"),
    "comment after a number": ("5 # note", 5),
    "comment after a date": ("2024-09-30 # note", "2024-09-30"),
    "comment after quotation marks": ('"a" # note', "a"),
    "comment on a line of its own": ("a\n# note", "a"),
    "line separator": ("a\N{LINE SEPARATOR}b\N{PARAGRAPH SEPARATOR}c", "a b c"),
    "emoji": ("⚖️ a", "⚖️ a"),
}


@pytest.mark.parametrize(("written", "value"), VALUES.values(), ids=VALUES.keys())
def test_values(written: str, value: Value) -> None:
    matter = read(f"a: {written}")
    assert (matter.values, matter.faults) == ({"a": value}, [])
    assert type(matter.values["a"]) is type(value)


def test_an_alias_bomb_is_told_and_costs_nothing() -> None:
    bomb = ["a0: &a0 [x, x]", *(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 60))]
    matter = read(*bomb)
    assert {fault.code for fault in matter.faults} == {"bad-yaml"}
    assert len(str(matter.values)) < 5000


BODIES = {
    "plain": ("---\na: b\n---\nText.", "Text.", 4),
    "blank line": ("---\na: b\n---\n\nText.", "Text.", 5),
    "blank lines before the fence": ("\n\n---\na: b\n---\nText.", "Text.", 6),
    "no text": ("---\na: b\n---\n", "", 4),
    "no line break": ("---\na: b\n---", "", 3),
    "longer fences": ("-----\na: b\n----\nText.", "Text.", 4),
    "spaces after fences": ("--- \na: b\n---  \nText.", "Text.", 4),
    "thematic break": ("---\na: b\n---\nOne.\n\n---\n\nTwo.", "One.\n\n---\n\nTwo.", 4),
    "second front matter": ("---\na: b\n---\n---\nc: d\n---\n", "---\nc: d\n---\n", 4),
}


@pytest.mark.parametrize(("text", "body", "line"), BODIES.values(), ids=BODIES.keys())
def test_the_body_and_its_first_line(text: str, body: str, line: int) -> None:
    matter = split(text)
    assert matter.values == {"a": "b"}
    assert (matter.body.strip("\n"), matter.body_line + len(matter.body) - len(matter.body.lstrip("\n"))) == (
        body.strip("\n"),
        line,
    )


def test_places() -> None:
    """Of a field its name, of a value where it begins; lines and columns count from 1."""
    matter = split(
        "\n---\ntitle: T\nlinks:\n  - https://x.org/\n  - url: https://y.org/\n    title: Y\ntags: [a, b]\n---\n"
    )
    assert matter.places == {
        ("title",): (3, 1),
        ("title", ""): (3, 8),
        ("links",): (4, 1),
        ("links", 0): (5, 5),
        ("links", 1): (6, 5),
        ("links", 1, "url"): (6, 5),
        ("links", 1, "url", ""): (6, 10),
        ("links", 1, "title"): (7, 5),
        ("links", 1, "title", ""): (7, 12),
        ("tags",): (8, 1),
        ("tags", 0): (8, 8),
        ("tags", 1): (8, 11),
    }


def test_columns_count_characters() -> None:
    assert faults('---\n"é⚖": no\n---\n') == ["2:7 changed-by-yaml"]


def test_blank_lines_after_the_fence_count() -> None:
    matter = split("---\n\n\ntitle: T\ndate: 2024-01-01\n---\nText.")
    assert (matter.places[("title",)], matter.places[("date", "")], matter.body_line) == ((4, 1), (5, 7), 6)
