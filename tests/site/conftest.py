"""Builds the site, serves it on this machine's loopback and opens it in Debian's Chromium."""

from __future__ import annotations

import functools
import os
import shutil
import threading
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import sync_playwright

from compliance_digest.build import build
from compliance_digest.report import BuildOptions
from tests.projects import Site

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

PROJECT = Path(__file__).parents[2]
FOLDER = "digest"
"""The path that the site is published under."""

QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
"""Chromium looks nothing up on its own with these; root needs the first."""


def program(name: str, package: str) -> str:
    """Return the path of a program; the test is skipped without it, except in CI, where it fails."""
    path = shutil.which(name)
    if path is None:
        without(f"{name} is not installed: apt-get install {package}")
    return path or ""


def without(message: str) -> None:
    """Skip a test for want of something, or fail it in CI."""
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)


class _Silent(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the library's name)
        """Say nothing: pytest shows what matters."""


@contextmanager
def served(root: Path) -> Iterator[str]:
    """Serve a folder on this machine's loopback during the block, and yield its address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Silent, directory=str(root))) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The repository's own site, as files."""
    output = tmp_path_factory.mktemp("served") / FOLDER
    build(PROJECT, BuildOptions(output=output, base_url=f"https://example.org/{FOLDER}/"))
    return Site(output)


@pytest.fixture(scope="session")
def site(built: Site) -> Iterator[str]:
    """The address of the site's front page."""
    with served(built.site.parent) as address:
        yield f"{address}{FOLDER}/"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, for one module: while it is there, nothing else in this process can have an event loop."""
    chromium = program("chromium", "chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of a browser that knows nothing of other tests."""
    with browser.new_context() as context:
        context.set_default_timeout(5000)
        yield context.new_page()
