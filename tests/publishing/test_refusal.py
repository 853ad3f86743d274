from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from compliance_digest.problems import OutputRefused
from compliance_digest.publishing.refusal import refusing

if TYPE_CHECKING:
    from pathlib import Path


def test_what_why_and_where(tmp_path: Path) -> None:
    with pytest.raises(OutputRefused) as refused, refusing("can't do it"):
        (tmp_path / "none").read_bytes()
    assert str(refused.value) == f"can't do it: No such file or directory: {tmp_path / 'none'}"
    assert isinstance(refused.value.__cause__, FileNotFoundError)


def test_of_two_paths_the_second(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "folder").mkdir()
    with pytest.raises(OutputRefused) as refused, refusing("can't do it"):
        (tmp_path / "file").replace(tmp_path / "folder")
    assert str(refused.value) == f"can't do it: Is a directory: {tmp_path / 'folder'}"


def test_an_error_that_names_nothing() -> None:
    with pytest.raises(OutputRefused, match=r"^can't do it: just so$"), refusing("can't do it"):
        raise OSError("just so")


def test_other_exceptions_pass() -> None:
    with pytest.raises(ZeroDivisionError), refusing("can't do it"):
        _ = 1 / 0


def test_a_refusal_inside_keeps_its_words() -> None:
    with pytest.raises(OutputRefused, match=r"^inner: just so$"), refusing("outer"), refusing("inner"):
        raise OSError("just so")
