from __future__ import annotations

import csv
import hashlib
import io
import json
import warnings
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from lxml import html

from tests.projects import HOST, Project, note, settings, words
from tests.sample import SAMPLE

if TYPE_CHECKING:
    from tests.projects import Files

BASE = f"https://{HOST}/"
REPOSITORY = Path(__file__).parents[2]
TABLES = "actions.csv", "actions.json", "passages.json"
BETWEEN = "  |  "

UGLY = "=1+1 \"quoted\", 'too'; a | b, <b>&amp;</b> \u202eright to left\u202c \U0001f642 \x07\u2028 end"
UGLY_FIELDS: dict[str, Any] = {
    "title": UGLY,
    "organisation": [UGLY, "A, B; C", "d |", "| e"],
    "authority": UGLY,
    "articles": [UGLY, "GDPR 5 | 6"],
    "sector": UGLY,
    "case": UGLY,
    "summary": UGLY,
    "tags": ["c|d", UGLY],
    "links": ["https://news.example/a|b;c,d?e='f'"],
    "fine": ["800000 EUR", "0.10 EUR"],
}
FILES: dict[str, Files] = {
    "the sample": SAMPLE,
    "no notes": {},
    "no passages": {"content/a.md": note()},
    "ugly characters": {
        "digest.toml": settings(description=UGLY, author="O'Neil & <Co>", licence='All, "rights"'),
        "content/a.md": note(f"- {UGLY} #tag\n- Another. #a-b #tag\n", **UGLY_FIELDS),
        "content/b.md": note("- =HYPERLINK(1) #tag\n", title="-1", sector="007", case="1e3"),
    },
}  # fmt: skip


@pytest.fixture(scope="module", params=[*FILES, "this repository"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = Project(tmp_path_factory.mktemp("project"))
    if request.param != "this repository":
        return project.built(FILES[request.param])
    files = [REPOSITORY / "digest.toml", *(REPOSITORY / "content").rglob("*.md")]
    return project.built({file.relative_to(REPOSITORY).as_posix(): file.read_bytes() for file in files})


def rows(project: Project, name: str = "actions.json") -> list[dict[str, Any]]:
    """Return the rows of a file in JSON, with decimal numbers as they stand."""
    found: list[dict[str, Any]] = json.loads(project.read(f"data/{name}"), parse_float=Decimal, parse_int=Decimal)
    return found


def cells(project: Project) -> list[dict[str, str]]:
    """Return the rows of the file in CSV."""
    text = (project.site / "data/actions.csv").read_bytes().decode("utf-8")
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def package(project: Project) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(project.read("data/datapackage.json"))
    return found


def test_the_package_is_valid_by_the_reference_implementation(site: Project) -> None:
    descriptor = package(site)
    for resource in descriptor["resources"]:
        data = (site.site / "data" / resource["path"]).read_bytes()
        assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from frictionless import Package

        report = Package(str(site.site / "data/datapackage.json")).validate()
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "type", "note"])
    assert report.stats["tasks"] == len(descriptor["resources"])


def test_csv_and_json_say_the_same(site: Project) -> None:
    lists = {field["name"] for field in package(site)["resources"][0]["schema"]["fields"] if field["type"] == "list"}
    table, objects = cells(site), rows(site)
    assert len(table) == len(objects)
    for row, each in zip(table, objects, strict=True):
        assert list(row) == list(each)
        for name, cell in row.items():
            if name in lists:
                assert (cell.split(BETWEEN) if cell else []) == each[name]
            else:
                assert cell == ("" if each[name] is None else str(each[name]))


def test_every_field_is_described_on_the_page_and_in_the_package(site: Project) -> None:
    page = site.page("data/")
    on_page = [
        [(words(row.find(".//code")), words(row.find("td"))) for row in table.xpath("./tbody/tr")]
        for table in page.xpath("//table")
    ]
    assert on_page[0]
    for resource in package(site)["resources"]:
        fields = resource["schema"]["fields"]
        expected = [(field["name"], field["description"]) for field in fields]
        assert expected == on_page[resource["name"] == "passages"]
    assert [name for name, _ in on_page[0]] == site.read("data/actions.csv").splitlines()[0].split(",")


def test_every_passage_is_a_row_that_leads_to_its_place(site: Project) -> None:
    actions = {row["id"]: row for row in rows(site)}
    found = rows(site, "passages.json")
    places = []
    for row in found:
        address, _, anchor = row["url"].removeprefix(BASE).partition("#")
        (passage,) = site.page(address).xpath(f"//*[@id='{anchor}']")
        assert passage.get("data-tags").split(" ") == row["tags"]
        assert row["url"].startswith(f"{actions[row['action']]['url']}#")
        assert (row["title"], row["date"]) == tuple(actions[row["action"]][name] for name in ("title", "date"))
        places.append((list(actions).index(row["action"]), list(passage.getroottree().iter()).index(passage)))
    assert places == sorted(places)
    assert len(found) == sum(len(page.xpath("//*[@data-tags][@id]")) for page in site.pages().values())


def test_rows_stand_in_the_order_of_days_and_then_of_files(project: Project) -> None:
    files = {
        "content/b.md": note(title="2"),
        "content/a.md": note(title="1", date="2024-09-30T23:00:00Z"),
        "content/z/a.md": note(title="3", slug="z", id="z"),
        "content/c.md": note(title="0", date="1066-10-14"),
    }
    assert [row["title"] for row in rows(project.built(files))] == ["0", "1", "2", "3"]


