"""The generators that are compared: where each keeps what, and how it is called.

How the peers are set up, and why, is in `README.md`; their settings and templates are in `peers/`.
"""

from __future__ import annotations

import importlib
import importlib.util
import platform
import shutil
import subprocess
import sys
from abc import ABC, abstractmethod
from importlib import metadata
from pathlib import Path
from typing import ClassVar

from measure import Command

PEERS = Path(__file__).parent / "peers"
VENV = PEERS / ".venv"
CONTENT = "content"


class Missing(Exception):
    """A generator is not installed; the message says what would install it."""


class Generator(ABC):
    """A generator and its project: notes, settings and templates, caches and output."""

    name: ClassVar[str]
    output: ClassVar[str]
    caches: ClassVar[tuple[str, ...]] = ()
    """The output's folder, and those of what is kept from one build to the next."""

    caches_by_option: ClassVar[bool] = False
    """Whether a build keeps something for the next only if it is told to."""

    def __init__(self, corpus: Path, folder: Path) -> None:
        self._corpus = corpus
        self.project = folder / self.name.lower()
        self.built: bool | None = None
        """What the output is: None for nothing that a next build could start from, else whether with the search."""
        self._prepare()

    @abstractmethod
    def version(self) -> str:
        """Return the generator's version, with that of what it runs on."""

    @abstractmethod
    def build(self, *, search: bool, cached: bool) -> list[Command]:
        """Return the programs that make the site, and its search index; `cached` has it keep what it can."""

    @property
    def site(self) -> Path:
        """The output."""
        return self.project / self.output

    def clear(self) -> None:
        """Remove the output and all caches."""
        for name in (self.output, *self.caches):
            shutil.rmtree(self.project / name, ignore_errors=True)
        self.built = None

    def edit(self, word: str) -> None:
        """Put a word into the text of the note in the middle of the archive, where it was put before."""
        notes = sorted((self._corpus / CONTENT).iterdir())
        note = notes[len(notes) // 2]
        before, found, after = note.read_text("utf-8").rpartition(" people ")
        (self.project / CONTENT / note.name).write_text(f"{before} {word}{found}{after}", "utf-8")

    def _prepare(self) -> None:
        """Write the project: the peer's settings and templates, and a copy of the notes."""
        ignored = shutil.ignore_patterns("node_modules", "package*.json", ".npmrc", "__pycache__")
        shutil.copytree(PEERS / self.name.lower(), self.project, ignore=ignored)
        shutil.copytree(self._corpus / CONTENT, self.project / CONTENT, dirs_exist_ok=True)

    def _indexed(self, *, search: bool) -> list[Command]:
        """Return what makes the search index of a site that is built."""
        if not search:
            return []
        return [Command((pagefind(), "--site", self.output, "--silent"), self.project)]


class Digest(Generator):
    """The generator that this project is."""

    name = "digest"
    output = "site"
    caches = (".digest",)

    def version(self) -> str:
        """Return the versions of the program and of Python."""
        return f"{metadata.version('compliance-digest')} on Python {platform.python_version()}"

    def build(self, *, search: bool, cached: bool) -> list[Command]:  # noqa: ARG002 (it keeps what it can unasked)
        """Return the one program, which makes the index too."""
        program = [str(Path(sys.executable).with_name("digest"))]
        if importlib.util.find_spec("compliance_digest.__main__"):
            program = [sys.executable, "-m", "compliance_digest"]
        return [Command((*program, "build", "--quiet", *([] if search else ["--no-search"])), self.project)]

    def restore(self) -> None:
        """Move to a copy of the project, as a fresh checkout with a restored cache: all files new, and no output."""
        old = self.project
        name, _, number = old.name.partition("-")
        self.project = old.with_name(f"{name}-{int(number or 0) + 1}")
        ignored = shutil.ignore_patterns(self.output)
        shutil.copytree(old, self.project, ignore=ignored, copy_function=shutil.copyfile)
        shutil.rmtree(old)

    def _prepare(self) -> None:
        shutil.copytree(self._corpus, self.project)


class Hugo(Generator):
    """Hugo, called as the program itself and not through the Python script that its package comes with."""

    name = "Hugo"
    output = "public"

    def version(self) -> str:
        """Return Hugo's version."""
        return _said(self._program(), "version").split()[1].partition("-")[0].removeprefix("v")

    def build(self, *, search: bool, cached: bool) -> list[Command]:  # noqa: ARG002 (there is no cache for notes)
        """Return Hugo's one command."""
        return [Command((self._program(), "--quiet"), self.project), *self._indexed(search=search)]

    @staticmethod
    def _program() -> str:
        found = next(VENV.glob("lib/python*/site-packages/hugo/binaries/hugo"), None)
        if found is None:
            raise Missing("make benchmarks/peers/.venv/.installed")
        return str(found)


class Eleventy(Generator):
    """Eleventy, called as Node's script and not through npx."""

    name = "Eleventy"
    output = "_site"

    _installed: ClassVar[Path] = PEERS / "eleventy" / "node_modules"

    def version(self) -> str:
        """Return the versions of Eleventy and of Node."""
        node, script = self._program()
        return f"{_said(node, script, '--version')} on Node {_said(node, '--version').removeprefix('v')}"

    def build(self, *, search: bool, cached: bool) -> list[Command]:  # noqa: ARG002 (there is none from build to build)
        """Return Eleventy's one command."""
        return [Command((*self._program(), "--quiet"), self.project), *self._indexed(search=search)]

    def _program(self) -> tuple[str, str]:
        node, script = shutil.which("node"), self._installed / "@11ty/eleventy/cmd.cjs"
        if node is None or not script.exists():
            raise Missing("make benchmarks/peers/eleventy/node_modules/.installed")
        return node, str(script)

    def _prepare(self) -> None:
        super()._prepare()
        (self.project / "content.11tydata.js").rename(self.project / CONTENT / "content.11tydata.js")
        (self.project / "node_modules").symlink_to(self._installed)


class Pelican(Generator):
    """Pelican, whose cache holds what it read; a build that no other follows does without."""

    name = "Pelican"
    output = "output"
    caches = ("cache",)
    caches_by_option = True

    def version(self) -> str:
        """Return the versions of Pelican and of Python."""
        python = _said(str(VENV / "bin" / "python"), "--version").removeprefix("Python ")
        return f"{_said(self._program(), '--version')} on Python {python}"

    def build(self, *, search: bool, cached: bool) -> list[Command]:
        """Return Pelican's one command."""
        cache = ["--extra-settings", "CACHE_CONTENT=true", "LOAD_CONTENT_CACHE=true"] if cached else []
        return [Command((self._program(), "--quiet", *cache), self.project), *self._indexed(search=search)]

    @staticmethod
    def _program() -> str:
        program = VENV / "bin" / "pelican"
        if not program.exists():
            raise Missing("make benchmarks/peers/.venv/.installed")
        return str(program)


ALL: dict[str, type[Generator]] = {"hugo": Hugo, "eleventy": Eleventy, "pelican": Pelican}
"""The peers, by what they are called on the command line."""


def pagefind() -> str:
    """Return where Pagefind's program is, which came with this project."""
    module = importlib.import_module("pagefind_bin")  # late: only where an index is made
    return str(module.get_executable())


def _said(*arguments: str) -> str:
    """Return what a program prints."""
    return subprocess.run(arguments, check=True, stdout=subprocess.PIPE, text=True).stdout.strip()
