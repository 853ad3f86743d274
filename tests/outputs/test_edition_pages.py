from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from compliance_digest.outputs.edition_pages import ACTIONS_ON_PAGE
from tests.projects import note, settings, words

if TYPE_CHECKING:
    from tests.projects import Project

NOTES = {
    "content/a.md": note("- Text of a. #x\n- More.\n", title="Note a", date="2024-09-30", fine="1000 EUR"),
    "content/b.md": note("- Text of b. #x\n", title="Note b", date="2024-10-06", summary="What b is about."),
    "content/c.md": note("- Text of c.\n", title="Note c", date="2024-10-07"),
    "content/d.md": note(title="Note d", date="2023-12-31"),
}


def test_an_edition_is_a_week_from_monday_to_sunday(project: Project) -> None:
    page = project.built(NOTES).page("editions/2024-W40/")
    assert words(page.one("//h1")) == "30 September – 6 October 2024"
    assert page.texts("kind") == ["Week 40, 2024"]
    assert page.entries == ["Note b", "Note a"]


def test_or_a_month(project: Project) -> None:
    more = '[editions]\nperiod = "month"\n'
    page = project.built({**NOTES, "digest.toml": settings(more)}).page("editions/2024-10/")
    assert words(page.one("//h1")) == "October 2024"
    assert [words(each) for each in page.xpath("//article/h2")] == ["Note c", "Note b"]


def test_or_there_are_none_and_nothing_leads_there(project: Project) -> None:
    project.built({**NOTES, "digest.toml": settings('[editions]\nperiod = "none"\n')})
    assert not [path for path in project.published() if path.startswith("editions")]
    assert not [address for address, page in project.pages().items() if "editions/" in page.text]


def test_an_action_is_told_by_its_passages_and_by_the_summary_that_an_editor_wrote(project: Project) -> None:
    page = project.built(NOTES).page("editions/2024-W40/")
    first, second = page.xpath("//article")
    assert [words(each) for each in first.find_class("quote")] == ["Text of b."]
    assert [words(each) for each in first.find_class("p-summary")] == ["What b is about."]
    assert [words(each) for each in second.find_class("quote")] == ["Text of a."]
    assert not second.find_class("p-summary")
    (third,) = project.page("editions/2024-W41/").xpath("//article")
    assert [words(each) for each in third.find_class("p-summary")] == ["Text of c."]


def test_editions_know_the_one_before_and_the_one_after(project: Project) -> None:
    page = project.built(NOTES).page("editions/2024-W40/")
    assert page.one("//a[@rel='prev']/@href") == "../../editions/2023-W52/"
    assert page.one("//a[@rel='next']/@href") == "../../editions/2024-W41/"


def test_all_editions_stand_in_one_list_by_year(project: Project) -> None:
    page = project.built(NOTES).page("editions/")
    assert [words(each) for each in page.xpath("//main//h2")] == ["2024", "2023"]
    assert [words(each) for each in page.xpath("//main//li")] == [
        "7–13 October 2024 Week 41, 2024 1",
        "30 September – 6 October 2024 Week 40, 2024 2",
        "25–31 December 2023 Week 52, 2023 1",
    ]


def test_the_front_page_has_the_latest(project: Project) -> None:
    page = project.built(NOTES).page("")
    assert "editions/2024-W41/" in [link.removeprefix("./") for link in page.xpath("//main//a/@href")]


@pytest.mark.parametrize(("count", "words_each"), [(ACTIONS_ON_PAGE + 1, 1), (12, 1500)], ids=["many", "long"])
def test_a_full_edition_has_several_pages(project: Project, count: int, words_each: int) -> None:
    text = f"- {'Some words. ' * words_each} #x\n"
    page = project.built({f"content/{n}.md": note(text, title=f"Note {n}") for n in range(count)}).page
    first, second = page("editions/2024-W40/"), page("editions/2024-W40/page/2/")
    assert len(first.text) < 150_000
    assert len(first.xpath("//article")) < count
    assert second.xpath("//article")