@pytest.mark.parametrize("name", ["actions.csv", "actions.json", "passages.json"])
def test_a_note_that_is_added_changes_no_other_row(project: Project, name: str) -> None:
    project.built({**SAMPLE, "digest.toml": settings()})
    before = project.read(f"data/{name}").splitlines()
    project.built({"content/new.md": note("Text. #fine\n", date="2024-10-01")})
    after = project.read(f"data/{name}").splitlines()
    assert len(after) == len(before) + 1
    assert [line for line in after if line not in before] == [after[-1 if name.endswith("csv") else -2]]
    project.built({"content/between.md": note("Text. #fine\n", date="2020-01-01")})
    assert [line for line in project.read(f"data/{name}").splitlines() if line not in after][1:] == []


def test_what_a_row_holds(project: Project) -> None:
    row = rows(project.built(SAMPLE))[0]
    assert row == {
        "id": row["id"],
        "date": "2019-01-02",
        "title": "The first case",
        "url": f"{BASE}2019/01/02/first/",
        "authority": "cnil",
        "authority_name": "National Commission on Informatics and Liberty",
        "country": "FR",
        "organisations": ["Acme SA", "Émile & Co"],
        "outcome": "fine",
        "status": "appealed",
        "fines": ["800000 EUR", "1234.56 GBP"],
        "fine_amount": None,
        "fine_currency": None,
        "articles": ["GDPR 5(1)(e)", "ePrivacy 5(3)"],
        "case": "SAN-2019-001",
        "sector": "health",
        "tags": ["fine"],
        "summary": "Text of the first case.",
        "sources": ["https://www.cnil.fr/first", "https://news.example/1"],
        "updated": "2024-11-02",
        "language": "en",
    }
    assert row["id"] in {entry.id for entry in project.feed().entries}


def test_what_is_not_stated_is_empty(project: Project) -> None:
    (row,) = rows(project.built({"content/a.md": note(links=None)}))
    given = {name for name, value in row.items() if value not in (None, [])}
    assert given == {"id", "date", "title", "url", "summary", "language"}


@pytest.mark.parametrize(
    ("fine", "fines", "total", "currency"),
    [
        ("1234.50 EUR", ["1234.50 EUR"], "1234.50", "EUR"),
        (["0.10 EUR", "0.20 EUR"], ["0.10 EUR", "0.20 EUR"], "0.30", "EUR"),
        (["1 EUR", "2 GBP"], ["1 EUR", "2 GBP"], None, None),
        (["1.5 KWD"], ["1.5 KWD"], "1.5", "KWD"),
        (["999,999,999,999,999 EUR", "0.01 EUR"], ["999999999999999 EUR", "0.01 EUR"], "999999999999999.01", "EUR"),
        (None, [], None, None),
    ],
)
def test_amounts_are_exact(
    project: Project, fine: object, fines: list[str], total: str | None, currency: str | None
) -> None:
    project.built({"content/a.md": note(fine=fine)})
    (row,), (cell,) = rows(project), cells(project)
    assert row["fines"] == fines
    assert (str(row["fine_amount"]), row["fine_currency"]) == (str(total), currency)
    assert (cell["fine_amount"], cell["fine_currency"]) == (total or "", currency or "")


@pytest.mark.parametrize(("field", "value"), [("outcome", "fine-proposed"), ("status", "annulled")])
def test_a_fine_that_does_not_stand_says_so(project: Project, field: str, value: str) -> None:
    (row,) = rows(project.built({"content/a.md": note(fine="1 EUR", **{field: value})}))
    assert row[field] == value
    assert "outcome and status" in words(project.page("data/").one("//main"))


def test_spelling_that_keeps_csv_readable_everywhere(project: Project) -> None:
    data = project.built(FILES["ugly characters"]).files()["data/actions.csv"]
    assert data.count(b"\r\n") == data.count(b"\n") == data.count(b"\r") == 3
    dialect = package(project)["resources"][0]["dialect"]
    assert (dialect["lineTerminator"], dialect["delimiter"], dialect["header"]) == ("\r\n", ",", True)
    assert {row["sector"] for row in cells(project)} >= {"007"}


@pytest.mark.parametrize(
    ("site", "licences"),
    [
        ({}, None),
        ({"licence": "All rights reserved"}, None),
        ({"licence": "CC BY-SA 4.0"}, [{"name": "CC-BY-SA-4.0", "title": "CC BY-SA 4.0"}]),
        (
            {"licence": "Our terms, please", "licence_url": "https://digest.example/terms"},
            [{"path": "https://digest.example/terms", "title": "Our terms, please"}],
        ),
        ({"licence_url": "https://digest.example/terms"}, [{"path": "https://digest.example/terms"}]),
    ],
)
def test_the_licence_is_that_of_the_settings(
    project: Project, site: dict[str, str], licences: list[dict[str, str]] | None
) -> None:
    project.built({"digest.toml": settings(**site)})
    assert package(project).get("licenses") == licences
    main = project.page("data/").one("//main")
    assert all(each in html.tostring(main, encoding="unicode") for each in site.values())


def test_the_page_links_to_all_files(project: Project) -> None:
    page = project.built(SAMPLE).page("data/")
    linked = {link for link in page.xpath("//main//a/@href") if link.startswith("../data/")}
    assert linked == {f"../{path}" for path in project.published() if path.startswith("data/") and "html" not in path}
    assert project.page("").xpath("//footer//a[@href='./data/']/text()") == ["Open data"]


def test_a_second_build_renders_none_of_them_again(project: Project) -> None:
    project.built(SAMPLE)
    assert project.build().reasons == ()
    reasons = project.write({"content/ruling.md": note(title="A ruling on appeal", authority="cnil")}).build().reasons
    assert {path for path, _ in reasons if path.startswith("data/")} == {
        "data/actions.csv",
        "data/actions.json",
        "data/passages.json",
        "data/datapackage.json",
        "data/index.html",
    }
