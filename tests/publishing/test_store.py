from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance_digest.notes.cache import CacheDamaged
from compliance_digest.publishing.store import packed, unpacked

from .helpers import artifact, bundle

if TYPE_CHECKING:
    from compliance_digest.outputs.artifact import Planned

ONE = artifact("a/b.html", "text")
SEVERAL = bundle("search", {}, inputs="1")


@given(st.binary())
def test_an_artifact_comes_back(data: bytes) -> None:
    files = {"a/b.html": data}
    assert unpacked(ONE, packed(ONE, files)) == files


@given(st.dictionaries(st.from_regex(r"search/[a-z]{1,9}", fullmatch=True), st.binary()))
def test_a_bundle_comes_back(files: dict[str, bytes]) -> None:
    assert unpacked(SEVERAL, packed(SEVERAL, files)) == files


def kept(files: object) -> bytes:
    return zlib.compress(msgspec.msgpack.encode(files))


@pytest.mark.parametrize("path", ["index.html", "search", "searching/a", "search/../index.html", "/search/a", ""])
def test_a_bundle_stays_in_its_folder(path: str) -> None:
    with pytest.raises(CacheDamaged):
        unpacked(SEVERAL, kept({"search/a": b"", path: b""}))


@pytest.mark.parametrize(
    ("planned", "data"),
    [(ONE, b""), (ONE, b"x"), (SEVERAL, b"x"), (SEVERAL, kept(["a"])), (SEVERAL, zlib.compress(b"\xc1"))],
)
def test_what_is_damaged_is_told(planned: Planned, data: bytes) -> None:
    with pytest.raises(CacheDamaged):
        unpacked(planned, data)
