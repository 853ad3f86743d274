from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.projects import note, settings, words

if TYPE_CHECKING:
    from tests.projects import Project

ADDRESS = "2024/09/30/a/"


def cited(project: Project, title: str, **site: str) -> tuple[str, str]:
    """Return how a note of this title is cited: in words, and as BibTeX."""
    project.built({"digest.toml": settings(**site), "content/a.md": note(title=title)})
    (section,) = project.page(ADDRESS).classed("citation")
    return words(section.findall("p")[0]), str(section.find(".//pre").text_content())


def test_in_words(project: Project) -> None:
    text, _ = cited(project, "CNIL fines Acme", author="Jo Doe")
    assert text == f"Jo Doe. “CNIL fines Acme”, Digest, 30 September 2024. https://digest.example/{ADDRESS}"


def test_a_site_that_is_its_own_author_is_named_once(project: Project) -> None:
    assert cited(project, "Why?", author="Digest")[0].startswith("“Why?” Digest, 30 September 2024.")


def test_as_bibtex(project: Project) -> None:
    _, bibtex = cited(project, "CNIL fines Acme", author="Jo Doe")
    assert bibtex.splitlines() == [
        "@misc{a-2024-09-30,",
        "  author = {{Jo Doe}},",
        "  title = {{CNIL fines Acme}},",
        "  howpublished = {Digest},",
        "  year = {2024},",
        "  month = sep,",
        "  day = {30},",
        f"  url = {{https://digest.example/{ADDRESS}}},",
        "}",
    ]


@pytest.mark.parametrize(
    ("title", "escaped"),
    [
        ("A & B: 5 % of $1", r"A \& B: 5 \% of \$1"),
        ("a_b #1 {x", r"a\_b \#1 \textbraceleft{}x"),
        (
            r"\input{x} ~ ^",
            r"\textbackslash{}input\textbraceleft{}x\textbraceright{} \textasciitilde{} \textasciicircum{}",
        ),
        ("Ångström", "Ångström"),
    ],
)
def test_what_latex_would_take_for_a_command_is_escaped(project: Project, title: str, escaped: str) -> None:
    assert f"  title = {{{{{escaped}}}}}," in cited(project, title)[1].splitlines()


def test_one_name_on_two_days_gives_two_keys(project: Project) -> None:
    files = {f"content/{day}-google.md": note(date=day) for day in ("2025-03-01", "2025-09-02")}
    pages = [page.text for address, page in project.built(files).pages().items() if "google" in address]
    assert {key for page in pages for key in re.findall(r"@misc\{([^,]+)", page)} == {
        "google-2025-03-01",
        "google-2025-09-02",
    }
