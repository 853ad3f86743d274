from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from compliance_digest.outputs import pagefind
from compliance_digest.problems import OutputRefused, SearchFailed
from tests.projects import note, settings
from tests.sample import SAMPLE, TAGS

if TYPE_CHECKING:
    from tests.projects import Files, Page, Project

RATES = """
[rates]
currency = "EUR"
date = 2024-04-30
source = "https://rates.example/"
title = "Rates & more"
units = { GBP = 0.5 }
"""


@pytest.fixture
def indexes(monkeypatch: pytest.MonkeyPatch) -> list[list[tuple[str, str]]]:
    """The documents of each index that is made; what is made is a stand-in."""
    made: list[list[tuple[str, str]]] = []

    def indexed(documents: Any, language: str) -> dict[str, bytes]:
        made.append(list(documents))
        return {"pagefind.js": f"{language} {len(made)}".encode()}

    monkeypatch.setattr(pagefind, "indexed", indexed)
    return made


def options(page: Page, name: str) -> dict[str, str]:
    return {each.get("value"): each.text for each in page.xpath(f"//select[@name='{name}']/option")}


def sorts(project: Project, files: Files) -> dict[str, str]:
    return options(project.built(files, search=True).page("search/"), "sort")


def test_the_form_offers_what_there_is_with_counts(project: Project, indexes: object) -> None:
    page = project.built(SAMPLE, search=True).page("search/")
    assert options(page, "tag") == {
        "": "Any", "fine": "fine (5)", "health": "health (1)", "personal_data": "personal data (2)",
    }  # fmt: skip
    assert options(page, "authority")["cnil"] == "CNIL, France (2)"
    assert options(page, "country")["fr"] == "France (2)"
    assert list(options(page, "year")) == ["", "2024", "2023", "2019"]
    assert options(page, "outcome") == {
        "": "Any", "fine": "Fine (2)", "fine-proposed": "Fine proposed (1)", "ruling": "Ruling (1)",
        "opinion": "Opinion (1)",
    }  # fmt: skip


def test_every_field_has_a_label(project: Project, indexes: object) -> None:
    page = project.built(SAMPLE, search=True).page("search/")
    labels = set(page.xpath("//label/@for"))
    assert labels == set(page.xpath("//form//input/@id | //form//select/@id"))
    assert page.one("//form/@role") == "search"


def test_without_javascript_the_indexes_are_offered(project: Project, indexes: object) -> None:
    page = project.built(SAMPLE, search=True).page("search/")
    assert "needs JavaScript" in page.one("//noscript").text_content()
    links = page.xpath("//main//section[@class='indexes']//a/@href")
    assert links[:6] == [f"../{name}/" for name in "tags authorities countries organisations articles archive".split()]
    assert "../tags/fine/" in links


def test_other_pages_link_to_it(project: Project, indexes: object) -> None:
    page = project.built(SAMPLE, search=True).page("tags/")
    assert page.xpath("//header//nav//a/text()")[-2:] == ["Search", "Feeds"]


def test_its_policy_lets_the_index_run(project: Project, indexes: object) -> None:
    policy = project.built(SAMPLE, search=True).page("search/").meta("Content-Security-Policy")
    assert policy is not None
    assert re.search("script-src [^;]*'self' 'wasm-unsafe-eval'", policy)
    assert "unsafe-inline" not in policy


def test_fines_in_one_currency_are_simply_put_in_order(project: Project, indexes: object) -> None:
    assert sorts(project, {"content/a.md": note(fine="1 EUR")})["fine"] == "Highest fine"


def test_without_rates_the_order_by_fine_says_what_it_compares(project: Project, indexes: object) -> None:
    files = {"content/a.md": note(fine="1 EUR"), "content/b.md": note(fine=["1 EUR", "9 GBP"])}
    assert sorts(project, files)["fine"] == "Highest fine, by currency"
    assert not project.page("search/").classed("rates")


def test_without_any_fine_there_is_no_order_by_fine(project: Project, indexes: object) -> None:
    assert list(sorts(project, {"content/a.md": note()})) == ["", "date", "oldest"]


def test_rates_are_named_with_date_and_source_and_what_they_lack(project: Project, indexes: object) -> None:
    files = {"digest.toml": settings(RATES), "content/a.md": note(fine=["1 EUR", "9 GBP", "5 JPY"])}
    assert sorts(project, files)["fine"] == "Highest fine"
    (remark,) = project.page("search/").classed("rates")
    assert "30 April 2024 (Rates & more), which have none for JPY" in remark.text_content()
    assert remark.xpath(".//a/@href") == ["https://rates.example/"]


def test_no_search_leaves_no_trace(project: Project, indexes: list[object]) -> None:
    project.built(SAMPLE, search=True)
    assert project.build(search=False).removed == len({"search/index.html", "pagefind/pagefind.js"})
    assert not [path for path in project.published() if path.startswith(("search/", "pagefind/"))]
    assert all("search/" not in page.text for page in project.pages().values())
    assert len(indexes) == 1


