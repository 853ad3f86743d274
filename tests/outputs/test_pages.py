from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

import pytest

from tests.projects import HOST, Project, note, settings, words
from tests.sample import SAMPLE

if TYPE_CHECKING:
    from tests.projects import Page

BASE = f"https://{HOST}/"
NOTES = "2019/01/02/first 2024/09/30/second 2024/09/30/ruling 2023/03/04/edpb 2024/01/05/proposed".split()
LISTS = """
    2019 2019/01 2023 2023/03 2024 2024/01 2024/09 2024/page/2 tags/fine tags/fine/page/2 tags/fine/page/3 tags/health
    tags/personal-data authorities/cnil authorities/a-court authorities/edpb authorities/ico countries/fr countries/de
    countries/eu countries/gb organisations/acme-sa organisations/emile-co articles/gdpr-5-1-e articles/eprivacy-5-3
""".split()
ACTIONS = "actions actions/page/2 actions/page/3".split()
INDEXES = "tags authorities countries organisations articles editions".split()
EDITIONS = [f"editions/{week}" for week in "2019-W01 2023-W09 2024-W01 2024-W40".split()]
SINGLE = "archive data statistics feeds".split()
FEEDS = """
    tags/fine tags/health tags/personal-data authorities/cnil authorities/a-court authorities/edpb authorities/ico
    countries/fr countries/de countries/eu countries/gb
""".split()


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return Project(tmp_path_factory.mktemp("project")).built(SAMPLE)


def numbered(count: int) -> dict[str, str]:
    """Notes of one tag, authority, organisation, article and month, the last one the newest."""
    fields: dict[str, Any] = {"authority": "cnil", "organisation": "Acme", "articles": ["GDPR 6"], "tags": ["x"]}
    return {f"content/{n}.md": note(title=f"Note {n}", date=f"2024-09-{10 + n}", **fields) for n in range(1, count + 1)}


def test_every_address_that_is_promised(sample: Project) -> None:
    pages = ["", *NOTES, *LISTS, *INDEXES, *ACTIONS, *EDITIONS, *SINGLE, "imprint", "old/first"]
    expected = {f"{page}/index.html".lstrip("/") for page in pages} | {"404.html", "first.html"}
    expected |= set("feed.xml atom.xml feed.json feeds.opml editions/feed.xml".split())
    expected |= set("actions/rows.json sitemap.xml robots.txt _headers notes.txt".split())
    expected |= {f"{page}/feed.xml" for page in FEEDS}
    expected |= {f"data/{name}" for name in ("actions.csv", "actions.json", "passages.json", "datapackage.json")}
    expected |= {f"2024/09/30/second/{name}" for name in ("decision one.pdf", "img/chart.png")}
    assert {path for path in sample.published() if not path.startswith("assets/")} == expected


def test_every_page_has_one_heading_a_title_and_landmarks(sample: Project) -> None:
    titles = set()
    for address, page in sample.pages().items():
        if page.meta("refresh") or address == "imprint/":
            continue
        assert len(page.xpath("//h1")) == len(page.xpath("//main")) == 1, address
        assert all(page.xpath(f"//{landmark}") for landmark in ("header", "nav", "footer"))
        assert page.one("/html/@lang") == "en"
        assert page.xpath("//a/@href")[0] == f"#{page.one('//main/@id')}"
        titles.add(page.one("/html/head/title").text)
    assert len(titles) == len(["", *NOTES, *LISTS, *INDEXES, *ACTIONS, *EDITIONS, *SINGLE, "404"])


