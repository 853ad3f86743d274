from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.projects import note

if TYPE_CHECKING:
    from tests.projects import Project

TWIN = {"slug": "x", "date": "2024-01-02"}


@pytest.mark.parametrize(
    ("files", "things", "address"),
    [
        pytest.param(
            {"content/a.md": note(title="One", **TWIN), "content/b.md": note(title="Two", **TWIN)},
            {"content/a.md:5": "the note 'One'", "content/b.md:5": "the note 'Two'"},
            "/2024/01/02/x/",
            id="notes",
        ),
        pytest.param(
            {"content/a.md": note(tags=["café"]), "content/b.md": note(tags=["cafe"])},
            {"content/a.md:5": "the tag 'café'", "content/b.md:5": "the tag 'cafe'"},
            "/tags/cafe/",
            id="tags",
        ),
        pytest.param(
            {"content/a.md": note("Text. #café\n", tags=["cafe"])},
            {"content/a.md:7": "the tag 'café'", "content/a.md:5": "the tag 'cafe'"},
            "/tags/cafe/",
            id="a tag and a hashtag",
        ),
        pytest.param(
            {"content/a.md": note(organisation="Café SA"), "content/b.md": note(organisation="Cafe-SA")},
            {"content/a.md:5": "the organisation 'Café SA'", "content/b.md:5": "the organisation 'Cafe-SA'"},
            "/organisations/cafe-sa/",
            id="organisations",
        ),
        pytest.param(
            {"content/a.md": note(authority="Café"), "content/b.md": note(authority="Cafe")},
            {"content/a.md:5": "the authority 'Café'", "content/b.md:5": "the authority 'Cafe'"},
            "/authorities/cafe/",
            id="authorities",
        ),
        pytest.param(
            {"content/a.md": note(articles=["GDPR 5(1)"]), "content/b.md": note(articles=["GDPR 5.1"])},
            {"content/a.md:5": "the article 'GDPR 5(1)'", "content/b.md:5": "the article 'GDPR 5.1'"},
            "/articles/gdpr-5-1/",
            id="articles",
        ),
        pytest.param(
            {"static/tags/index.html": "x"},
            {"static/tags/index.html:1": "static/tags/index.html", "digest.toml:1": "the index of tags"},
            "/tags/",
            id="a static file and a page",
        ),
        pytest.param(
            {"static/assets/style.css": "x"},
            {"static/assets/style.css:1": "static/assets/style.css", "templates/assets/style.css:1": "the theme's"},
            "/assets/style.css",
            id="a static file and one of the theme's",
        ),
        pytest.param(
            {"static/Robots.TXT": "x"},
            {"static/Robots.TXT:1": "static/Robots.TXT", "digest.toml:1": "the file robots.txt"},
            "/robots.txt",
            id="names that differ in case only",
        ),
        pytest.param(
            {"static/Archive": "x"},
            {"static/Archive:1": "static/Archive", "digest.toml:1": "the archive"},
            "/archive/",
            id="a file and a folder",
        ),
        pytest.param(
            {"content/a.md": note(aliases=["/feed.xml"])},
            {"content/a.md:5": "the alias 'feed.xml' of the note 'A note'", "digest.toml:1": "the feed of all actions"},
            "/feed.xml/",
            id="an alias and a feed",
        ),
        pytest.param(
            {"content/a.md": note(title="One", aliases=["/b/"]), "content/b.md": note(title="Two", aliases=["b"])},
            {"content/a.md:5": "the alias 'b/' of the note 'One'", "content/b.md:5": "the alias 'b' of the note 'Two'"},
            "/b/",
            id="aliases",
        ),
        pytest.param(
            {"content/a.md": note(title="One", aliases=["/2024/09/30/b/"]), "content/b.md": note(title="Two")},
            {"content/a.md:5": "the alias '2024/09/30/b/' of the note 'One'", "content/b.md:2": "the note 'Two'"},
            "/2024/09/30/b/",
            id="an alias and a note",
        ),
        pytest.param(
            {
                "content/n/a.md": note("[a](../x/d.pdf)\n[b](../y/d.pdf)\n"),
                "content/x/d.pdf": "1",
                "content/y/d.pdf": "2",
            },
            {"content/n/a.md:6": "x/d.pdf, beside the note 'A note'", "content/n/a.md:7": "y/d.pdf, beside the note"},
            "/2024/09/30/a/d.pdf",
            id="attachments",
        ),
        pytest.param(
            {"content/a.md": note("[a](d.pdf)\n[b](D.pdf)\n"), "content/d.pdf": "1", "content/D.pdf": "2"},
            {"content/a.md:6": "d.pdf, beside the note 'A note'", "content/a.md:7": "D.pdf, beside the note 'A note'"},
            "/2024/09/30/a/d.pdf",
            id="attachments that differ in case only",
        ),
        pytest.param(
            {"content/a.md": note("[a](d.pdf)\n"), "content/d.pdf": "1", "static/2024/09/30/a/d.pdf": "2"},
            {
                "content/a.md:6": "d.pdf, beside the note 'A note'",
                "static/2024/09/30/a/d.pdf:1": "static/2024/09/30/a/",
            },
            "/2024/09/30/a/d.pdf",
            id="an attachment and a static file",
        ),
    ],
)
def test_two_things_for_one_address(
    project: Project, files: dict[str, str], things: dict[str, str], address: str
) -> None:
    """Both are named with their places, and they are told once."""
    (problem,) = project.problems({"content/sound.md": note(tags=["sound"]), **files})
    assert (problem.severity, problem.code) == ("error", "same-address")
    assert f" would have the same address, {address}".casefold() in problem.message.casefold()
    assert all(name in problem.message for name in things.values())
    (other,) = things.keys() - {f"{problem.file}:{problem.line}"}
    assert f"({other})" in problem.message


