from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from compliance_digest.desk.serve.answers import answer, media_type
from compliance_digest.desk.serve.news import State

if TYPE_CHECKING:
    from pathlib import Path

    from compliance_digest.desk.serve.answers import Answer

STATE = State(build="b1")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site with a secret beside it, and one in its `.digest/`."""
    root = tmp_path / "site"
    files = {
        "index.html": "<main>front</main>",
        "404.html": "<main>none</main>",
        "tags/a b/index.html": "<main>tag</main>",
        "feed.xml": "<rss/>",
        "empty/x.txt": "x",
        "größe.txt": "x",
        ".well-known/security.txt": "x",
        ".digest/manifest.json": "secret",
        "../secret.txt": "secret",
        "../site-2/index.html": "secret",
    }
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    (root / "link.txt").symlink_to(tmp_path / "secret.txt")
    (root / "linked").symlink_to(tmp_path / "site-2")
    return root


def get(site: Path, target: str, state: State = STATE) -> Answer:
    return answer(site, state, target)


def test_a_folder_shows_its_page(site: Path) -> None:
    for target in ("/", "/?q=1", "/index.html", "http://127.0.0.1:8000/"):
        found = get(site, target)
        assert (found.status, found.kind) == (200, "text/html; charset=utf-8")
        assert b"<main>front</main>" in found.body
        assert b"page.js" in found.body


def test_a_folder_without_its_slash_leads_to_the_one_with(site: Path) -> None:
    found = get(site, "/tags/a%20b?x=1&y")
    assert (found.status, found.headers) == (302, {"Location": "/tags/a%20b/?x=1&y"})
    assert b"tag" in get(site, "/tags/a%20b/?x=1&y").body


def test_other_files_are_as_they_are(site: Path) -> None:
    assert get(site, "/feed.xml").body == b"<rss/>"
    assert get(site, f"/{quote('größe.txt')}").body == b"x"
    assert get(site, "/.well-known/security.txt").status == 200


def test_where_there_is_nothing_the_sites_own_page_says_so(site: Path) -> None:
    for target in ("/nothing", "/empty/", "/empty", "/feed.xml/", "/tags//a b/", f"/{'x' * 5000}"):
        found = get(site, target)
        assert found.status == 404
        assert b"<main>none</main>" in found.body
        assert b"page.js" in found.body
    (site / "404.html").unlink()
    assert get(site, "/nothing").body == b"There is no such page.\n"


@pytest.mark.parametrize(
    "target",
    [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e%2fsecret.txt",
        "/tags/../../secret.txt",
        "/..\\secret.txt",
        "/..%5csecret.txt",
        "/../site-2/",
        "//../secret.txt",
        "/%00/../../secret.txt",
        "/index.html%00",
        "/.digest/manifest.json",
        "/.DIGEST/manifest.json",
        "/%2edigest/manifest.json",
        "/./.digest/manifest.json",
        "/tags/%2e%2e/.digest/manifest.json",
        "/.digest/serve/../manifest.json",
        "/.digest/serve/server.py",
        "/link.txt",
        "/linked/",
        "/linked",
        "/linked/index.html",
        "file:///etc/passwd",
        "/%ff",
        "/\xff",
        "http://[/",
        "*",
        "",
    ],
)
def test_nothing_but_the_site_can_be_read(site: Path, target: str) -> None:
    found = get(site, target)
    assert b"secret" not in found.body
    assert b"root:" not in found.body
    assert found.status in (400, 404) or target == ""


def test_before_there_is_a_site_a_page_waits_for_it(site: Path) -> None:
    for target in ("/", "/nothing", "/feed.xml"):
        found = get(site, target, State(message="it is wrong"))
        assert (found.status, found.kind) == (503, "text/html; charset=utf-8")
        assert b'data-build=""' in found.body


def test_the_previews_own_files(site: Path) -> None:
    kinds = {"page.js": "text/javascript", "overlay.css": "text/css", "marks.css": "text/css"}
    for name, kind in kinds.items():
        for state in (STATE, State()):
            found = get(site, f"/.digest/serve/{name}", state)
            assert (found.status, found.kind) == (200, f"{kind}; charset=utf-8")


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("feed.xml", "application/rss+xml; charset=utf-8"),
        ("tags/fine/feed.xml", "application/rss+xml; charset=utf-8"),
        ("atom.xml", "application/atom+xml; charset=utf-8"),
        ("feed.json", "application/feed+json; charset=utf-8"),
        ("feeds.opml", "text/x-opml; charset=utf-8"),
        ("sitemap.xml", "application/xml; charset=utf-8"),
        ("data/actions.csv", "text/csv; charset=utf-8"),
        ("data/actions.json", "application/json; charset=utf-8"),
        ("robots.txt", "text/plain; charset=utf-8"),
        ("assets/style.css", "text/css; charset=utf-8"),
        ("pagefind/pagefind.js", "text/javascript; charset=utf-8"),
        ("assets/icon.svg", "image/svg+xml; charset=utf-8"),
        ("a.PNG", "image/png"),
        ("a.pdf", "application/pdf"),
        ("a.woff2", "font/woff2"),
        ("_headers", "application/octet-stream"),
        ("a.b/c", "application/octet-stream"),
    ],
)
def test_media_types(path: str, expected: str) -> None:
    assert media_type(path) == expected
