from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from compliance_digest.desk.names import LONGEST
from compliance_digest.desk.new import new_note
from compliance_digest.notes import front_matter
from compliance_digest.problems import SettingsInvalid
from tests.projects import settings

if TYPE_CHECKING:
    from tests.projects import Project

LINK = "https://www.cnil.fr/en/acme"
DAY = {"date": "2024-09-30"}


def text(project: Project, asked: dict[str, Any], *, hints: bool = False) -> str:
    return new_note(project.folder, {"title": "T", **DAY, **asked}, hints=hints).file.read_text("utf-8")


def test_a_note_with_everything_is_written_in_the_documented_order_and_builds(project: Project) -> None:
    asked = {
        "title": "CNIL fines ACME: €5 & more",
        "date": "2024-09-30",
        "draft": False,
        "summary": "One. Two.",
        "fine": ["€800,000"],
        "tags": ["fine", "Personal Data"],
        "links": [LINK, "https://example.org/"],
        "organisation": ["ACME"],
        "articles": ["GDPR 5(1)(e)"],
        "outcome": "fine",
        "status": "final",
        "case": "SAN-2024-013",
        "sector": "health",
        "lang": "fr",
    }
    made = new_note(project.folder, asked)
    assert made.file == project.folder / "content/2024-09-30-cnil-fines-acme-eur5-more.md"
    assert made.file.read_text("utf-8") == (
        "---\n"
        "title: 'CNIL fines ACME: €5 & more'\n"
        "date: 2024-09-30\n"
        "tags:\n  - fine\n  - Personal Data\n"
        f"links:\n  - {LINK}\n  - https://example.org/\n"
        "authority: cnil\n"
        "country: FR\n"
        "organisation: ACME\n"
        "fine: 800000 EUR\n"
        "outcome: fine\n"
        "articles:\n  - GDPR 5(1)(e)\n"
        "status: final\n"
        "case: SAN-2024-013\n"
        "sector: health\n"
        "summary: One. Two.\n"
        "lang: fr\n"
        "---\n\n"
    )
    assert project.build(strict=True).notes == 1


def test_comments_tell_of_what_is_not_filled_in_and_are_no_fields(project: Project) -> None:
    whole = text(project, {"links": [LINK], "tags": ["fine"]}, hints=True)
    comments = [line for line in whole.splitlines() if line.startswith("#")]
    assert "#   fine          An amount and an ISO 4217 currency, or a list of these, such as 800000 EUR" in comments
    assert "#   status        What became of it: final, appealed, reduced, annulled" in comments
    assert not any(line.startswith(("#   tags", "#   country")) for line in comments)
    assert set(front_matter.split(whole).values) == {"title", "date", "tags", "links", "authority", "country"}
    assert project.build(strict=True).notes == 1


