"""What a note can tell of itself."""

from __future__ import annotations

from datetime import date

import pytest

from compliance_digest.notes.note import Source, page_address


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.cnil.fr/en/x", "cnil.fr"),
        ("https://WWW.CNIL.FR:443/", "cnil.fr"),
        ("http://www2.cnil.fr", "www2.cnil.fr"),
        ("https://user@edpb.europa.eu/", "edpb.europa.eu"),
    ],
)
def test_host(url: str, host: str) -> None:
    assert Source(url).host == host


def test_page_address() -> None:
    assert page_address(date(2024, 1, 5), "a-b") == "2024/01/05/a-b/"
    assert page_address(date(987, 1, 5), "a") == "0987/01/05/a/"