def test_three_things_for_one_address(project: Project) -> None:
    files = {f"content/{name}.md": note(title=name, **TWIN) for name in ("one", "two", "three")}
    assert len(project.problems(files)) == 2


LONG = "x" * 300


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(note(tags=[LONG]), id="tag"),
        pytest.param(note(f"#{LONG} text\n", links=None), id="hashtag"),
        pytest.param(note(organisation=LONG), id="organisation"),
        pytest.param(note(authority=LONG), id="authority"),
        pytest.param(note(articles=[LONG]), id="article"),
        pytest.param(note(slug=LONG), id="slug"),
        pytest.param(note(aliases=[f"/{LONG}/"]), id="alias"),
        pytest.param(note(aliases=["/x" * 3000]), id="long path"),
    ],
)
def test_an_address_that_is_too_long_for_a_file(project: Project, text: str) -> None:
    """It is told before anything is published: no build could complete or undo that."""
    errors = [each for each in project.problems({"content/a.md": text}) if each.severity == "error"]
    assert {(problem.file, problem.line) for problem in errors} == {("content/a.md", 5)}


def test_an_address_that_is_nearly_too_long(project: Project) -> None:
    name = "x" * 150
    project.built({"content/a.md": note(tags=[name], slug=name, organisation=name, aliases=[f"/{name}/{name}/"])})


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"content/a.md": note(slug="x"), "content/b.md": note(slug="x", date="2024-01-02")}, id="days"),
        pytest.param({"content/a.md": note(tags=["page", "feed"], organisation="page")}, id="names of the site's own"),
        pytest.param({"content/a.md": note(date="2024-12-01", slug="page")}, id="a slug of the site's own"),
        pytest.param(
            {"content/a.md": note("[a](d.pdf) [b](d.pdf#page=2)\n"), "content/d.pdf": "1"}, id="one file linked twice"
        ),
        pytest.param({"content/a.md": note("[a](d.pdf) [b](./d.pdf)\n"), "content/d.pdf": "1"}, id="written otherwise"),
        pytest.param({"static/assets/more.css": "x"}, id="beside the theme's files"),
    ],
)
def test_no_collision(project: Project, files: dict[str, str]) -> None:
    project.built(files)


@pytest.mark.parametrize(
    "link",
    [
        "/", "/tags/fine/", "/tags/fine", "/feed.xml", "/2024/09/30/a/#p-1", "/imprint.html", "/archive/?x=1", "/old/",
        "/gr%C3%B6%C3%9Fe.txt",
    ],
)  # fmt: skip
def test_a_link_inside_the_site(project: Project, link: str) -> None:
    files = {"static/imprint.html": "x", "static/größe.txt": "x"}
    project.built({"content/a.md": note(f"See [it]({link}). #fine\n", aliases=["/old/"]), **files})
    assert f'href="../../../../{link[1:]}"' in project.read("2024/09/30/a/index.html")


@pytest.mark.parametrize("link", ["/tags/nothing/", "/nothing", "/2024/09/30/draft/", "/Tags/fine/", "/tags/fine/feed"])
def test_a_link_to_a_page_that_is_not_there(project: Project, link: str) -> None:
    files = {"content/a.md": note(f"Text. #fine\n\nSee [it]({link}).\n"), "content/draft.md": note(draft=True)}
    (problem,) = project.problems(files)
    assert str(problem) == (
        f"content/a.md:8: error: '{link}' is not a page of this site; "
        "addresses of other sites start with https:// [broken-link]"
    )


def test_everything_that_is_wrong_is_told_at_once(project: Project) -> None:
    files: dict[str, Any] = {
        "content/a.md": note("[[Nothing]] and [it](/nothing/).\n", authority="Datatilsynet", slug="x"),
        "content/b.md": note(slug="x"),
        "content/c.md": note(date="yesterday"),
    }
    codes = {problem.code for problem in project.problems(files)}
    assert codes == {"broken-wikilink", "broken-link", "ambiguous-authority", "same-address", "bad-date"}
