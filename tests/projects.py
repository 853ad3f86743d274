"""Small projects for tests: written from dictionaries of files, built, and read back as a reader of the site would."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import feedparser
import pytest
from lxml import html

import compliance_digest
from compliance_digest.build import build
from compliance_digest.problems import DigestError, NotesInvalid, Problem
from compliance_digest.report import BuildOptions, Report

if TYPE_CHECKING:
    from collections.abc import Mapping

    Files = Mapping[str, str | bytes | None]

HOST = "digest.example"
NAMESPACE = "6f3c2a52-4b1e-4a0f-9f64-2f1f0f6f4f7e"
SOURCE = "https://news.example/decision"


def settings(more: str = "", *, base_url: str = f"https://{HOST}/", **site: str) -> str:
    """Return a `digest.toml`: `[site]` with these settings, then `more`."""
    values = {"title": "Digest", "base_url": base_url, "id": NAMESPACE, **site}
    lines = [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in values.items()]
    return "\n".join(["[site]", *lines, more, ""])


def note(body: str = "- Text.\n", **fields: object) -> str:
    """Return a note; a field that is None is left out."""
    values = {"title": "A note", "date": "2024-09-30", "links": [SOURCE], **fields}
    lines = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in values.items() if value is not None]
    return "\n".join(["---", *lines, "---", body])


class Page:
    """A page as programs read it: by microformats and semantics."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.root = cast("html.HtmlElement", html.document_fromstring(text))

    def xpath(self, path: str) -> list[Any]:
        return cast("list[Any]", self.root.xpath(path))

    def classed(self, name: str) -> list[html.HtmlElement]:
        return list(self.root.find_class(name))

    def texts(self, name: str) -> list[str]:
        return [words(element) for element in self.classed(name)]

    def hrefs(self, name: str) -> list[str]:
        return [str(element.get("href")) for element in self.classed(name)]

    def one(self, path: str) -> Any:
        (found,) = self.xpath(path)
        return found

    @property
    def entries(self) -> list[str]:
        """The titles of the entries of the page's h-feed."""
        (feed,) = self.classed("h-feed")
        return [words(name) for entry in feed.find_class("h-entry") for name in entry.find_class("p-name")]

    def meta(self, name: str) -> str | None:
        found = self.xpath(f"//meta[@name='{name}' or @property='{name}' or @http-equiv='{name}']/@content")
        return str(found[0]) if found else None


def words(element: html.HtmlElement) -> str:
    """Return an element's text, white space collapsed."""
    return " ".join(str(element.text_content()).split())


class Site:
    """A site in a folder, read back as its visitors would."""

    def __init__(self, site: Path) -> None:
        self.site = site

    def files(self) -> dict[str, bytes]:
        """Return the bytes of all files of the site and of what the build keeps there, but the lock."""
        found = {file.relative_to(self.site).as_posix(): file for file in self.site.rglob("*") if file.is_file()}
        return {path: file.read_bytes() for path, file in found.items() if path != ".digest/lock"}

    def published(self) -> set[str]:
        """Return the paths of all files that a visitor can see."""
        return {path for path in self.files() if not path.startswith(".digest/")}

    def read(self, path: str) -> str:
        return (self.site / path).read_text("utf-8")

    def page(self, address: str) -> Page:
        return Page(self.read(address if address.endswith(".html") else f"{address}index.html"))

    def pages(self) -> dict[str, Page]:
        """Return all pages by their addresses."""
        paths = sorted(path for path in self.published() if path.endswith(".html"))
        return {path.removesuffix("index.html"): Page(self.read(path)) for path in paths}

    def feed(self, address: str = "feed.xml") -> Any:
        """Return a feed as a feed reader takes it."""
        feed = feedparser.parse((self.site / address).read_bytes())
        assert not feed.bozo, feed.get("bozo_exception")
        return feed


class Project(Site):
    """A project in a folder, and the site that it makes."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder / "site")
        self.folder = folder
        self.write({"digest.toml": settings()})
        (folder / "content").mkdir(exist_ok=True)

    def write(self, files: Files) -> Project:
        """Write files; remove those that are None."""
        for path, content in files.items():
            file = self.folder / path
            if content is None:
                file.unlink()
                continue
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return self

    def build(self, *, search: bool = False, jobs: int = 1, **options: Any) -> Report:
        """Build the site, without the search unless it is asked for: an index takes its time."""
        return build(self.folder, BuildOptions(search=search, jobs=jobs, **options))

    def built(self, files: Files, **options: Any) -> Project:
        """Write files and build; return the project."""
        self.write(files).build(**options)
        return self

    def problems(
        self, files: Files | None = None, /, error: type[DigestError] = NotesInvalid, **options: Any
    ) -> list[Problem]:
        """Return the problems of a build that is refused, and changes nothing."""
        before = self.files()
        self.write(files or {})
        with pytest.raises(error) as caught:
            self.build(**options)
        assert self.files() == before
        return caught.value.problems


DIGEST = "from compliance_digest.cli import main; main(prog_name='digest')"


def command(
    *arguments: object, cwd: Path | None = None, script: str = DIGEST, **environment: str
) -> subprocess.Popen[str]:
    """Start `digest`, or another script, in a process of its own that can import the program."""
    source = Path(compliance_digest.__file__).parent.parent
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-c", script, *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(source), **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def finished(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    """Return a command's exit status and what it wrote to standard output and standard error."""
    out, err = process.communicate(timeout=60)
    return process.returncode, out, err


def installed(folder: Path) -> dict[str, str]:
    """Return an environment in which `digest` is a command; its script is made in this folder."""
    script = folder / "digest"
    folder.mkdir(exist_ok=True)
    script.write_text(f"#!{sys.executable} -Werror\nif __name__ == '__main__':\n    {DIGEST}\n")
    script.chmod(0o755)
    source = str(Path(compliance_digest.__file__).parents[1])
    return {**os.environ, "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": source}
