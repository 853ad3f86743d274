from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from compliance_digest.outputs.assets import files_in
from compliance_digest.problems import SettingsInvalid
from compliance_digest.program import built_in_templates, library_versions, program_fingerprint
from tests.projects import note, words

if TYPE_CHECKING:
    from tests.projects import Project

NOTE = note("- Text. #fine\n", authority="cnil", fine="1 EUR")


def test_a_projects_template_goes_before_the_built_in_one_and_the_others_stay(project: Project) -> None:
    own = '{% extends "base.html" %}{% block main %}<h1>Gone from {{ site.title }}</h1>{% endblock %}'
    project.built({"content/a.md": NOTE, "templates/404.html": own})
    page = project.page("404.html")
    assert words(page.one("//h1")) == "Gone from Digest"
    assert page.xpath("//nav")
    assert project.page("2024/09/30/a/").classed("h-entry")


def test_a_part_is_replaced_wherever_it_is_used(project: Project) -> None:
    part = "{% macro sources(sources) %}<p id=own>{{ sources[0].url }}</p>{% endmacro %}"
    project.built({"content/a.md": NOTE, "templates/parts/sources.html": part})
    assert project.page("2024/09/30/a/").xpath("//p[@id='own']/text()") == ["https://news.example/decision"]


def test_a_template_that_extends_the_others_is_used_by_all(project: Project) -> None:
    base = (built_in_templates() / "base.html").read_text("utf-8").replace("</body>", "<p id=own></p></body>")
    project.built({"content/a.md": NOTE, "templates/base.html": base})
    assert all(page.xpath("//p[@id='own']") for page in project.pages().values())


@pytest.mark.parametrize("link", ["{{ root }}tags/", "{{root}}tags/", "{{ root ~ 'tags/' }}", "{{- root -}}tags/"])
def test_links_of_a_template_of_ones_own(project: Project, link: str) -> None:
    template = f'<a href="{link}">{{{{ note.row.title }}}}</a>'
    project.built({"content/a.md": NOTE, "templates/note.html": template})
    assert project.read("2024/09/30/a/index.html") == '<a href="../../../../tags/">A note</a>'


def test_an_asset_is_replaced_file_by_file_and_others_are_added(project: Project) -> None:
    project.built({"templates/assets/style.css": "own", "templates/assets/fonts/a.woff2": b"\0own"})
    built_in = built_in_templates() / "assets"
    names = {file.relative_to(built_in).as_posix() for file in files_in(built_in)}
    assert {path.removeprefix("assets/") for path in project.published() if path.startswith("assets/")} == (
        names | {"fonts/a.woff2"}
    )
    published = project.files()
    assert published["assets/style.css"] == b"own"
    assert published["assets/fonts/a.woff2"] == b"\0own"
    assert published["assets/feed.css"] == (built_in / "feed.css").read_bytes()


def png(width: int, height: int) -> bytes:
    """Return the start of a PNG of this size."""
    return b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + width.to_bytes(4) + height.to_bytes(4) + b"\x08\3\0\0\0"


def test_the_image_for_links_to_the_site_is_small_and_as_large_as_it_says(project: Project) -> None:
    page = project.built({"content/a.md": NOTE}).page("2024/09/30/a/")
    card = project.files()["assets/card.png"]
    assert card.startswith(png(1200, 630)[:24])
    assert len(card) < 20_000
    assert page.meta("og:image") == "https://digest.example/assets/card.png"
    assert (page.meta("og:image:width"), page.meta("og:image:height")) == ("1200", "630")


@pytest.mark.parametrize(
    ("card", "size"), [(png(1000, 500), ("1000", "500")), (b"\xff\xd8\xff a JPEG", (None, None)), (b"", (None, None))]
)
def test_an_image_of_ones_own_for_links_to_the_site(
    project: Project, card: bytes, size: tuple[str | None, str | None]
) -> None:
    page = project.built({"templates/assets/card.png": card}).page("")
    assert project.files()["assets/card.png"] == card
    assert (page.meta("og:image:width"), page.meta("og:image:height")) == size


def test_templates_of_ones_own_are_not_published(project: Project) -> None:
    project.built({"content/a.md": NOTE, "templates/more.html": "x", "templates/parts/more.html": "x"})
    assert not any("more.html" in path for path in project.published())


