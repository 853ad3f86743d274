"""Files that notes refer to by a relative path: which may be published, and what is told of others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from compliance_digest.notes.attachments import SUFFIXES
from tests.notes.helpers import found, made, note_with, read

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A folder of notes with a few files in it, and others outside."""
    folder = tmp_path / "content"
    for path in ("a.png", "sub/b.pdf", "sub/c d.PNG", "page.html", "image.svg", "run.js", "none", "../outside.png"):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).touch()
    (folder / "inside.png").symlink_to("a.png")
    (folder / "leak.png").symlink_to("../outside.png")
    (folder / "passwd.png").symlink_to("/etc/passwd")
    (folder / "loop.png").symlink_to("loop.png")
    (folder / "gone.png").symlink_to("absent.png")
    return folder


LINKS = {
    "beside": ("![a](a.png)", None),
    "in a folder": ("[a](sub/b.pdf)", None),
    "with a space, other case": ("[a](sub/c%20d.PNG)", None),
    "up and down": ("[a](sub/../a.png)", None),
    "link inside": ("![a](inside.png)", None),
    "missing": ("![a](absent.png)", "missing-attachment"),
    "missing folder": ("![a](absent/a.png)", "missing-attachment"),
    "other case": ("![a](A.PNG)", "missing-attachment"),
    "folder": ("[a](sub)", "missing-attachment"),
    "the folder itself": ("[a](.)", "missing-attachment"),
    "link to nothing": ("![a](gone.png)", "missing-attachment"),
    "link in a circle": ("![a](loop.png)", "missing-attachment"),
    "null character": ("![a](a%00.png)", "missing-attachment"),
    "name too long": (f"![a]({'a' * 300}.png)", "missing-attachment"),
    "forgotten scheme": ("[a](www.cnil.fr)", "missing-attachment"),
    "outside": ("![a](../outside.png)", "outside-content"),
    "outside, encoded": ("![a](%2e%2e/outside.png)", "outside-content"),
    "outside, by a way round": ("![a](sub/../../outside.png)", "outside-content"),
    "outside, absent": ("![a](../absent.png)", "outside-content"),
    "outside, by a link": ("![a](leak.png)", "outside-content"),
    "outside, by an absolute link": ("![a](passwd.png)", "outside-content"),
    "page": ("[a](page.html)", "attachment-kind"),
    "drawing that may hold scripts": ("![a](image.svg)", "attachment-kind"),
    "script": ("[a](run.js)", "attachment-kind"),
    "no suffix": ("[a](none)", "attachment-kind"),
}


@pytest.mark.parametrize(("text", "code"), LINKS.values(), ids=LINKS.keys())
def test_attachments(content: Path, text: str, code: str | None) -> None:
    reading = read(content, note_with(body=f"One\n\n{text}"))
    assert found(reading) == ([f"8:0 {code}"] if code else [])


def test_attachments_of_a_note_in_a_folder(content: Path) -> None:
    note = made(read(content, note_with(body="[a](b.pdf) ![b](../a.png)"), path="sub/2024-09-30-x.md"))
    assert {each.source: each.address for each in note.attachments} == {
        "sub/b.pdf": "2024/09/30/x/b.pdf",
        "a.png": "2024/09/30/x/a.png",
    }


@pytest.mark.parametrize(
    "suffix", [".html", ".htm", ".xhtml", ".svg", ".xml", ".xsl", ".js", ".mjs", ".swf", ".exe", ""]
)
def test_nothing_that_a_browser_runs(suffix: str) -> None:
    assert suffix not in SUFFIXES
