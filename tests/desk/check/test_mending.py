"""Front matter is put in order, and nothing else changes."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from compliance_digest.desk.check.fixes import FIELDS, Fix
from compliance_digest.desk.check.mending import mended
from compliance_digest.notes.checking import checked
from compliance_digest.notes.front_matter import split
from compliance_digest.text import decoded, tag_key

TAGS = Fix("a.md", "tags", "Personal Data", "personal_data")
MOVED = Fix("a.md", "links", "https://a.example/old", "https://a.example/new?x=1,2")
TOP = "---\ntitle: T\ndate: 2024-01-01\n"

CASES: dict[str, tuple[list[Fix], str, str]] = {
    "order": (
        [],
        "---\ndate: 2024-01-01\ntags:\n  - b\n  - a\ntitle: T\n---\nText.\n",
        f"{TOP}tags:\n  - b\n  - a\n---\nText.\n",
    ),
    "comments go with the field below them": (
        [],
        "---\n# top\n\n# the day\ndate: 2024-01-01\ntitle: T\n# end\n\n---\n# Text\n",
        "---\n# top\n\ntitle: T\n# the day\ndate: 2024-01-01\n# end\n\n---\n# Text\n",
    ),
    "unknown fields stay": (
        [],
        "---\nmood: good\ndate: 2024-01-01\nweather: fine\ntitle: T\n---\n",
        "---\nmood: good\ntitle: T\nweather: fine\ndate: 2024-01-01\n---\n",
    ),
    "line ends and a byte order mark stay": (
        [],
        "\ufeff\r\n---\r\ndate: 2024-01-01\r\nsummary: |\r\n  One\r\n  # two\r\ntitle: T\n---\rText.\r\n",
        "\ufeff\r\n---\r\ntitle: T\ndate: 2024-01-01\r\nsummary: |\r\n  One\r\n  # two\r\n---\rText.\r\n",
    ),
    "a last text that looks like a comment": (
        [],
        "---\ndate: 2024-01-01\ntitle: |\n  One\n  # two\n---\n",
        "---\ntitle: |\n  One\n  # two\ndate: 2024-01-01\n---\n",
    ),
    "text over several lines": (
        [],
        '---\ndate: 2024-01-01\ntitle: "One\n\n  two"\nsector: a\n  b\ncase: c\n---\n',
        '---\ntitle: "One\n\n  two"\ndate: 2024-01-01\ncase: c\nsector: a\n  b\n---\n',
    ),
    "fields on one line have no order": (
        [TAGS],
        "---\n{date: 2024-01-01, tags: [Personal Data], title: T}\n---\n",
        "---\n{date: 2024-01-01, tags: [personal_data], title: T}\n---\n",
    ),
    "tags in every kind of quotes": (
        [TAGS],
        f"{TOP}tags: [Personal Data, 'Personal Data', \"Personal Data\", c]\n---\nPersonal Data\n",
        f"{TOP}tags: [personal_data, 'personal_data', \"personal_data\", c]\n---\nPersonal Data\n",
    ),
    "quotes in quotes": (
        [Fix("a.md", "tags", 'Kids\' "Data"', 'kids\' "data"')],
        '---\ntitle: T\ndate: 2024-01-01\ntags:\n- \'Kids\'\' "Data"\'\n- "Kids\' \\"Data\\""\n---\n',
        '---\ntitle: T\ndate: 2024-01-01\ntags:\n- \'kids\'\' "data"\'\n- "kids\' \\"data\\""\n---\n',
    ),
    "addresses": (
        [MOVED],
        f"{TOP}links:\n- https://a.example/old\n- url: https://a.example/old\n  title: Old\n---\nhttps://a.example/old",
        f"{TOP}links:\n- {MOVED.new}\n- url: {MOVED.new}\n  title: Old\n---\nhttps://a.example/old",
    ),
    "tags and order together": (
        [TAGS],
        "---\ntags:\n  - Personal Data\n  - personal-data-x\ndate: 2024-01-01\ntitle: T\n---\nText.",
        f"{TOP}tags:\n  - personal_data\n  - personal-data-x\n---\nText.",
    ),
}

RISKY: dict[str, tuple[list[Fix], str]] = {
    "a value with escapes": ([TAGS], f'{TOP}tags: ["Personal\\x20Data"]\n---\n'),
    "a value over two lines": ([TAGS], f"{TOP}tags:\n  - Personal\n    Data\n---\n"),
    "a comma where it parts": ([MOVED], f"{TOP}links: [https://a.example/old]\n---\n"),
    "a value that is not there": ([MOVED], f"{TOP}links: [https://a.example/older]\n---\n{MOVED.old}"),
    "what YAML would change": (
        [Fix("a.md", "tags", "a", "no")],
        f"{TOP}tags: [a]\n---\n",
    ),
    "a comment that would be lost": (
        [Fix("a.md", "tags", "a", "a #1")],
        f"{TOP}tags: [a]\n---\n",
    ),
    "no address": (
        [Fix("a.md", "links", "https://a.example/old", "file:///etc/passwd")],
        f"{TOP}links:\n  - https://a.example/old\n---\n",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_mending(case: str) -> None:
    fixes, before, after = CASES[case]
    assert mended(before.encode(), fixes) == after.encode()
    assert mended(after.encode(), []) == after.encode()


@pytest.mark.parametrize("case", RISKY)
def test_what_would_then_read_otherwise_is_left_alone(case: str) -> None:
    fixes, before = RISKY[case]
    assert mended(before.encode(), fixes) is None


WORDS = st.text("bcé 'x", max_size=12).map(lambda text: f"a{text}".strip())
SPELT = st.sampled_from(["Personal Data", "personal-data", "PERSONAL_DATA", "personal_data", "cookies"])
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "title": WORDS,
    "date": st.dates().map(str).filter(lambda day: "0002" < day < "9998"),
    "tags": st.lists(SPELT, min_size=1, max_size=4),
    "links": st.lists(st.sampled_from([MOVED.old, "https://b.example/"]), min_size=1, max_size=3),
    "organisation": st.lists(WORDS, min_size=1, max_size=2),
    "fine": st.sampled_from(["800000 EUR", "€1,000"]),
    "case": WORDS,
    "summary": WORDS,
    "updates": st.just([{"date": "2024-02-01", "note": "A note."}]),
    "draft": st.booleans(),
    "mood": WORDS,
}
BODIES = st.sampled_from(["", "Text.\n", "---\n- a\n---\n", "\r\ntitle: x\r\n# #Personal-Data", "\n\n- date: x\n"])


@st.composite
def fields(draw: st.DrawFn, name: str) -> str:
    """Return a field as YAML, in one of many spellings, with what may stand above it."""
    style = None if name == "draft" else draw(st.sampled_from([None, "'", '"', "|", ">"]))
    flow = draw(st.sampled_from([None, True, False]))
    above = "".join(draw(st.lists(st.sampled_from(["# a comment\n", "\n", "# tags: [x]\n"]), max_size=2)))
    value = {name: draw(VALUES[name])}
    written = yaml.safe_dump(value, default_style=style, default_flow_style=flow, allow_unicode=True, width=1000)
    return above + (f"{written[1:-2]}\n" if written.startswith("{") else written)


@st.composite
def files(draw: st.DrawFn) -> tuple[bytes, bytes]:
    """Return front matter with fields in any order and spelling and comments between them, and a body."""
    names = draw(st.permutations(["title", "date", *draw(st.sets(st.sampled_from(list(VALUES)[2:])))]))
    end = draw(st.sampled_from(["", "# end\n", "\n"]))
    matter = f"---\n{''.join(draw(fields(name)) for name in names)}{end}---\n"
    line_end = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    start = draw(st.sampled_from(["", "\ufeff"]))
    return (start + matter.replace("\n", line_end)).encode(), draw(BODIES).encode()


@given(files())
def test_whatever_the_order_and_the_spelling_all_values_and_the_body_stay(file: tuple[bytes, bytes]) -> None:
    data = b"".join(file)
    before = split(decoded(data))
    assume(not before.faults and checked(before)[0])
    written: list[Any] = before.values.get("tags") or []  # type: ignore[assignment]
    fixes = [Fix("a.md", "tags", tag, "personal_data") for tag in sorted(set(written)) if tag_key(tag) == TAGS.new]
    links: list[Any] = before.values.get("links") or []  # type: ignore[assignment]
    after = mended(data, [*fixes, *([MOVED] if MOVED.old in links else [])])
    assume(after)
    assert after is not None
    read = split(decoded(after))
    spelt = [TAGS.new if tag_key(tag) == TAGS.new else tag for tag in written]
    moved = [MOVED.new if link == MOVED.old else link for link in links]
    meant = {"tags": spelt, "links": moved}
    assert read.values == {name: meant.get(name, value) for name, value in before.values.items()}
    known = [name for name in read.values if name in FIELDS]
    assert known == sorted(known, key=FIELDS.index)
    assert after.endswith(file[1])
    assert comments(after) == comments(data)


def comments(data: bytes) -> list[bytes]:
    return sorted(line for line in re.split(rb"(?<=\n)|(?<=\r)(?!\n)", data) if line.startswith(b"#"))