def test_the_head_of_every_page(sample: Project) -> None:
    for address, page in sample.pages().items():
        if page.meta("robots") or address == "imprint/":
            continue
        assert page.one("//link[@rel='canonical']/@href") == page.meta("og:url") == BASE + address
        assert page.meta("description") == page.meta("og:description")
        assert page.meta("og:title")
        assert page.meta("og:site_name") == "Digest"
        assert page.meta("og:type") == ("article" if address.rstrip("/") in NOTES else "website")
        assert page.meta("og:locale") == "en_US"
        assert page.meta("og:image") == f"{BASE}assets/card.png"
        assert page.meta("og:image:alt")
        assert page.meta("twitter:card") == "summary_large_image"
        assert "feed.xml" in [urljoin(f"/{address}", link)[1:] for link in alternates(page)]
        for media_type, feed in (("atom+xml", "atom.xml"), ("feed+json", "feed.json")):
            link = page.one(f"//link[@rel='alternate'][@type='application/{media_type}']/@href")
            assert urljoin(f"/{address}", link)[1:] == feed


def test_a_note_tells_cards_of_its_days_and_tags(sample: Project) -> None:
    page = sample.page("2019/01/02/first/")
    assert (page.meta("article:published_time"), page.meta("article:modified_time")) == ("2019-01-02", "2024-11-02")
    tags = sample.page("2024/09/30/second/").xpath("//meta[@property='article:tag']/@content")
    assert tags == ["fine", "personal data", "health"]
    assert sample.page("tags/fine/").meta("article:published_time") is None


@pytest.mark.parametrize("list_", FEEDS)
def test_a_list_with_a_feed_of_its_own_names_it(sample: Project, list_: str) -> None:
    page = sample.page(f"{list_}/")
    assert [urljoin(f"/{list_}/", link)[1:] for link in alternates(page)] == [f"{list_}/feed.xml", "feed.xml"]
    assert page.xpath("//main//a[@href='../../" + list_ + "/feed.xml']")


@pytest.mark.parametrize("list_", [each for each in [*LISTS, ""] if each not in FEEDS and "tags" not in each])
def test_other_lists_name_the_sites_feed(sample: Project, list_: str) -> None:
    assert len(alternates(sample.page(f"{list_}/".lstrip("/")))) == 1


def alternates(page: Page) -> list[str]:
    return [str(link) for link in page.xpath("//link[@rel='alternate'][@type='application/rss+xml']/@href")]


@pytest.mark.parametrize(
    ("list_", "name", "entries"),
    [
        ("2024", "2024", ["ruling", "second"]),
        ("2024/09", "September 2024", ["ruling", "second"]),
        ("tags/health", "health", ["second"]),
        ("tags/personal-data", "personal data", ["ruling", "second"]),
        ("authorities/cnil", "CNIL", ["second", "first"]),
        ("countries/fr", "France", ["second", "first"]),
        ("countries/eu", "European Union", ["edpb"]),
        ("organisations/emile-co", "Émile & Co", ["first"]),
        ("articles/gdpr-5-1-e", "GDPR 5(1)(e)", ["first"]),
    ],
)
def test_a_list_is_an_h_feed_of_its_notes(sample: Project, list_: str, name: str, entries: list[str]) -> None:
    page = sample.page(f"{list_}/")
    (feed,) = page.classed("h-feed")
    assert words(feed.find_class("p-name")[0]) == words(page.one("//h1")) == name
    found = [urljoin(f"/{list_}/", str(link.get("href"))) for link in feed.find_class("u-url")]
    assert [address.split("/")[-2] for address in found] == entries


def test_an_entry_of_a_list(sample: Project) -> None:
    page = sample.page("organisations/emile-co/")
    (entry,) = page.classed("h-entry")
    assert words(entry.find_class("p-name")[0]) == "The first case"
    assert entry.find_class("dt-published")[0].get("datetime") == "2019-01-02"
    assert [words(link) for link in entry.find_class("p-category")] == ["fine"]
    assert [data.get("value") for data in entry.iter("data")] == ["800000 EUR", "1234.56 GBP"]
    assert [words(data) for data in entry.iter("data")] == ["€800,000", "£1,234.56"]
    assert "CNIL" in words(entry)
    assert "France" in words(entry)