def test_the_index_can_be_left_for_later(project: Project, indexes: list[object]) -> None:
    project.built(SAMPLE, search=True, part="pages")
    assert "search/index.html" in project.published()
    assert project.page("").xpath("//nav//a[.='Search']")
    assert indexes == []
    project.build(search=True)
    index = project.read("pagefind/pagefind.js")
    project.built({"content/more.md": note(title="More")}, search=True, part="pages")
    assert (len(indexes), project.read("pagefind/pagefind.js")) == (1, index)
    project.build(search=True)
    assert len(indexes) == 2
    assert project.read("pagefind/pagefind.js") != index


def test_without_notes_there_is_nothing_to_search(project: Project, indexes: list[object]) -> None:
    page = project.built({}, search=True).page("search/")
    assert not page.xpath("//form")
    assert indexes == []


NOTE = {"title": "One", "fine": "5 EUR", "tags": ["a"], "links": ["https://www.cnil.fr/a"]}
START = {"content/a.md": note("- Text.\n", **NOTE), "content/b.md": note(date="2023-01-01")}


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({}, id="nothing"),
        pytest.param({"templates/assets/style.css": "p { color: red }"}, id="colours"),
        pytest.param({"templates/404.html": "Not here."}, id="a template"),
        pytest.param({"static/x.txt": "x"}, id="a static file"),
        pytest.param({"digest.toml": settings("[pages]\nper_page = 1\n")}, id="a setting of other pages"),
        pytest.param({"digest.toml": settings(title="Other")}, id="the site's title"),
        pytest.param({"digest.toml": settings('[tags.a]\ndescription = "What it is."\n')}, id="a tag's description"),
        pytest.param({"digest.toml": settings(base_url="https://other.example/x/")}, id="the site's address"),
    ],
)
def test_what_is_not_indexed_does_not_make_the_index_anew(
    project: Project, indexes: list[object], files: Files
) -> None:
    project.built(START, search=True)
    reasons = dict(project.write(files).build(search=True).reasons)
    assert "pagefind" not in reasons
    assert len(indexes) == 1


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"content/a.md": note("- Other text.\n", **NOTE)}, id="a text"),
        pytest.param({"content/a.md": note("- Text.\n", **{**NOTE, "fine": "6 EUR"})}, id="a fine"),
        pytest.param({"content/b.md": None}, id="a note less"),
        pytest.param({"content/c.md": note(title="New")}, id="a note more"),
        pytest.param({"digest.toml": settings('[tags.a]\nlabel = "B"\n')}, id="a tag's label"),
        pytest.param({"digest.toml": settings('[authorities.cnil]\nshort = "C"\n')}, id="an authority's name"),
        pytest.param({"digest.toml": settings(language="de")}, id="the site's language"),
    ],
)
def test_what_is_indexed_makes_the_index_anew(project: Project, indexes: list[object], files: Files) -> None:
    project.built(START, search=True)
    assert dict(project.write(files).build(search=True).reasons)["pagefind"] == "its inputs changed"
    assert len(indexes) == 2


def test_rates_make_the_index_anew(project: Project, indexes: list[object]) -> None:
    files = {"content/a.md": note(fine="5 EUR"), "content/b.md": note(date="2023-01-01", fine="4 GBP")}
    project.built(files, search=True).built({"digest.toml": settings(RATES)}, search=True)
    assert len(indexes) == 2


def test_another_version_of_pagefind_makes_the_index_anew(
    project: Project, indexes: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    project.built(START, search=True)
    monkeypatch.setattr(pagefind, "version", lambda: "99")
    project.build(search=True)
    assert len(indexes) == 2


def test_what_stands_in_the_folder_of_the_index_is_told(project: Project, indexes: list[object]) -> None:
    (problem,) = project.problems({**SAMPLE, "static/pagefind/mine.js": "x"}, search=True)
    assert problem.code == "same-address"
    assert "the search index" in problem.message


def test_foreign_files_in_the_way_of_the_index_are_refused(project: Project, indexes: list[object]) -> None:
    (project.site / "pagefind").mkdir(parents=True)
    (project.site / "pagefind/pagefind.js").write_text("mine")
    project.problems(SAMPLE, OutputRefused, search=True)


def test_when_pagefind_fails_nothing_is_published(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pagefind_bin.get_executable", lambda: "/nowhere/pagefind")
    project.problems({"digest.toml": settings(TAGS), "content/a.md": note()}, SearchFailed, search=True)
    assert project.published() == set()
    project.build()
    assert "2024/09/30/a/index.html" in project.published()


def test_a_whole_site_with_its_index_is_built_once(project: Project) -> None:
    report = project.write(SAMPLE).build(search=True)
    assert dict(report.reasons)["pagefind"] == "new"
    assert "pagefind/pagefind.js" in project.published()
    again = project.build(search=True)
    assert (again.written, again.removed, again.reasons) == (0, 0, ())
