"""Pagefind, the program that makes search indexes, run over documents in a folder of its own."""

from __future__ import annotations

import json
import os
import subprocess
from importlib import metadata
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from compliance_digest.problems import SearchFailed

if TYPE_CHECKING:
    from collections.abc import Iterable

FOLDER = "pagefind"
"""The folder of a site that an index is in."""

LIMIT = 120.0
LIMIT_EACH = 0.1
"""Seconds that it may take, and more for each document: many times what it needs, for machines do other things too."""

_PROGRAMS = frozenset({"pagefind.js", "pagefind-worker.js", "pagefind-entry.json"})
_PARTS = frozenset({".pf_meta", ".pf_index", ".pf_filter", ".pf_fragment"})
_REINSTALL = "install compliance-digest again, with all it needs"


def version() -> str:
    """Return Pagefind's version; an empty string where it isn't installed."""
    try:
        return metadata.version("pagefind-bin")
    except metadata.PackageNotFoundError:
        return ""


def indexed(documents: Iterable[tuple[str, str]], language: str) -> dict[str, bytes]:
    """Return the index of documents, given by address and HTML: the files that a page needs to search in it.

    All are taken for documents in one language (BCP 47), for a page searches in that of its own language only.
    Raises SearchFailed where Pagefind is missing, fails, or takes too long, and OSError.
    """
    program = _program()
    with TemporaryDirectory(prefix="digest-search-") as temporary:
        site, bundle = Path(temporary, "site"), Path(temporary, "bundle")
        site.mkdir()
        limit = LIMIT
        for address, html in documents:
            limit += LIMIT_EACH
            folder = site / address
            folder.mkdir(parents=True)
            (folder / "index.html").write_bytes(html.encode())
        _run(
            program,
            *("--site", str(site), "--output-path", str(bundle), "--silent"),
            *("--force-language", language.split("-", maxsplit=1)[0].lower()),
            *("--exclude-selectors", "sup[id^=fnref], .footnote-backref"),
            folder=temporary,
            limit=limit,
        )
        return _needed(bundle)


def _program() -> str:
    # Imported late, for it takes long and most builds make no index.
    try:
        from pagefind_bin import get_executable  # noqa: PLC0415

        program = get_executable()
    except (ImportError, FileNotFoundError):
        program = None
    if program is None:
        raise _failure("is not installed", _REINSTALL)
    return str(program)


def _run(program: str, *arguments: str, folder: str, limit: float) -> None:
    # In a folder without configuration, and without that in the environment: what it makes depends on us alone.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PAGEFIND_")}
    try:
        done = subprocess.run(  # noqa: S603 (no shell, and nothing of a note's in the arguments)
            [program, *arguments], cwd=folder, env=environment, capture_output=True, timeout=limit, check=False
        )
    except subprocess.TimeoutExpired as error:
        how = f"took more than {limit:.0f} seconds and was stopped"
        raise _failure(how, "try again") from error
    except OSError as error:
        how = f"can't be run: {error}"
        raise _failure(how, _REINSTALL) from error
    if done.returncode:
        said = " ".join((done.stderr or done.stdout).decode("utf-8", "replace").split())
        how = f"failed with status {done.returncode}: {said[:500] or 'it said nothing'}"
        raise _failure(how, _REINSTALL)


def _failure(how: str, remedy: str) -> SearchFailed:
    out = "use --no-search to leave the search out"
    return SearchFailed(f"Pagefind, which makes the search index, {how}; {remedy}, or {out}")


def _needed(bundle: Path) -> dict[str, bytes]:
    """Return the files that a page with a script of its own loads, without Pagefind's own pages and styles."""
    try:
        languages = json.loads((bundle / "pagefind-entry.json").read_bytes())["languages"]
        wanted = _PROGRAMS | {f"wasm.{each['wasm'] or 'unknown'}.pagefind" for each in languages.values()}
    except (FileNotFoundError, ValueError, KeyError) as error:
        raise _failure("made no index that this program knows", _REINSTALL) from error
    return {
        file.relative_to(bundle).as_posix(): file.read_bytes()
        for file in sorted(bundle.rglob("*"))
        if file.is_file() and (file.name in wanted or file.suffix in _PARTS)
    }