def test_an_indexs_counts(sample: Project) -> None:
    counts = {
        words(line.find(".//a")): [int(figure) for figure in words(line).split() if figure.isdigit()][-1]
        for line in sample.page("tags/").xpath("//main//li")
    }
    assert counts == {"fine": 5, "health": 1, "personal data": 2}
    assert list(counts) == sorted(counts)


def test_the_archive_lists_all_years_and_months_with_their_counts(sample: Project) -> None:
    page = sample.page("archive/")
    assert [words(each) for each in page.xpath("//main//h2")] == ["2024 3", "2023 1", "2019 1"]
    assert [words(each) for each in page.xpath("//main//li")] == ["September 2", "January 1", "March 1", "January 1"]


def test_the_front_page(sample: Project) -> None:
    page = sample.page("")
    assert page.entries == [
        "A ruling on appeal",
        'A second "case" <of> health & data',
        "A fine proposed",
        "An opinion",
        "The first case",
    ]
    assert words(page.one("//h1")) == page.one("/html/head/title").text == "Digest"
    assert page.meta("description") == "Fines & more."
    facts = dict(
        zip([words(term) for term in page.xpath("//dt")], [words(value) for value in page.xpath("//dd")], strict=True)
    )
    assert facts == {"Actions": "3", "Fines, EUR": "€1,500"}


def test_a_tag_has_its_label_and_description_from_the_settings(sample: Project) -> None:
    assert "What counts as personal data, and what doesn't." in words(sample.page("tags/personal-data/").one("//main"))
    assert sample.page("2024/09/30/ruling/").texts("p-category") == ["fine", "personal data"]


def test_a_notes_page_is_an_h_entry(sample: Project) -> None:
    page = sample.page("2024/09/30/second/")
    (entry,) = page.classed("h-entry")
    title = 'A second "case" <of> health & data'
    assert words(page.one("//h1[@class='p-name']")) == page.meta("og:title") == title
    assert page.one("/html/head/title").text == f"{title} · Digest"
    assert page.classed("dt-published")[0].get("datetime") == "2024-09-30"
    assert [urljoin("/2024/09/30/second/", href) for href in page.hrefs("u-url")] == ["/2024/09/30/second/"]
    assert page.classed("p-summary")[0].get("value") == "The company kept health data."
    assert page.texts("p-category") == ["fine", "personal data", "health"]
    assert page.texts("p-author") == ["Jo Doe"]
    (content,) = entry.find_class("e-content")
    assert words(content).startswith("The company kept health data.")
    assert words(content).endswith("The note, with a place in it. ↩")
    assert not content.xpath(".//*[contains(@class, 'p-name') or contains(@class, 'p-category')]")


def test_passages_on_a_notes_page(sample: Project) -> None:
    passages = sample.page("2024/09/30/second/").classed("passage")
    assert [each.get("data-tags") for each in passages] == ["personal_data health", "fine"]
    assert all(str(each.get("id")).startswith("p-") for each in passages)


@pytest.mark.parametrize(
    ("tag", "quotes"),
    [
        ("health", {"second": ["The company kept health data."]}),
        (
            "fine",
            {
                "ruling": ["Der Text."],
                "second": ["Text with a footnote.1 Also #code and https://other.example/page#part."],
            },
        ),
    ],
)
def test_a_tags_page_quotes_the_passages_and_links_to_their_places(
    sample: Project, tag: str, quotes: dict[str, list[str]]
) -> None:
    address = f"tags/{tag}/"
    found: dict[str, list[str]] = {}
    for quote in sample.page(address).xpath("//blockquote"):
        target, _, anchor = urljoin(f"/{address}", quote.xpath(".//a/@href")[-1])[1:].partition("#")
        (passage,) = sample.page(target).xpath(f"//*[@id='{anchor}']")
        assert tag in passage.get("data-tags").split()
        quote.remove(quote[-1])
        found.setdefault(target.split("/")[-2], []).append(words(quote))
    assert found == quotes


