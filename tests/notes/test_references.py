"""Where links lead: to other notes, to files beside the note, into the site, or away."""

from __future__ import annotations

import pytest

from compliance_digest.text import ROOT, WIKILINK
from tests.notes.helpers import html, parse

AT = "~/2024/09/30/note/"
FILES = {
    "beside the note": ("[a](x.pdf)", "note.md", [("x.pdf", "x.pdf")]),
    "in a folder": ("[a](files/x.pdf)", "note.md", [("files/x.pdf", "files/x.pdf")]),
    "with a dot": ("[a](./x.pdf)", "note.md", [("x.pdf", "x.pdf")]),
    "of a note in a folder": ("[a](x.pdf)", "2024/note.md", [("2024/x.pdf", "x.pdf")]),
    "above the note": ("[a](../x.pdf)", "2024/note.md", [("x.pdf", "x.pdf")]),
    "above the note, in a folder": ("[a](../files/x.pdf)", "2024/note.md", [("files/x.pdf", "x.pdf")]),
    "outside": ("[a](../../x.pdf)", "2024/note.md", [("../x.pdf", "x.pdf")]),
    "image": ("![a](x.png)", "note.md", [("x.png", "x.png")]),
    "with spaces": ("[a](<x y.pdf>)", "note.md", [("x y.pdf", "x%20y.pdf")]),
    "percent-encoded": ("[a](x%20y.pdf)", "note.md", [("x y.pdf", "x%20y.pdf")]),
    "not ASCII": ("[a](é.pdf)", "note.md", [("é.pdf", "%C3%A9.pdf")]),
    "twice": ("[a](x.pdf) [b](x.pdf)", "note.md", [("x.pdf", "x.pdf")] * 2),
    "raw": ('<a href="x.pdf">a</a>', "note.md", [("x.pdf", "x.pdf")]),
}


@pytest.mark.parametrize(("text", "path", "expected"), FILES.values(), ids=FILES.keys())
def test_files_beside_the_note(text: str, path: str, expected: list[tuple[str, str]]) -> None:
    attachments = parse(text, path=path).attachments
    assert [each.source for each in attachments] == [source for source, _ in expected]
    for _, name in expected:
        assert f'="{AT}{name}"' in html(text, path=path)


def test_query_and_fragment_stay() -> None:
    assert html("[a](x.pdf#page=2) [b](x.pdf?v=1)") == (
        f'<p><a href="{AT}x.pdf#page=2">a</a> <a href="{AT}x.pdf?v=1">b</a></p>'
    )


LINKS = {
    "another site": ("[a](https://example.org/)", '<a href="https://example.org/">a</a>'),
    "another site, no scheme": ("[a](//example.org/)", '<a href="https://example.org/">a</a>'),
    "e-mail": ("<a@example.org>", '<a href="mailto:a@example.org">a@example.org</a>'),
    "into the site": ("[a](/tags/fine/)", '<a href="~/tags/fine/">a</a>'),
    "the site's front": ("[a](/)", '<a href="~/">a</a>'),
    "a place in the note": ("[a](#b)", f'<a href="{AT}#b">a</a>'),
    "nowhere": ("[a]()", '<a href="">a</a>'),
    "not an address": ("[a](http://[)", "<a>a</a>"),
    "image of another site": ("![a](https://example.org/x.png)", '<a href="https://example.org/x.png">a</a>'),
    "image that is none": ("![a](d.pdf)", f'<a href="{AT}d.pdf">a</a>'),
    "image of another site, no text": (
        "![](https://example.org/x.png)",
        '<a href="https://example.org/x.png" class="address">https://example.org/x.png</a>',
    ),
    "image with title and size": (
        'b <img src="https://example.org/x.png" alt="a" title="b" width="3">',
        'b <a href="https://example.org/x.png">a</a>',
    ),
    "image without source": ('<img alt="a"> b', "a b"),
    "image without text": ("![](x.png)", f'<img alt="" src="{AT}x.png">'),
}


@pytest.mark.parametrize(("text", "expected"), LINKS.values(), ids=LINKS.keys())
def test_links(text: str, expected: str) -> None:
    assert html(text) == f"<p>{expected}</p>"


def test_links_into_the_site_are_told() -> None:
    links = parse("a\n\n[b](/tags/fine/#x) [c](/é%20f/)").site_links
    assert [(link.address, link.line) for link in links] == [("tags/fine/", 3), ("é f/", 3)]


NOTES = {
    "wikilink": ("[[Other]]", ["Other"], '<a href="@0;">Other</a>'),
    "by path": ("[a](other.md)", ["2024/other.md"], '<a href="@0;">a</a>'),
    "by path above": ("[a](../other.md)", ["other.md"], '<a href="@0;">a</a>'),
    "by path, long suffix": ("[a](b/other.markdown)", ["2024/b/other.markdown"], '<a href="@0;">a</a>'),
    "to a place": ("[a](other.md#b)", ["2024/other.md"], '<a href="@0;#b">a</a>'),
    "encoded": ("[a](an%20other.md)", ["2024/an other.md"], '<a href="@0;">a</a>'),
    "both": ("[a](b.md) [[C]]", ["2024/b.md", "C"], '<a href="@0;">a</a> <a href="@1;">C</a>'),
    "forged, one too many": ('[[C]] <a href="wikilink:1">a</a>', ["C"], '<a href="@0;">C</a> <a>a</a>'),
    "forged": ('<a href="wikilink:5">a</a> <a href="wikilink:x">b</a>', [], "<a>a</a> <a>b</a>"),
}


@pytest.mark.parametrize(("text", "targets", "expected"), NOTES.values(), ids=NOTES.keys())
def test_links_to_other_notes(text: str, targets: list[str], expected: str) -> None:
    """Their addresses are not known yet; a number stands in for each."""
    body = parse(text, path="2024/note.md")
    assert [link.target for link in body.wikilinks] == targets
    numbered = {int(each.split(";")[0]) for each in body.html.split(WIKILINK)[1:]}
    assert numbered == set(range(len(targets)))
    assert sorted(html(text, path="2024/note.md").replace(WIKILINK, "@")) == sorted(f"<p>{expected}</p>")


def test_lines() -> None:
    body = parse("one\n\n- two [[A]]\n  - [b](b.md) ![c](c.png)\n\n[d](/d/)")
    assert [link.line for link in body.wikilinks] == [3, 4]
    assert [file.line for file in body.attachments] == [4]
    assert [link.line for link in body.site_links] == [6]


def test_a_placeholder_in_the_text_is_no_address() -> None:
    assert ROOT not in parse("\ufdd0a [\ufdd0b](https://example.org/\ufdd0)").html
