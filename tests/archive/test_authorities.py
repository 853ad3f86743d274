from __future__ import annotations

import re
import tomllib
from importlib import resources
from typing import TYPE_CHECKING, Any

import pytest

from compliance_digest.archive.authorities import Ambiguous, Authorities
from compliance_digest.countries import COUNTRIES
from compliance_digest.problems import SettingsInvalid
from compliance_digest.settings import AuthoritySettings
from compliance_digest.text import slug
from tests.projects import note, settings

from .helpers import gathered

if TYPE_CHECKING:
    from tests.projects import Project

EEA = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK".split()
NAMED = "edpb edps ico edoeb ftc cppa ca-ag opc oaic anpd ppc pipc kvkk pdpc".split()
LABEL = re.compile(r"(?!-)[a-z0-9-]+(?<!-)")

table: dict[str, dict[str, Any]] = tomllib.loads(
    resources.files("compliance_digest.archive").joinpath("authorities.toml").read_text("utf-8")
)
shipped = Authorities.of({})


@pytest.mark.parametrize(
    ("name", "country", "id_"),
    [
        ("cnil", None, "cnil"),
        ("CNIL", None, "cnil"),
        ("Spanish Data Protection Agency", None, "aepd"),
        ("agencia  española de PROTECCIÓN de datos", None, "aepd"),
        ("IMY", None, "imy"),
        ("datatilsynet-dk", None, "datatilsynet-dk"),
        ("Datatilsynet", "DK", "datatilsynet-dk"),
        ("Datatilsynet", "NO", "datatilsynet-no"),
        ("CNPD", "LU", "cnpd-lu"),
        ("CNPD", "PT", "cnpd-pt"),
        ("CNIL", "BE", "cnil"),
        ("DPC", None, "dpc"),
    ],
)
def test_by_name(name: str, country: str | None, id_: str) -> None:
    assert shipped.by_name(name, country).id == id_


@pytest.mark.parametrize("name", ["Court of Justice of the European Union", "cnil.fr", "CNI", "The CNIL"])
def test_a_name_that_is_not_in_the_table_stands_as_it_is(name: str) -> None:
    authority = shipped.by_name(name, None)
    assert (authority.short, authority.id, authority.country) == (name, slug(name), None)


def test_a_known_name_in_a_country_that_has_none_of_it_stands_as_it_is() -> None:
    assert shipped.by_name("Datatilsynet", "SE").id == "datatilsynet"


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        ("Datatilsynet", {"datatilsynet-dk", "datatilsynet-no"}),
        ("CNPD", {"cnpd-lu", "cnpd-pt", "cnpd-cv"}),
    ],
)
def test_an_ambiguous_name(name: str, ids: set[str]) -> None:
    with pytest.raises(Ambiguous) as caught:
        shipped.by_name(name, None)
    assert set(caught.value.candidates) == ids


def test_an_ambiguous_name_is_an_error_that_names_the_ids(project: Project) -> None:
    found = gathered(project, {"content/a.md": note(authority="Datatilsynet")})
    (message,) = found.messages
    assert message == (
        "content/a.md:5: error: authority: several are called 'Datatilsynet'; "
        "write one of datatilsynet-dk, datatilsynet-no, or give the country [ambiguous-authority]"
    )


@pytest.mark.parametrize(
    ("url", "id_"),
    [
        ("https://www.cnil.fr/en/x", "cnil"),
        ("https://cnil.fr", "cnil"),
        ("http://WWW.CNIL.FR:8080/x?y#z", "cnil"),
        ("https://linc.cnil.fr/x", "cnil"),
        ("https://a.b.c.ico.org.uk/", "ico"),
        ("https://www.datatilsynet.no/", "datatilsynet-no"),
        ("https://notcnil.fr/", None),
        ("https://cnil.fr.example.org/", None),
        ("https://cnil.example/", None),
        ("https://example.org/cnil.fr", None),
        ("https://cnil.fr@example.org/", None),
        ("https://example.org/?u=https://cnil.fr/", None),
        ("https://fr/", None),
    ],
)
def test_by_the_primary_source(project: Project, url: str, id_: str | None) -> None:
    found = gathered(project, {"content/a.md": note(links=[url])} if "." in url else {})
    addresses = [group.address for group in found.archive.of_kind("authority")]
    assert addresses == ([f"authorities/{id_}/"] if id_ else [])