def test_facts_of_a_note(sample: Project) -> None:
    page = sample.page("2019/01/02/first/")
    terms = [words(term) for term in page.xpath("//dl[1]//dt")]
    facts = dict(zip(terms, page.xpath("//dl[1]//dd"), strict=False))
    expected = {
        "Fines": "€800,000 £1,234.56 appealed",
        "Outcome": "fine",
        "Status": "appealed",
        "Against": "Acme SA Émile & Co",
        "Sector": "health",
        "Country": "France",
        "Date": "2 January 2019",
        "Case": "SAN-2019-001",
        "Articles": "GDPR 5(1)(e) ePrivacy 5(3)",
        "Source": "cnil.fr",
    }
    assert {term: words(facts[term]) for term in expected} == expected
    assert words(facts["Authority"]).startswith("CNIL")
    assert facts["Source"].xpath(".//a/@href") == ["https://www.cnil.fr/first"]


def test_a_fact_that_is_not_stated_has_no_line(project: Project) -> None:
    page = project.built({"content/a.md": note()}).page("2024/09/30/a/")
    assert [words(term) for term in page.xpath("//dl//dt")] == ["Date", "Source"]


def test_sources_and_updates_of_a_note(sample: Project) -> None:
    page = sample.page("2019/01/02/first/")
    main = words(page.one("//main"))
    assert "The fine was <confirmed> & paid." in main
    assert "2024-11-02" in page.xpath("//time/@datetime")
    links = {words(link): link.get("href") for link in page.xpath("//main//a")}
    assert links["https://www.cnil.fr/first"] == "https://www.cnil.fr/first"
    assert links["News"] == "https://news.example/1"
    assert "https://archive.example/1" in links.values()


def test_a_notes_neighbours_in_time(project: Project) -> None:
    project.built(numbered(3))
    links = [(link.get("rel"), link.get("href")) for link in project.page("2024/09/12/2/").xpath("//main//a[@rel]")]
    assert links == [("prev", "../../../../2024/09/11/1/"), ("next", "../../../../2024/09/13/3/")]
    assert len(project.page("2024/09/11/1/").xpath("//main//a[@rel]")) == 1


def test_the_language_of_a_note_in_another_one(sample: Project) -> None:
    assert sample.page("2024/09/30/ruling/").classed("e-content")[0].get("lang") == "de"
    assert sample.page("2024/09/30/ruling/").one("/html/@lang") == "en"
    quote = sample.page("tags/personal-data/").xpath("//blockquote")[0]
    assert quote.get("lang") == "de"


@pytest.mark.parametrize(
    "list_", ["tags/x", "authorities/cnil", "countries/fr", "organisations/acme", "articles/gdpr-6", "2024", "2024/09"]
)
def test_a_long_list_has_several_pages(project: Project, list_: str) -> None:
    project.built({"digest.toml": settings("[pages]\nper_page = 2"), **numbered(5)})
    addresses = [f"{list_}/", f"{list_}/page/2/", f"{list_}/page/3/"]
    pages = [project.page(address) for address in addresses]
    assert [page.entries for page in pages] == [["Note 5", "Note 4"], ["Note 3", "Note 2"], ["Note 1"]]
    for number, (address, page) in enumerate(zip(addresses, pages, strict=True)):
        links = {link.get("rel"): urljoin(f"/{address}", link.get("href"))[1:] for link in page.xpath("//a[@rel]")}
        around = {"prev": number and addresses[number - 1], "next": number < 2 and addresses[number + 1]}
        assert links == {rel: target for rel, target in around.items() if target}
        assert page.one("//link[@rel='canonical']/@href") == BASE + address
    assert len({page.one("/html/head/title").text for page in pages}) == 3
    assert not (project.site / list_ / "page/4").exists()


def test_as_many_notes_as_fit_into_a_page_have_one(project: Project) -> None:
    project.built({"digest.toml": settings("[pages]\nper_page = 5"), **numbered(5)})
    assert not (project.site / "tags/x/page").exists()
    assert not project.page("tags/x/").xpath("//a[@rel]")


