from __future__ import annotations

import gzip
import json
import stat
import sys
from importlib import metadata
from typing import TYPE_CHECKING, Any

import pytest

from compliance_digest.outputs import pagefind
from compliance_digest.problems import SearchFailed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

WORDS = "<!doctype html><html lang='{lang}'><body data-pagefind-body><h1>{title}</h1><p id='p-1'>{title}</p>"
DOCUMENTS = [
    ("2024/01/02/a/", WORDS.format(lang="en", title="Cookies")),
    ("2024/01/02/b/", WORDS.format(lang="de", title="Daten")),
]


def fragments(files: dict[str, bytes]) -> list[dict[str, Any]]:
    """What a page is given of each document that is found."""
    texts = [gzip.decompress(data) for name, data in files.items() if name.endswith(".pf_fragment")]
    return [json.loads(text.removeprefix(b"pagefind_dcd")) for text in texts]


def test_documents_lead_to_their_addresses_and_keep_their_anchors() -> None:
    found = fragments(pagefind.indexed(DOCUMENTS, "en"))
    assert {each["url"] for each in found} == {"/2024/01/02/a/", "/2024/01/02/b/"}
    assert all(each["anchors"][0]["id"] == "p-1" for each in found)


@pytest.mark.parametrize(("language", "code"), [("en", "en"), ("de-CH", "de"), ("ja", "ja")])
def test_there_is_one_index_in_the_sites_language(language: str, code: str) -> None:
    files = pagefind.indexed(DOCUMENTS, language)
    languages = json.loads(files["pagefind-entry.json"])["languages"]
    assert languages.keys() == {code}
    assert languages[code]["page_count"] == 2


@pytest.mark.parametrize(("language", "wasm"), [("en", "wasm.en.pagefind"), ("ja", "wasm.unknown.pagefind")])
def test_only_what_the_search_page_loads_is_published(language: str, wasm: str) -> None:
    names = {
        name for name in pagefind.indexed(DOCUMENTS, language) if "/" not in name and not name.endswith(".pf_meta")
    }
    assert names == {"pagefind.js", "pagefind-worker.js", "pagefind-entry.json", wasm}


def test_settings_for_pagefind_in_the_surroundings_do_not_matter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pagefind.toml").write_text('glob = "nothing"\n')
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PAGEFIND_GLOB", "nothing")
    assert len(fragments(pagefind.indexed(DOCUMENTS, "en"))) == 2


def test_its_version_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    assert pagefind.version().startswith("1.")

    def missing(_name: str) -> str:
        raise metadata.PackageNotFoundError

    monkeypatch.setattr(metadata, "version", missing)
    assert pagefind.version() == ""


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Puts a Python script in Pagefind's place."""

    def replace(script: str) -> None:
        file = tmp_path / "pagefind"
        file.write_text(f"#!{sys.executable}\n{script}\n")
        file.chmod(file.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setattr("pagefind_bin.get_executable", lambda: file)

    return replace


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("import sys; sys.exit('no\\nroom')", "failed with status 1: no room"),
        ("import sys; sys.exit(101)", "failed with status 101: it said nothing"),
        ("import time; time.sleep(60)", "took more than 0 seconds and was stopped"),
        ("pass", "made no index"),
    ],
)
def test_a_failure_is_told_with_what_to_do(
    program: Callable[[str], None], monkeypatch: pytest.MonkeyPatch, script: str, words: str
) -> None:
    program(script)
    if "sleep" in script:
        monkeypatch.setattr(pagefind, "LIMIT", 0.2)
    with pytest.raises(SearchFailed, match=words) as caught:
        pagefind.indexed(DOCUMENTS, "en")
    assert "--no-search" in str(caught.value)


def test_a_missing_program_is_told_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pagefind_bin.get_executable", lambda: "/nowhere/pagefind")
    with pytest.raises(SearchFailed, match=r"can't be run: .*--no-search"):
        pagefind.indexed(DOCUMENTS, "en")
    monkeypatch.setitem(sys.modules, "pagefind_bin", None)
    with pytest.raises(SearchFailed, match=r"is not installed.*--no-search"):
        pagefind.indexed(DOCUMENTS, "en")


def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    pagefind.indexed(DOCUMENTS, "en")
    assert list(tmp_path.iterdir()) == []
