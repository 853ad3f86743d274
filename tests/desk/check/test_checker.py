"""`digest check` says all that a build would, and more, and publishes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from compliance_digest.build import build
from compliance_digest.desk.check.checker import check, mended_notes
from compliance_digest.desk.check.mending import write
from compliance_digest.problems import DigestError, SettingsInvalid
from compliance_digest.report import BuildOptions
from tests.projects import note, settings

if TYPE_CHECKING:
    from tests.projects import Files, Project

QUIET = settings("[check]\nuntagged-text = false\nfuture-date = false\nsame-source = false\n")
FUTURE = "2999-01-01"

WRONG: dict[str, Files] = {
    "date": {"content/a.md": note(date="30/9/24")},
    "unknown field": {"content/a.md": note(mood="good")},
    "no source": {"content/a.md": note(links=None)},
    "wikilink to nothing": {"content/a.md": note("[[nothing]]\n")},
    "wikilink to a draft": {"content/a.md": note("[[b]]\n"), "content/b.md": note(draft=True)},
    "wikilink to a future note": {"content/a.md": note("[[b]]\n"), "content/b.md": note(date=FUTURE)},
    "same address": {"content/a.md": note(slug="x"), "content/b.md": note(slug="x", id="y")},
    "same id": {"content/a.md": note(), "content/b/a.md": note(slug="x")},
    "broken link": {"content/a.md": note("[a](/nothing/)\n")},
    "missing file": {"content/a.md": note("[a](nothing.pdf)\n")},
    "update in the future": {"content/a.md": note(updates=[{"date": FUTURE, "note": "Later."}])},
    "unknown setting": {"digest.toml": f"{QUIET}[sites]\n"},
    "a template's syntax": {"content/a.md": note(), "templates/front.html": "{% if %}"},
    "a file's name in static": {"content/a.md": note(), "static/a\\b": ""},
    "not UTF-8": {"content/a.md": b"\xff"},
}


def built(project: Project) -> list[str]:
    """Return the problems of a build."""
    try:
        problems = list(build(project.folder, BuildOptions(jobs=1, search=False)).problems)
    except DigestError as error:
        problems = error.problems
    return [str(problem) for problem in problems]


def checked(project: Project) -> list[str]:
    return [str(problem) for problem in check(project.folder, jobs=1).problems]


@pytest.mark.parametrize("case", WRONG)
def test_what_a_build_refuses_or_warns_about_is_told(project: Project, case: str) -> None:
    project.write({"digest.toml": QUIET, **WRONG[case]})
    told = checked(project)
    assert told
    assert told == built(project)


def test_nothing_is_published(project: Project) -> None:
    project.write({"content/a.md": note()})
    check(project.folder, jobs=1)
    assert not project.site.exists()
    project.build()
    before = project.files()
    project.write({"content/b.md": note()})
    check(project.folder, jobs=1)
    assert project.files() == before


@pytest.mark.parametrize("fields", [{"draft": True}, {"date": FUTURE}], ids=["draft", "future"])
def test_notes_that_are_not_published_yet_are_checked_too(project: Project, fields: dict[str, object]) -> None:
    files = {"content/a.md": note(slug="x", **fields), "content/b.md": note(slug="x", **fields)}  # type: ignore[arg-type]
    project.write({"digest.toml": QUIET, **files})
    (told,) = checked(project)
    assert told.endswith("give one of them another name or slug [same-address]")
    assert built(project) == []


def test_drafts_may_link_to_each_other(project: Project) -> None:
    drafts = {"content/a.md": note("[[b]]\n", draft=True), "content/b.md": note("[[a]]\n", draft=True)}
    assert checked(project.write({"digest.toml": QUIET, **drafts})) == []


def test_all_that_is_wrong_is_told_at_once(project: Project) -> None:
    project.write({"content/a.md": note(date="x"), "content/b.md": note(), "templates/a.html": "{{", "static/a\\b": ""})
    codes = {problem.code for problem in check(project.folder, jobs=1).problems}
    assert codes == {"bad-date", "bad-name", "bad-template", "untagged-text"}


def test_settings_that_are_wrong(project: Project) -> None:
    project.write({"digest.toml": settings("[check]\nlong-title = 'no'\n")})
    with pytest.raises(SettingsInvalid) as caught:
        check(project.folder)
    assert "check.long-title: expected true or false, found 'no'" in str(caught.value.problems[0])


def test_the_next_build_finds_all_notes_read(project: Project) -> None:
    project.write({"content/a.md": note(), "content/b.md": note(draft=True)})
    check(project.folder, jobs=1)
    assert not check(project.folder, jobs=1).remarks
    assert project.build().notes == 1


MIXED = """---
date: 2024-01-01
tags: [Health-Data, consent, "#Cookies"]
title: T
links: [https://a.example/]
---
Text. #Health-Data
"""


def test_tags_get_the_spelling_of_the_settings(project: Project) -> None:
    project.write({"digest.toml": settings('[tags.health_data]\n[tags."COOKIES"]\n'), "content/a.md": MIXED})
    found = check(project.folder, jobs=1)
    (mended,), problems = mended_notes(project.folder, found)
    assert problems == []
    assert mended.after.decode() == (
        '---\ntitle: T\ndate: 2024-01-01\ntags: [health_data, consent, "#COOKIES"]\nlinks: [https://a.example/]\n'
        "---\nText. #Health-Data\n"
    )
    assert mended.diff() == [
        "--- content/a.md",
        "+++ content/a.md",
        "@@ -1,6 +1,6 @@",
        " ---",
        "+title: T",
        " date: 2024-01-01",
        '-tags: [Health-Data, consent, "#Cookies"]',
        "-title: T",
        '+tags: [health_data, consent, "#COOKIES"]',
        " links: [https://a.example/]",
        " ---",
    ]


def test_tags_with_commas_between_them(project: Project) -> None:
    text = note(links=None, tags="Health-Data, other,health data")
    project.write({"digest.toml": settings("[tags.health_data]"), "content/a.md": text})
    (mended,), _ = mended_notes(project.folder, check(project.folder, jobs=1))
    assert mended.after.decode() == text.replace("Health-Data, other,health data", "health_data, other,health_data")


def test_notes_in_order_are_not_mendable(project: Project) -> None:
    project.write({"digest.toml": settings("[tags.health_data]"), "content/a.md": note("#Health-Data\n")})
    assert check(project.folder, jobs=1).mendable == ()


def test_a_note_that_changed_meanwhile_is_left_alone(project: Project) -> None:
    project.write({"content/a.md": MIXED})
    found = check(project.folder, jobs=1)
    (mended,), _ = mended_notes(project.folder, found)
    project.write({"content/a.md": MIXED + "More.\n"})
    nothing, (problem,) = mended_notes(project.folder, found)
    assert (nothing, problem.hint) == ([], "check it again")
    assert not write(project.folder, mended)
    assert (project.folder / "content/a.md").read_text() == MIXED + "More.\n"


def test_writing_keeps_links_and_permissions(project: Project) -> None:
    project.write({"content/a.md": MIXED})
    real, link = project.folder / "content/a.md", project.folder / "content/b/c.md"
    real.chmod(0o640)
    link.parent.mkdir()
    link.symlink_to("../a.md")
    project.write({"digest.toml": settings()})
    mended = [each for each in mended_notes(project.folder, check(project.folder, jobs=1))[0] if "b/c" in each.file]
    assert [write(project.folder, each) for each in mended] == [True]
    assert link.is_symlink()
    assert real.read_bytes() == mended[0].after
    assert real.stat().st_mode & 0o777 == 0o640
    assert sorted(each.name for each in real.parent.iterdir()) == ["a.md", "b"]


def test_a_rules_switch_makes_no_page_anew(project: Project) -> None:
    project.write({"content/a.md": note()}).build()
    project.write({"digest.toml": settings("[check]\nlong-title = false\n")})
    report = project.build()
    assert (report.written, report.reasons) == (0, ())