def test_the_front_page_holds_the_newest_notes_and_all_are_found_from_there(project: Project) -> None:
    dates = [f"{1990 + number}-01-01" for number in range(30)]
    project.built({f"content/{date}-x{date}.md": note(title=date, date=date) for date in dates})
    assert project.page("").entries == dates[:9:-1]


def test_an_index_of_many_names_has_several_pages(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("compliance_digest.outputs.group_pages.LINES_OF_INDEX", 2)
    project.built({"content/a.md": note(tags=["b", "Ä", "c", "d", "e"])})
    pages = [project.page("tags/"), project.page("tags/page/2/"), project.page("tags/page/3/")]
    names = [[words(link) for link in page.xpath("//main//li//a")] for page in pages]
    assert names == [["Ä", "b"], ["c", "d"], ["e"]]


@pytest.mark.parametrize(
    ("alias", "path", "target"),
    [
        ("/old/", "old/index.html", "../2024/09/30/a/"),
        ("old", "old/index.html", "../2024/09/30/a/"),
        ("/very/old/page/", "very/old/page/index.html", "../../../2024/09/30/a/"),
        ("/old.html", "old.html", "./2024/09/30/a/"),
        ("/x/index.html", "x/index.html", "../2024/09/30/a/"),
        ("/2019/01/02/a/", "2019/01/02/a/index.html", "../../../../2024/09/30/a/"),
    ],
)
def test_an_old_address_leads_to_the_new_one(project: Project, alias: str, path: str, target: str) -> None:
    page = project.built({"content/a.md": note(aliases=[alias])}).page(path)
    assert page.meta("refresh") == f"0; url={target}"
    assert [link.get("href") for link in page.xpath("//main//a")] == [target]
    assert page.one("//link[@rel='canonical']/@href") == f"{BASE}2024/09/30/a/"
    assert page.meta("robots") == "noindex"


def test_the_page_for_addresses_that_lead_nowhere_is_not_indexed(sample: Project) -> None:
    page = sample.page("404.html")
    assert page.meta("robots") == "noindex"
    assert page.xpath("//link[@rel='canonical']") == []


def test_a_site_without_notes(project: Project) -> None:
    project.build()
    pages = {address.rstrip("/") for address in project.pages()}
    assert pages == {"", "actions", "404.html", *SINGLE, *INDEXES}
    for page in project.pages().values():
        assert len(page.xpath("//h1")) == 1
    assert "content" in words(project.page("").one("//main"))


def test_what_a_title_holds_is_text(project: Project) -> None:
    title = "<script>alert(1)</script> & \"quotes\" 'too' {{ 1 + 1 }} 🙂"
    page = project.built({"content/a.md": note(title=title, organisation=title, tags=[title])}).page("2024/09/30/a/")
    assert page.xpath("//script[not(@type='application/ld+json')]") == []
    assert page.texts("p-name") == [page.meta("og:title")] == [title]


@pytest.mark.parametrize(("status", "shown"), [("annulled", True), ("reduced", True), ("final", False)])
def test_a_list_says_that_a_fine_does_not_stand(project: Project, status: str, shown: bool) -> None:  # noqa: FBT001
    project.built({"content/a.md": note(fine="5000 EUR", status=status)})
    assert (status in project.read("2024/index.html")) is shown


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"outcome": "reprimand", "status": "annulled"}, ["reprimand", "annulled"]),
        ({"fine": "5 EUR", "status": "annulled"}, ["annulled"]),
        ({"fine": "5 EUR", "outcome": "fine-proposed"}, ["fine proposed"]),
        ({"fine": "5 EUR", "outcome": "fine", "status": "final"}, []),
        ({"outcome": "order", "status": "final"}, ["order"]),
    ],
)
def test_lists_say_how_an_action_stands(project: Project, fields: dict[str, str], said: list[str]) -> None:
    page = project.built({"content/a.md": note(tags=["x"], **fields)}).page("tags/x/")
    assert page.texts("outcome") == said