def test_a_date_is_today_in_the_sites_time_zone(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1727740799")  # 30 September 2024, a second before midnight in UTC
    project.write({"digest.toml": settings(timezone="Europe/Paris")})
    assert new_note(project.folder, {"title": "T"}).file.name == "2024-10-01-t.md"


def test_a_time_is_of_the_day_that_it_is_of_in_the_sites_time_zone(project: Project) -> None:
    project.write({"digest.toml": settings(timezone="Europe/Paris")})
    made = new_note(project.folder, {"title": "T", "date": "2024-09-30T22:30:00Z", "links": [LINK]})
    assert made.file.name == "2024-10-01-t.md"
    assert project.build(strict=True).written
    assert (project.site / "2024/10/01/t/index.html").is_file()


KNOWN: dict[str, tuple[dict[str, Any], tuple[str | None, str | None]]] = {
    "by the link's site": ({"links": [LINK]}, ("cnil", "FR")),
    "by the first link": ({"links": ["https://news.example/", LINK]}, (None, None)),
    "country asked for": ({"links": [LINK], "country": "be"}, ("cnil", "BE")),
    "authority asked for": ({"links": [LINK], "authority": "imy"}, ("imy", "SE")),
    "authority by name": ({"authority": "CNPD", "country": "LU"}, ("CNPD", "LU")),
    "a court": ({"authority": "Tribunal judiciaire de Paris"}, ("Tribunal judiciaire de Paris", None)),
}


@pytest.mark.parametrize(("asked", "expected"), KNOWN.values(), ids=KNOWN.keys())
def test_authority_and_country(project: Project, asked: dict[str, Any], expected: tuple[str, str]) -> None:
    made = new_note(project.folder, {"title": "T", **asked})
    assert (made.fields.authority, made.fields.country) == expected
    assert not made.problems


def test_the_projects_own_authorities_are_known(project: Project) -> None:
    own = '[authorities.my-dpa]\nshort = "MDPA"\ncountry = "FR"\ndomains = ["dpa.example"]'
    project.write({"digest.toml": settings(own)})
    made = new_note(project.folder, {"title": "T", "links": ["https://www.dpa.example/x"]})
    assert (made.fields.authority, made.fields.country) == ("my-dpa", "FR")
    assert made.remarks == (
        f"date {made.fields.date}, which is today; correct it if the action is older",
        "authority my-dpa, since dpa.example is the site of MDPA",
        "country FR, the authority's",
    )


def test_a_name_that_is_nearly_an_authoritys_is_told_of(project: Project) -> None:
    (problem,) = new_note(project.folder, {"title": "T", "authority": "cnli"}).problems
    assert (problem.severity, problem.code, problem.hint) == ("warning", "unfamiliar-authority", "did you mean 'cnil'?")


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "no title": ({}, "TITLE: error: a note needs a title"),
    "empty title": ({"title": " "}, "TITLE: error: expected text, found none"),
    "title without letters": ({"title": "⚖️"}, "TITLE: error: .* give one with --slug"),
    "date": ({"title": "T", "date": "30/9/24"}, "--date: error: expected an ISO date"),
    "link": ({"title": "T", "links": [LINK, "x.org"]}, "--link: error: .* did you mean 'https://x.org'\\?"),
    "outcome": ({"title": "T", "outcome": "reprimant"}, "--outcome: error: .* did you mean 'reprimand'\\?"),
    "slug": ({"title": "T", "slug": "../x"}, "--slug: error: .* write it as x"),
    "not UTF-8": ({"title": "T", "tags": ["soci\udce9t\udce9"]}, "--tag: error: what is given here is not UTF-8"),
    "several authorities": (
        {"title": "T", "authority": "CNPD"},
        "--authority: error: several .* cnpd-cv, cnpd-lu, cnpd-pt",
    ),
}


@pytest.mark.parametrize(("asked", "told"), WRONG.values(), ids=WRONG.keys())
def test_what_is_wrong_is_told_by_the_option_and_nothing_is_made(
    project: Project, asked: dict[str, Any], told: str
) -> None:
    with pytest.raises(SettingsInvalid, match="no note was made") as caught:
        new_note(project.folder, asked)
    (problem,) = caught.value.problems
    assert re.match(told, str(problem))
    assert not list((project.folder / "content").iterdir())


def test_all_that_is_wrong_is_told_at_once(project: Project) -> None:
    with pytest.raises(SettingsInvalid) as caught:
        new_note(project.folder, {"title": "T", "date": "x", "fine": ["5", "€800.000"], "country": "Germany"})
    assert [problem.file for problem in caught.value.problems] == ["--country", "--date", "--fine", "--fine"]


@pytest.mark.parametrize("there", ["2024-09-30-t.md", "sub/2024-09-30-T.markdown"])
def test_a_note_of_that_name_is_never_overwritten(project: Project, there: str) -> None:
    project.write({f"content/{there}": "mine"})
    with pytest.raises(SettingsInvalid, match="no note was made") as caught:
        text(project, {})
    assert str(caught.value.problems[0]) == (
        f"content/{there}: error: a note of this name is there already; edit that, or choose another name with --slug "
        "[note-exists]"
    )
    assert project.folder.joinpath("content", there).read_text() == "mine"


def test_a_slug_names_the_file_and_so_the_address(project: Project) -> None:
    made = new_note(project.folder, {"title": "T", **DAY, "slug": "cnil-acme", "links": [LINK]})
    assert made.file.name == "2024-09-30-cnil-acme.md"
    assert "slug" not in front_matter.split(made.file.read_text("utf-8")).values
    project.build()
    assert (project.site / "2024/09/30/cnil-acme/index.html").is_file()


@pytest.mark.parametrize("title", ["word " * 60, "w" * 300])
def test_long_titles_make_names_that_end_with_a_word(project: Project, title: str) -> None:
    name = new_note(project.folder, {"title": title, **DAY}).file.stem.removeprefix("2024-09-30-")
    assert len(name) <= LONGEST
    assert set(name.split("-")) <= {"word", "w" * LONGEST}