def test_only_the_primary_source_tells_who_acted_and_only_where_the_note_does_not(project: Project) -> None:
    links = ["https://news.example/", "https://www.cnil.fr/"]
    files = {"content/a.md": note(links=links), "content/b.md": note(links=links[::-1], authority="ico")}
    assert gathered(project, files).groups("authority") == {"ICO": ["b.md"]}


@pytest.mark.parametrize(
    ("more", "fields", "expected"),
    [
        pytest.param(
            '[authorities.cnil]\nshort = "The CNIL"',
            {"authority": "cnil"},
            ("cnil", "The CNIL", "FR"),
            id="a correction",
        ),
        pytest.param(
            '[authorities.cnil]\ndomains = ["cnil.example"]',
            {"links": ["https://www.cnil.example/x"]},
            ("cnil", "CNIL", "FR"),
            id="other domains",
        ),
        pytest.param(
            '[authorities.ag]\nshort = "AG"\ncountry = "FR"\ndomains = ["ag.cnil.fr"]',
            {"links": ["https://x.ag.cnil.fr/y"]},
            ("ag", "AG", "FR"),
            id="an addition; the longest domain wins",
        ),
        pytest.param(
            '[authorities.ag]\ndomains = ["WWW.ag.example"]',
            {"links": ["https://www.ag.example/x"]},
            ("ag", "ag", None),
            id="a domain as its address begins",
        ),
        pytest.param("[authorities.ag]", {"authority": "AG"}, ("ag", "ag", None), id="an addition without a name"),
        pytest.param(
            '[authorities.ag]\nname = "Acme Guard"\nnative = "Garde"',
            {"authority": "garde"},
            ("ag", "ag", None),
            id="an addition without a short name",
        ),
    ],
)
def test_settings(project: Project, more: str, fields: dict[str, Any], expected: tuple[str, str, str | None]) -> None:
    found = gathered(project, {"digest.toml": settings(more), "content/a.md": note(**fields)})
    (entry,) = found.archive.entries
    assert entry.authority
    assert (entry.authority.id, entry.authority.short, entry.country) == expected


def test_two_names_of_one_address_are_not_merged(project: Project) -> None:
    names = ["Conseil d’Etat", "Conseil d’État"]
    files = {f"content/{number}.md": note(authority=name) for number, name in enumerate(names)}
    assert sorted(gathered(project, files).groups("authority")) == names


@pytest.mark.parametrize("id_", ["../up", "a/b", "", "Über", "a b"])
def test_an_id_that_can_not_stand_in_an_address_is_wrong(project: Project, id_: str) -> None:
    files = {"digest.toml": settings(f'[authorities."{id_}"]\nshort = "X"'), "content/a.md": note(authority="X")}
    (problem,) = project.problems(files, SettingsInvalid)
    assert (problem.file, problem.code) == ("digest.toml", "bad-setting")


@pytest.mark.parametrize("country", EEA)
def test_every_country_of_the_eea_has_an_authority(country: str) -> None:
    assert country in {entry["country"] for entry in table.values()}


@pytest.mark.parametrize("id_", NAMED)
def test_the_authorities_that_notes_name_are_in_the_table(id_: str) -> None:
    assert id_ in table


def test_domains_in_the_table_are_of_one_authority_each() -> None:
    domains = [domain for entry in table.values() for domain in entry["domains"]]
    assert len(domains) == len(set(domains))
    for domain in domains:
        assert not domain.startswith("www.")
        assert len(domain.split(".")) > 1
        assert all(LABEL.fullmatch(part) for part in domain.split(".")), domain
        assert not any(other != domain and domain.endswith(f".{other}") for other in domains), domain


@pytest.mark.parametrize("id_", table)
def test_an_entry_of_the_table(id_: str) -> None:
    entry = table[id_]
    assert entry["country"] in COUNTRIES
    assert slug(id_) == id_
    assert entry["short"].strip()
    assert entry["name"].strip()
    assert entry.get("native") != entry["name"]
    assert AuthoritySettings.model_validate(entry)
    assert shipped.by_name(id_, None).id == id_
    assert all(getattr(shipped.by_host(f"www.{domain}"), "id", None) == id_ for domain in entry["domains"])
