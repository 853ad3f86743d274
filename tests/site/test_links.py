"""Every link and every anchor of the real site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.outputs.crawler import addresses, broken_links

if TYPE_CHECKING:
    from tests.projects import Site

BASE = "https://example.org/digest/"


def test_every_link_and_every_anchor_is_there(built: Site) -> None:
    assert broken_links(built, BASE) == []
    assert any("#p-" in address for _, address in addresses(built, BASE))
