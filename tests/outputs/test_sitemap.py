from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest
from lxml import etree

from tests.projects import HOST, Project, note
from tests.sample import SAMPLE

if TYPE_CHECKING:
    from collections.abc import Mapping

NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
BASE = f"https://{HOST}/digest/"

# The protocol's own schemas (https://www.sitemaps.org/schemas/sitemap/0.9/), in short.
SCHEMA = etree.XMLSchema(
    etree.fromstring("""
<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
    targetNamespace="http://www.sitemaps.org/schemas/sitemap/0.9" elementFormDefault="qualified">
  <xsd:simpleType name="loc"><xsd:restriction base="xsd:anyURI">
    <xsd:minLength value="12"/><xsd:maxLength value="2048"/>
    <xsd:pattern value="https?://[!-;=?-~]+"/>
  </xsd:restriction></xsd:simpleType>
  <xsd:simpleType name="lastmod"><xsd:union>
    <xsd:simpleType><xsd:restriction base="xsd:date"/></xsd:simpleType>
    <xsd:simpleType><xsd:restriction base="xsd:dateTime"/></xsd:simpleType>
  </xsd:union></xsd:simpleType>
  <xsd:complexType name="place"><xsd:sequence>
    <xsd:element name="loc" type="loc"/><xsd:element name="lastmod" type="lastmod" minOccurs="0"/>
  </xsd:sequence></xsd:complexType>
  <xsd:element name="urlset"><xsd:complexType><xsd:sequence>
    <xsd:element name="url" type="place" maxOccurs="unbounded"/>
  </xsd:sequence></xsd:complexType></xsd:element>
  <xsd:element name="sitemapindex"><xsd:complexType><xsd:sequence>
    <xsd:element name="sitemap" type="place" maxOccurs="unbounded"/>
  </xsd:sequence></xsd:complexType></xsd:element>
</xsd:schema>""")
)


def places(project: Project, path: str = "sitemap.xml") -> dict[str, str | None]:
    """Return the addresses in a sitemap, or an index of them, with the dates of their last changes."""
    document = etree.fromstring(project.read(path).encode())
    SCHEMA.assertValid(document)
    found = {}
    for element in document:
        address = element.findtext(f"{NAMESPACE}loc") or ""
        assert address.startswith(BASE)
        assert address not in found
        found[address.removeprefix(BASE)] = element.findtext(f"{NAMESPACE}lastmod")
    return found


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return Project(tmp_path_factory.mktemp("project")).built(SAMPLE, base_url=BASE)


def test_the_sitemap_lists_exactly_the_pages_to_be_indexed(sample: Project) -> None:
    pages = sample.pages()
    assert places(sample).keys() == {
        address for address, page in pages.items() if not page.meta("robots") and address != "imprint/"
    }
    assert not {"404.html", "old/first/", "first.html"} & places(sample).keys()


@pytest.mark.parametrize(
    ("address", "changed"),
    [
        ("", "2024-09-30"),
        ("2019/01/02/first/", "2024-11-02"),
        ("2024/09/30/second/", "2024-09-30"),
        ("2024/01/", "2024-01-05"),
        ("authorities/edpb/", "2023-03-04"),
        ("tags/fine/page/2/", "2024-01-05"),
    ],
)
def test_when_a_page_last_changed(sample: Project, address: str, changed: str) -> None:
    assert places(sample)[address] == changed


def test_a_site_without_notes(project: Project) -> None:
    project.build(base_url=BASE)
    assert set(places(project).values()) == {None}


def test_addresses_are_escaped(project: Project) -> None:
    project.built({"content/a.md": note(tags=["größe"], organisation="R&D <x>")}, base_url=BASE)
    assert {"tags/grosse/", "organisations/r-d-x/"} <= places(project).keys()


def test_past_the_protocols_limit_there_is_an_index(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    project.built({"content/a.md": note()}, base_url=BASE)
    whole = places(project)
    monkeypatch.setattr("compliance_digest.outputs.sitemap.AT_MOST", 4)
    project.build(base_url=BASE)
    parts = places(project)
    assert list(parts) == [f"sitemap-{number}.xml" for number in range(1, -(-len(whole) // 4) + 1)]
    found: Mapping[str, str | None] = {}
    for part in parts:
        assert len(places(project, part)) <= 4
        assert not found.keys() & places(project, part).keys()
        found = {**found, **places(project, part)}
    assert found == whole


def test_the_protocols_limit() -> None:
    from compliance_digest.outputs.sitemap import AT_MOST

    assert AT_MOST == 50_000


def test_robots_are_let_in_and_told_of_the_sitemap(sample: Project) -> None:
    lines = sample.read("robots.txt").splitlines()
    assert lines == ["User-agent: *", "Allow: /", "", f"Sitemap: {BASE}sitemap.xml"]


@pytest.mark.parametrize(("base_url", "pattern"), [(f"https://{HOST}/", "/*"), (BASE, "/digest/*")])
def test_hosts_allow_what_some_page_needs_and_no_page_more_than_that(
    project: Project, base_url: str, pattern: str
) -> None:
    project.built({"content/a.md": note(aliases=["/old/"])}, base_url=base_url)
    path, *lines = project.read("_headers").splitlines()
    headers = dict(line.strip().split(": ", 1) for line in lines)
    assert unquote(path) == pattern
    assert all(line.startswith("  ") for line in lines)
    allowed = directives(headers["Content-Security-Policy"])
    assert allowed.pop("frame-ancestors") == {"'none'"}
    for page in project.pages().values():
        for directive, sources in directives(page.meta("Content-Security-Policy") or "").items():
            hashes = {source for source in sources if source.startswith("'sha256-")}  # of data, which isn't run
            assert sources - hashes <= allowed[directive] | {"'none'"}
    assert not re.search("(?<!wasm-)unsafe-|https?:|data:", headers["Content-Security-Policy"])
    assert headers["X-Content-Type-Options"] == "nosniff"


def directives(policy: str) -> dict[str, set[str]]:
    return {name: set(sources.split()) for name, _, sources in (part.partition(" ") for part in policy.split("; "))}
