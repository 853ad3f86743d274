"""Every link of a whole site, at a domain's root and under a path."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.projects import HOST, Project, note
from tests.sample import SAMPLE

from .crawler import FEEDS, addresses, broken_links, links, without_metadata

if TYPE_CHECKING:
    from tests.projects import Files

DATA = "actions.csv", "actions.json", "passages.json", "datapackage.json"
Site = tuple[Project, str]
"""A project that is built, and its address."""


@pytest.fixture(scope="module", params=[f"https://{HOST}/", f"https://{HOST}/digest/"], ids=["root", "path"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Site:
    return Project(tmp_path_factory.mktemp("project")).built(SAMPLE, base_url=request.param), request.param


def test_every_link_and_every_anchor_is_there(site: Site) -> None:
    project, base_url = site
    assert broken_links(project, base_url) == []
    assert len(list(addresses(project, base_url))) > 1000


def test_every_page_is_reached_by_links_from_the_front_page(site: Site) -> None:
    project, base_url = site
    by_page: dict[str, set[str]] = {}
    for source, address in addresses(project, base_url):
        by_page.setdefault(source, set()).add(address.partition("#")[0].removeprefix(base_url))
    reached, waiting = set[str](), {""}
    while waiting:
        reached |= waiting
        waiting = {link for page in waiting for link in by_page.get(page, ())} - reached
    unlinked = {address for address, page in project.pages().items() if page.meta("robots") or "imprint" in address}
    assert project.pages().keys() - reached == unlinked


def test_pages_name_the_host_in_metadata_only(site: Site) -> None:
    for address, page in site[0].pages().items():
        assert HOST not in without_metadata(page), address
    others = {path for path in site[0].published() if HOST.encode() in site[0].files()[path]}
    allowed = {"sitemap.xml", "robots.txt", *(f"data/{name}" for name in DATA)}
    assert {path for path in others if not path.endswith((".html", *FEEDS))} == allowed


def test_links_of_pages_are_relative_but_for_the_page_that_is_served_anywhere(site: Site) -> None:
    project, base_url = site
    root = base_url.removeprefix(f"https://{HOST}")
    for address, page in project.pages().items():
        inside = [link for link in links(page.root) if "://" not in link and not link.startswith("#")]
        assert inside
        if address == "404.html":
            assert all(link.startswith(root) for link in inside)
        else:
            assert not any(link.startswith("/") for link in inside), address


def test_nothing_is_loaded_from_elsewhere(site: Site) -> None:
    loading = "//@src | //link[not(@rel='canonical' or @rel='alternate')]/@href"
    for page in site[0].pages().values():
        assert not any("//" in str(address) for address in page.xpath(loading))
        inline = "//script[not(@src or @type='application/ld+json')] | //style | //iframe | //object | //@style"
        assert page.xpath(inline) == []


@pytest.mark.parametrize("base_url", [f"https://{HOST}/", f"https://{HOST}/a/b/"])
def test_an_empty_site(project: Project, base_url: str) -> None:
    project.build(base_url=base_url)
    assert broken_links(project, base_url) == []


def test_names_that_addresses_have_to_escape(project: Project) -> None:
    files: Files = {
        "content/x/100% & më?.pdf": b"%PDF",
        "content/x/a.md": note("- [a](<100%25 & më%3F.pdf>) [b](sub/b%23.txt) [a](#p-1) #tag\n\nText. #größe #c\n"),
        "content/x/sub/b#.txt": b"text",
    }
    project.built(files)
    found = broken_links(project, f"https://{HOST}/")
    assert found
    assert all(link.endswith("/2024/09/30/a/#p-1") for link in found)  # the one that isn't there