def test_taking_a_template_back_brings_the_built_in_one_back(project: Project) -> None:
    before = project.built({"content/a.md": NOTE}).files()
    project.built({"templates/404.html": "own", "templates/assets/style.css": "own"})
    assert project.read("404.html") == "own"
    assert project.built({"templates/404.html": None, "templates/assets/style.css": None}).files() == before


@pytest.mark.parametrize(
    ("name", "text", "line", "message"),
    [
        pytest.param("404.html", "<p>\n\n{% if %}", 3, "Expected an expression", id="syntax"),
        pytest.param("404.html", "<p>\n{% block main %}", 2, "Unexpected end of template", id="never closed"),
        pytest.param("404.html", "<p>\n{{ 1 | nothing }}", 2, "No filter named 'nothing'", id="filter"),
        pytest.param("404.html", "<p>\n\n\n{{ nothing }}", 4, "'nothing' is undefined", id="undefined"),
        pytest.param("404.html", "<p>\n{{ site.nothing }}", 2, "has no attribute 'nothing'", id="unknown setting"),
        pytest.param("note.html", "{{ note.row.titel }}", 1, "has no attribute 'titel'", id="unknown value"),
        pytest.param("404.html", "\n{{ 1 / 0 }}", 2, "division by zero", id="arithmetic"),
        pytest.param("404.html", "\n{{ 1 + 'a' }}", 2, "unsupported operand", id="types"),
        pytest.param("404.html", "\n\n{{ site.title | day }}", 3, "", id="a filter of other values"),
        pytest.param("404.html", "\n{{ site.title() }}", 2, "not callable", id="no function"),
        pytest.param("404.html", '{% extends "nothing.html" %}', 1, "nothing.html", id="no such template"),
        pytest.param("404.html", '{% extends "404.html" %}', 1, "", id="itself"),
        pytest.param("parts/links.html", "\n{% macro tags(", 2, "", id="syntax of a part"),
        pytest.param(
            "parts/sources.html",
            "\n\n{% macro sources(s) %}\n{{ nothing }}{% endmacro %}",
            4,
            "undefined",
            id="value of a part",
        ),
        pytest.param("parts/sources.html", "{% macro other() %}{% endmacro %}", 0, "", id="a part without its macro"),
        pytest.param("404.html", b"<p>\n\xff", 0, "", id="not UTF-8"),
    ],
)
def test_a_broken_template(project: Project, name: str, text: str | bytes, line: int, message: str) -> None:
    """It is told with its file and line, and the site stays as it was."""
    project.built({"content/a.md": NOTE})
    (problem,) = project.problems({f"templates/{name}": text}, SettingsInvalid)
    if line:
        assert (problem.file, problem.line) == (f"templates/{name}", line)
    assert (problem.severity, problem.code) == ("error", "bad-template")
    assert message in problem.message


def test_values_are_escaped(project: Project) -> None:
    project.built({"content/a.md": note(title="<b> & co"), "templates/note.html": "{{ note.row.title }}"})
    assert project.read("2024/09/30/a/index.html") == "&lt;b&gt; &amp; co"


def test_another_version_of_a_library_makes_all_anew(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {"content/a.md": note()}
    written = project.write(files).build().written
    assert len(project.build().reasons) == 0
    monkeypatch.setattr("compliance_digest.program.library_versions", lambda: ["markdown 99"])
    program_fingerprint.cache_clear()
    try:
        made = {path for path, _ in project.build().reasons}
    finally:
        program_fingerprint.cache_clear()
    assert {"index.html", "2024/09/30/a/index.html", "feed.xml", "sitemap.xml", "data/actions.csv"} <= made
    assert written - len(made) == len([path for path in project.published() if path.startswith("assets/")]) + 2


def test_the_libraries_are_those_that_the_program_requires() -> None:
    names = [each.split()[0] for each in library_versions()]
    assert {"babel", "feedgen", "jinja2", "markdown", "pagefind", "python-frontmatter", "tzdata"} <= set(names)


def test_another_style_makes_no_page_anew(project: Project) -> None:
    project.write({"content/a.md": note()}).build()
    project.write({"templates/assets/style.css": "main { color: red }"})
    assert [path for path, _ in project.build().reasons] == ["assets/style.css"]
