from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from compliance_digest.text import ROOT
from tests.projects import note

from .helpers import gathered

if TYPE_CHECKING:
    from tests.projects import Project

OTHERS = {
    "content/2024-01-02-other.md": note(title="The other note", date="2024-01-02"),
    "content/2023/Café.md": note(title="CNIL: a café, fined", date="2023-05-06"),
    "content/x/twin.md": note(title="A twin", date="2022-01-01", id="x"),
    "content/y/twin.md": note(title="A twin", date="2021-01-01", id="y"),
    "content/draft.md": note(title="A draft", draft=True),
    "content/later.md": note(title="A later one", date="2031-01-01"),
    "content/bad.md": note(title="A bad one", date="30/9/24"),
    "content/unreadable.md": "nothing",
}


@pytest.mark.parametrize(
    ("target", "address"),
    [
        ("2024-01-02-other", "2024/01/02/other/"),
        ("2024-01-02-other.md", "2024/01/02/other/"),
        ("The other note", "2024/01/02/other/"),
        ("the  OTHER note", "2024/01/02/other/"),
        ("The other note|that one", "2024/01/02/other/"),
        ("Café", "2023/05/06/cafe/"),
        ("cafe\u0301", "2023/05/06/cafe/"),
        ("2023/Café", "2023/05/06/cafe/"),
        ("2023/Café.md", "2023/05/06/cafe/"),
        ("CNIL: a café, fined", "2023/05/06/cafe/"),
        ("x/twin", "2022/01/01/twin/"),
        ("y/twin.md", "2021/01/01/twin/"),
        ("self", "2024/09/30/self/"),
    ],
)
def test_a_link_leads_to_a_note(project: Project, target: str, address: str) -> None:
    body = f"- See [[{target}]] there. #fine\n"
    found = gathered(project, {**OTHERS, "content/self.md": note(body)})
    assert found.messages == []
    (entry,) = (entry for entry in found.archive.entries if entry.note.path == "self.md")
    text = found.archive.text(entry)
    (passage,) = text.passages
    for html in (text.html, passage.html):
        assert f'<a href="{ROOT}{address}">{target.rpartition("|")[2]}</a> there.' in html


@pytest.mark.parametrize(
    ("target", "message"),
    [
        pytest.param(
            "The othr note", "[[The othr note]] leads to no note; did you mean 'the other note'?", id="typing error"
        ),
        pytest.param(
            "Zebra", "[[Zebra]] leads to no note; write the other note's file name, or its title", id="unknown"
        ),
        pytest.param(
            "twin",
            "[[twin]] could be any of x/twin.md, y/twin.md; write the path of the one that is meant",
            id="two files",
        ),
        pytest.param(
            "A twin",
            "[[A twin]] could be any of x/twin.md, y/twin.md; write the path of the one that is meant",
            id="two titles",
        ),
        pytest.param(
            "A draft", "[[A draft]] leads to a note that is not published: it is a draft; take the link out", id="draft"
        ),
        pytest.param(
            "later",
            "[[later]] leads to a note that is not published: its date is in the future; take the link out",
            id="future",
        ),
        pytest.param("A bad one", None, id="title of a note with errors"),
        pytest.param("bad", None, id="file of a note with errors"),
        pytest.param("unreadable.md", None, id="file without front matter"),
    ],
)
def test_a_link_that_leads_nowhere(project: Project, target: str, message: str | None) -> None:
    found = gathered(project, {**OTHERS, "content/self.md": note(f"- Text.\n- See [[{target}]]. #fine\n")})
    assert found.messages == ([f"content/self.md:7: error: {message} [broken-wikilink]"] if message else [])


def test_every_broken_link_is_told_at_its_line(project: Project) -> None:
    found = gathered(project, {"content/a.md": note("- [[One]]\n- [[Two]]\n\nText [[Three]]\n")})
    assert [(problem.line, problem.message) for problem in found.problems] == [
        (6, "[[One]] leads to no note"),
        (7, "[[Two]] leads to no note"),
        (9, "[[Three]] leads to no note"),
    ]


@pytest.mark.parametrize("link", ["[label](2024-01-02-other.md)", "[label](./2024-01-02-other.md#p-1)"])
def test_a_link_to_a_notes_file_leads_to_its_page(project: Project, link: str) -> None:
    found = gathered(project, {**OTHERS, "content/self.md": note(f"- See {link}.\n")})
    assert found.messages == []
    (entry,) = (entry for entry in found.archive.entries if entry.note.path == "self.md")
    fragment = "#p-1" if "#" in link else ""
    assert f'<a href="{ROOT}2024/01/02/other/{fragment}">label</a>' in found.archive.text(entry).html


def test_a_link_to_a_file_that_is_no_note(project: Project) -> None:
    found = gathered(project, {"content/self.md": note("- See [it](missing.md).\n")})
    told = "'missing.md' leads to no note; write the other note's file name, or its title [broken-wikilink]"
    assert found.messages == [f"content/self.md:6: error: {told}"]


@pytest.mark.parametrize("link", ["[[y]]", "[[y.md]]", "[l](y.md)"])
def test_an_exact_path_goes_before_names(project: Project, link: str) -> None:
    twins = {"content/y.md": note(id="a", slug="one"), "content/sub/y.md": note(id="b", slug="two")}
    found = gathered(project, {**twins, "content/self.md": note(f"See {link}.\n")})
    assert found.messages == []
    (entry,) = (entry for entry in found.archive.entries if entry.note.path == "self.md")
    assert f"{ROOT}2024/09/30/one/" in found.archive.text(entry).html


def test_a_link_to_a_file_is_to_that_file(project: Project) -> None:
    found = gathered(project, {"content/sub/y.md": note(), "content/self.md": note("See [it](y.md).\n")})
    (message,) = found.messages
    assert message.startswith("content/self.md:6: error: 'y.md' leads to no note; did you mean 'sub/y")
