"""What `digest check` finds doubtful."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from compliance_digest.desk.check.checker import check
from compliance_digest.desk.check.links import CODES
from compliance_digest.desk.check.rules import RULES
from compliance_digest.settings import Check
from tests.projects import note, settings

if TYPE_CHECKING:
    from tests.projects import Project

TAGGED = "- Text.  #consent\n"


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1735689600")  # 2025-01-01


def found(project: Project, files: dict[str, str], *codes: str) -> list[str]:
    """Return what rules with these codes find in a project with these files; all other rules are off."""
    off = "\n".join(f"{code} = false" for code in RULES if code not in codes)
    more = files.pop("digest.toml", "")
    project.write({"digest.toml": settings(f"[check]\n{off}\n{more}"), **files})
    return [str(problem) for problem in check(project.folder, jobs=1).problems]


def test_every_rule_has_a_switch_and_every_switch_a_rule() -> None:
    assert [field.alias for field in Check.model_fields.values()] == [*RULES, *CODES]


def test_a_good_note_is_good(project: Project) -> None:
    assert found(project, {"content/a.md": note(TAGGED)}, *RULES) == []


FINES: dict[str, tuple[dict[str, Any], str]] = {
    "nothing to suggest": (
        {},
        "add it, such as 'fine: 800000 EUR'; where the source gives none, take the tag out",
    ),
    "title": (
        {"title": "A fine of €50 million"},
        "the title has '€50 million': if that is the fine, write 'fine: 50000000 EUR'",
    ),
    "address": (
        {"links": ["https://www.cnil.fr/en/fined-eu800000"]},
        "the link has 'eu800000': if that is the fine, write 'fine: 800000 EUR'",
    ),
    "link's title": (
        {"links": [{"url": "https://a.example/", "title": "Fined £5m"}]},
        "a link's title has '£5m': if that is the fine, write 'fine: 5000000 GBP'",
    ),
    "several": (
        {"title": "Fines of €2 million and €1,000", "links": ["https://a.example/2-million-euros"]},
        (
            "the title has '€2 million': if that is the fine, write 'fine: 2000000 EUR'; "
            "the title has '€1,000': if that is the fine, write 'fine: 1000 EUR'"
        ),
    ),
}


@pytest.mark.parametrize("case", FINES)
def test_a_fine_without_an_amount(project: Project, case: str) -> None:
    fields, hint = FINES[case]
    (told,) = found(project, {"content/a.md": note(TAGGED, tags=["refined", "fine"], **fields)}, "fine-without-amount")
    assert told.endswith(f"warning: the note is tagged 'fine' and says no amount; {hint} [fine-without-amount]")


def test_the_place_of_a_tag(project: Project) -> None:
    (told,) = found(project, {"content/a.md": note(tags=["refined", "fine"])}, "fine-without-amount")
    assert told.startswith("content/a.md:5:20: ")
    (told,) = found(project, {"content/a.md": note("Refined.\n\nText. #refine #fine\n")}, "fine-without-amount")
    assert told.startswith("content/a.md:8:15: ")


def test_a_fine_with_an_amount(project: Project) -> None:
    assert found(project, {"content/a.md": note(tags=["fine"], fine="800000 EUR")}, "fine-without-amount") == []


def test_a_date_in_the_future(project: Project) -> None:
    files = {"content/a.md": note(date="2025-01-02"), "content/b.md": note(date="2025-01-01")}
    (told,) = found(project, files, "future-date")
    assert told == (
        "content/a.md:3:7: warning: date: 2025-01-02 is in the future, and builds leave the note out until then; "
        "correct the date if it isn't meant [future-date]"
    )


def test_links_to_http(project: Project) -> None:
    links = ["https://a.example/", {"url": "http://b.example/", "archive": "http://c.example/"}]
    body = "One [link](http://d.example/?a&b=1).\n\nCode: `http://e.example/`, and http://d.example/?a&b=1 again.\n"
    told = found(project, {"content/a.md": note(body, links=links)}, "http-link")
    assert [each.partition(" is a link")[0] for each in told] == [
        "content/a.md:4:39: warning: http://b.example/",
        "content/a.md:4:71: warning: http://c.example/",
        "content/a.md:6:12: warning: http://d.example/?a&b=1",
    ]
    assert told[0].endswith("write https:// if the page is there too [http-link]")


def test_a_long_title(project: Project) -> None:
    files = {"content/a.md": note(title="é" * 121), "content/b.md": note(title="é" * 120)}
    (told,) = found(project, files, "long-title")
    assert told == (
        "content/a.md:2:8: warning: title: 121 characters are more than lists and search engines show of it; "
        "say it in 120, and the rest in summary [long-title]"
    )


def test_the_same_source_in_two_notes(project: Project) -> None:
    files = {
        "content/new.md": note(date="2024-02-01", links=["https://a.example/", "http://www.dpa.example/5/?utm_id=x"]),
        "content/old.md": note(date="2024-01-01", links=["https://dpa.example/5"]),
        "content/other.md": note(date="2024-03-01", links=["https://dpa.example/6"]),
    }
    (told,) = found(project, files, "same-source")
    assert told == (
        "content/new.md:4:31: warning: links: http://www.dpa.example/5/?utm_id=x is a source of content/old.md too; "
        "if both notes are about one action, keep one of them [same-source]"
    )


def test_similar_tags_are_told_where_the_rarer_one_stands(project: Project) -> None:
    files = {
        "content/a.md": note(tags=["cookies"]),
        "content/b.md": note("Text. #cookies\n"),
        "content/c.md": note("Text. #cookie\n"),
    }
    (told,) = found(project, files, "similar-tags")
    assert told == (
        "content/c.md:6:7: warning: the tags 'cookie' (1 note) and 'cookies' (2 notes) are nearly alike; "
        "write one of them everywhere; if they are two, give both a table in digest.toml: [tags.cookie] [similar-tags]"
    )


def test_of_similar_tags_the_declared_one_is_right(project: Project) -> None:
    files = {"content/a.md": note(tags=["cookies"]), "content/b.md": note(tags=["cookie"])}
    (told,) = found(project, {**files, "digest.toml": "[tags.cookie]"}, "similar-tags")
    assert told.startswith("content/a.md:5:9: warning: the tags 'cookies' (1 note) and 'cookie' (1 note)")
    assert found(project, {**files, "digest.toml": "[tags.cookie]\n[tags.Cookies]"}, "similar-tags") == []
    (told,) = found(project, {"digest.toml": "[tags.Cookies]", "content/a.md": note(tags=["cookie"])}, "similar-tags")
    assert "the tags 'cookie' (2 notes) and 'cookies' (0 notes) are nearly alike" in told


def test_an_unknown_authority_on_the_site_of_a_known_one(project: Project) -> None:
    links = ["https://www.cnil.fr/fr/decision"]
    files = {
        "content/a.md": note(authority="CNLI", links=links),
        "content/b.md": note(authority="CNIL", links=links),
        "content/c.md": note(authority="Council of State"),
        "content/d.md": note(links=links),
        "content/e.md": note(authority="EDPB", links=links),
    }
    (told,) = found(project, files, "unknown-authority")
    assert told.startswith(
        "content/a.md:5:12: warning: authority: 'CNLI' is not known, while cnil.fr is the site of CNIL; "
    )
    assert "write cnil, or give" in told


def test_an_authority_of_the_projects_own_is_known(project: Project) -> None:
    more = '[authorities.my-dpa]\nname = "My DPA"\ndomains = ["dpa.example"]'
    links = ["https://dpa.example/5"]
    files = {"digest.toml": more, "content/a.md": note(authority="My DPA", links=links)}
    assert found(project, files, "unknown-authority") == []
    files = {"digest.toml": more, "content/a.md": note(authority="Mine", links=links)}
    (told,) = found(project, files, "unknown-authority")
    assert "dpa.example is the site of my-dpa" in told


def test_a_text_without_tags(project: Project) -> None:
    files = {"content/a.md": note(tags=["consent"]), "content/b.md": note(TAGGED), "content/c.md": note("# #consent\n")}
    files["content/draft.md"] = note(draft=True)
    told = found(project, files, "untagged-text")
    assert [each.partition(" ")[0] for each in told] == ["content/a.md:1:", "content/c.md:1:"]
    assert "put one, such as #consent, at the end" in told[0]


def test_an_unused_tag(project: Project) -> None:
    more = '[tags.consent]\n[tags."Health Data"]\n[tags.cookies]\n'
    files = {"digest.toml": more, "content/a.md": note(TAGGED), "content/draft.md": note(draft=True, tags=["cookies"])}
    (told,) = found(project, files, "unused-tag")
    line = (project.folder / "digest.toml").read_text("utf-8").split("\n").index('[tags."Health Data"]') + 1
    assert told == (
        f"digest.toml:{line}:1: warning: tags.Health Data: no note has this tag; "
        "take the table out, or use the tag [unused-tag]"
    )


def test_a_rule_that_is_not_known(project: Project) -> None:
    project.write({"digest.toml": settings("[check]\nlong-titel = false\n")})
    (told,) = [str(problem) for problem in check(project.folder, jobs=1).problems]
    assert "check.long-titel: this setting is not known" in told
    assert "did you mean 'long-title'? [unknown-setting]" in told
