from __future__ import annotations

import base64
import hashlib
import importlib
import json
import re
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from compliance_digest.outputs.policy import SEARCHING, with_data
from compliance_digest.outputs.structured import block
from compliance_digest.outputs.views import Head
from compliance_digest.settings import Site
from tests.projects import HOST, Project, note, settings
from tests.sample import SAMPLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.projects import Page

BASE = f"https://{HOST}/"
REPOSITORY = Path(__file__).parents[2]
HOSTILE = '</script><script>alert(1)</script> <!-- & "quotes" \\u003c \u202e\u200f \U0001f642'
JSON_LD = "//script[@type='application/ld+json']"


@pytest.fixture(scope="module", params=["the sample", "no notes", "hostile", "this repository"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = Project(tmp_path_factory.mktemp("project"))
    if request.param == "the sample":
        return project.built(SAMPLE)
    if request.param == "hostile":
        fields = dict.fromkeys(("title", "organisation", "authority", "summary", "sector", "case"), HOSTILE)
        more: dict[str, Any] = {"tags": [HOSTILE], "articles": [HOSTILE], "lang": "ar", "country": "EG"}
        source = {"url": "https://news.example/?a='&b=</script", "title": HOSTILE}
        source["url"] = source["url"].replace("<", "%3C")
        project.write({"content/a.md": note("- Text. #x\n", **{**fields, **more, "links": [source]})})
        return project.built({"digest.toml": settings(description=f"{HOSTILE}\u2028", author=HOSTILE, licence=HOSTILE)})
    if request.param == "this repository":
        files = [REPOSITORY / "digest.toml", *(REPOSITORY / "content").rglob("*.md")]
        project.write({file.relative_to(REPOSITORY).as_posix(): file.read_bytes() for file in files})
    return project.built({})


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return Project(tmp_path_factory.mktemp("project")).built(SAMPLE)


def graph(page: Page) -> list[dict[str, Any]]:
    """Return the nodes that a page says."""
    data = json.loads(page.one(JSON_LD).text)
    assert data.keys() == {"@context", "@graph"}
    assert data["@context"] == "https://schema.org"
    nodes: list[dict[str, Any]] = data["@graph"]
    return nodes


def pages(project: Project) -> dict[str, Page]:
    """Return all pages but redirects and what is copied as it is."""
    found = project.pages()
    return {address: page for address, page in found.items() if not page.meta("refresh") and address != "imprint/"}


def node(page: Page, type_: str) -> dict[str, Any]:
    (found,) = (each for each in graph(page) if each["@type"] == type_)
    return found


def nodes(value: object) -> Iterator[dict[str, Any]]:
    """Yield all nodes in a value, at any depth."""
    if isinstance(value, dict):
        yield value
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from nodes(each)


VOCABULARY = importlib.import_module("msgspec_schemaorg.models")


def faults(each: dict[str, Any]) -> Iterator[str]:
    """Yield what schema.org does not know of a node: its type, a property, or the type of a property's value."""
    type_ = getattr(VOCABULARY, each["@type"], None)
    if type_ is None:
        yield f"there is no type {each['@type']}"
        return
    known = {name: str(wanted) for base in reversed(type_.__mro__) for name, wanted in properties(base).items()}
    for name, value in each.items():
        if name.startswith("@"):
            continue
        if name not in known or name == "type":
            yield f"{each['@type']} has no property {name}"
            continue
        wanted = set(re.findall(r"\w+", known[name])) - {"Union", "List", "None"}
        for one in value if isinstance(value, list) else [value]:
            if not wanted & set(types(one)):
                yield f"{each['@type']}.{name} is {wanted}, not {one!r}"


def properties(base: type) -> dict[str, Any]:
    return dict(vars(base).get("__annotations__", {}))


def types(value: object) -> Iterator[str]:
    """Yield the names that the vocabulary has for the type of a value; an address is no text, and a date neither."""
    if isinstance(value, dict):
        yield from (base.__name__ for base in getattr(VOCABULARY, value["@type"]).__mro__)
    elif isinstance(value, str):
        yield kind(value)
        if kind(value) == "str" and "/" in value:  # a span of time (ISO 8601) is text to the vocabulary's readers
            yield "datetime"
    else:
        yield type(value).__name__


def kind(value: str) -> str:
    if re.fullmatch(r"https?://[^\s<>\"]+", value):
        return "URL"
    for type_ in (date, datetime):
        try:
            type_.fromisoformat(value)
        except ValueError:
            continue
        return type_.__name__
    return "str"


def test_the_vocabulary_is_asked() -> None:
    assert list(faults({"@type": "Articel"})) == ["there is no type Articel"]
    assert list(faults({"@type": "Article", "headlnie": "x"})) == ["Article has no property headlnie"]
    wrong = {"@type": "Article", "datePublished": "yesterday", "license": "CC BY", "author": {"@type": "Place"}}
    assert len(list(faults(wrong))) == 3


def test_everything_that_pages_say_is_said_in_words_of_schema_org(site: Project) -> None:
    for address, page in pages(site).items():
        found = [fault for each in nodes(graph(page)) for fault in faults(each)]
        assert found == [], address


def test_no_title_can_end_the_block(site: Project) -> None:
    for address, page in pages(site).items():
        assert len(page.xpath("//script[not(@src)]")) == 1, address
        assert not set(page.one(JSON_LD).text) & set("<>&\u2028\u2029")
        assert page.text.count("<script") == page.text.count("</script") == len(page.xpath("//script"))


def test_a_page_vouches_for_its_own_block_and_no_other_script(site: Project) -> None:
    for address, page in pages(site).items():
        digest = base64.b64encode(hashlib.sha256(page.one(JSON_LD).text.encode()).digest()).decode()
        policy = dict(part.split(" ", 1) for part in (page.meta("Content-Security-Policy") or "").split("; "))
        own = ["'self'"] if page.xpath("//script/@src") else []
        assert policy["script-src"].split() == [f"'sha256-{digest}'", *own], address
        assert policy["default-src"] == "'none'"


def test_a_page_with_scripts_keeps_them() -> None:
    assert re.search(r"script-src 'sha256-[\w+/=]{44}' 'self' 'wasm-unsafe-eval'", with_data(SEARCHING, "{}"))


def test_all_that_a_title_holds_is_said(project: Project) -> None:
    page = project.built({"content/a.md": note(title=HOSTILE, organisation=HOSTILE)}).page("2024/09/30/a/")
    article = node(page, "Article")
    assert article["headline"] == article["about"][0]["name"] == HOSTILE
    assert node(page, "BreadcrumbList")["itemListElement"][-1]["name"] == HOSTILE


def test_ends_of_lines_that_json_takes_and_scripts_do_not() -> None:
    text = block(Site(title="T\u2028", base_url=BASE), Head("a\u2028b\u2029c", "", "x/", "x"), None)
    assert "\\u2028" in text
    assert json.loads(text)["@graph"][0]["name"] == "a\u2028b\u2029c"


def test_every_page_but_the_front_page_says_where_it_stands(site: Project) -> None:
    known = site.pages().keys()
    for address, page in pages(site).items():
        if not address:
            assert [each["@type"] for each in graph(page)] == ["WebSite"]
            continue
        steps = node(page, "BreadcrumbList")["itemListElement"]
        assert [step["position"] for step in steps] == list(range(1, len(steps) + 1))
        targets = [step["item"]["@id"].removeprefix(BASE) for step in steps]
        assert targets[0] == ""
        assert targets[-1] == address
        assert set(targets) <= known
        assert steps[-1]["name"] == page.meta("og:title")


@pytest.mark.parametrize(
    ("address", "way"),
    [
        ("archive/", ["Digest", "Archive"]),
        ("2019/01/02/first/", ["Digest", "Archive", "The first case"]),
        ("tags/fine/page/2/", ["Digest", "Tags", "Tag: fine, page 2"]),
        ("authorities/cnil/", ["Digest", "Authorities", "CNIL, France"]),
        ("data/", ["Digest", "Open data"]),
        ("404.html", ["Digest", "Page not found"]),
    ],
)
def test_the_way_to_a_page(sample: Project, address: str, way: list[str]) -> None:
    assert [step["name"] for step in node(sample.page(address), "BreadcrumbList")["itemListElement"]] == way


def test_what_a_note_says(sample: Project) -> None:
    article = node(sample.page("2019/01/02/first/"), "Article")
    assert article == {
        "@type": "Article",
        "headline": "The first case",
        "description": "Text of the first case.",
        "url": f"{BASE}2019/01/02/first/",
        "mainEntityOfPage": f"{BASE}2019/01/02/first/",
        "datePublished": "2019-01-02",
        "dateModified": "2024-11-02",
        "inLanguage": "en",
        "image": f"{BASE}assets/card.png",
        "author": {"@type": "Person", "name": "Jo Doe"},
        "publisher": {"@type": "Organization", "name": "Digest", "url": BASE, "logo": f"{BASE}assets/icon.png"},
        "isPartOf": {"@type": "WebSite", "name": "Digest", "url": BASE},
        "license": {"@type": "CreativeWork", "name": "CC BY 4.0"},
        "about": article["about"],
        "contentLocation": {"@type": "AdministrativeArea", "name": "France", "url": f"{BASE}countries/fr/"},
        "citation": [
            {"@type": "CreativeWork", "url": "https://www.cnil.fr/first"},
            {
                "@type": "CreativeWork",
                "name": "News",
                "url": "https://news.example/1",
                "archivedAt": "https://archive.example/1",
            },
        ],
    }
    assert [(each["@type"], each["name"], each["url"].removeprefix(BASE)) for each in article["about"]] == [
        ("Organization", "Acme SA", "organisations/acme-sa/"),
        ("Organization", "Émile & Co", "organisations/emile-co/"),
        ("Organization", "CNIL", "authorities/cnil/"),
        ("Legislation", "GDPR 5(1)(e)", "articles/gdpr-5-1-e/"),
        ("Legislation", "ePrivacy 5(3)", "articles/eprivacy-5-3/"),
        ("DefinedTerm", "fine", "tags/fine/"),
    ]


def test_a_note_in_another_language(sample: Project) -> None:
    assert node(sample.page("2024/09/30/ruling/"), "Article")["inLanguage"] == "de"


@pytest.mark.parametrize("address", ["tags/fine/", "tags/fine/page/2/", "2024/", "2019/01/", "articles/gdpr-5-1-e/"])
def test_a_list_says_which_notes_are_on_the_page(sample: Project, address: str) -> None:
    page = sample.page(address)
    collection = node(page, "CollectionPage")
    items = collection["mainEntity"]["itemListElement"]
    assert [sample.page(item["url"].removeprefix(BASE)).meta("og:title") for item in items] == page.entries
    assert [item["position"] for item in items] == list(range(1, len(items) + 1))
    assert collection["mainEntity"]["numberOfItems"] == len(items)
    assert (collection["name"], collection["description"]) == (page.meta("og:title"), page.meta("description"))


def test_an_index_says_which_groups_are_on_the_page(sample: Project) -> None:
    items = node(sample.page("tags/"), "CollectionPage")["mainEntity"]["itemListElement"]
    assert [item["url"] for item in items] == [f"{BASE}tags/{tag}/" for tag in ("fine", "health", "personal-data")]


def test_a_page_of_which_nothing_more_is_known_is_a_page_of_the_site(sample: Project) -> None:
    page = node(sample.page("feeds/"), "WebPage")
    assert (page["name"], page["url"], page["isPartOf"]["name"]) == ("Feeds", f"{BASE}feeds/", "Digest")


def test_the_open_data_are_a_dataset(sample: Project) -> None:
    dataset = node(sample.page("data/"), "Dataset")
    files = {path for path in sample.published() if path.startswith("data/") and not path.endswith(".html")}
    assert {each["contentUrl"] for each in dataset["distribution"]} == {BASE + path for path in files}
    assert dataset["temporalCoverage"] == "2019-01-02/2024-09-30"
    assert dataset["license"] == {"@type": "CreativeWork", "name": "CC BY 4.0"}


@pytest.mark.parametrize(
    ("values", "author"),
    [
        ({}, {"@type": "Organization", "name": "Digest", "url": BASE}),
        ({"author": "Digest"}, {"@type": "Organization", "name": "Digest", "url": BASE}),
        ({"author": "Jo Doe"}, {"@type": "Person", "name": "Jo Doe"}),
    ],
)
def test_who_answers_for_a_note(project: Project, values: dict[str, str], author: dict[str, str]) -> None:
    project.built({"digest.toml": settings(**values), "content/a.md": note()})
    assert node(project.page("2024/09/30/a/"), "Article")["author"] == author


def test_a_licence_is_its_address(project: Project) -> None:
    url = "https://creativecommons.org/licenses/by/4.0/"
    project.built({"digest.toml": settings(licence="CC BY 4.0", licence_url=url), "content/a.md": note()})
    for address, page in pages(project).items():
        assert graph(page)[0]["license"] == url, address


def test_structured_data_stay_small(project: Project) -> None:
    """Of an index of as many names as fit into a page, and of a list of notes with long names."""
    name = "A name of quite some length, as organisations have it"
    many = range(300)
    project.built({f"content/{n}.md": note(title=f"{name} {n}", organisation=f"{name} {n}") for n in many})
    for address, items, most in (("organisations/", 100, 16_000), ("2024/", 30, 5_000)):
        page = project.page(address)
        assert len(page.one(JSON_LD).text) < most
        listed = node(page, "CollectionPage")["mainEntity"]
        assert len(listed["itemListElement"]) == items
        assert listed["numberOfItems"] == len(page.xpath("//main//li[.//h3 or ./p]"))
        assert len(page.text) < 150_000
    assert len(project.page("").one(JSON_LD).text) < 1_000
