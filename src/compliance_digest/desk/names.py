"""How the files of new notes are named."""

from __future__ import annotations

from compliance_digest.text import slug

LONGEST = 80
"""Characters of a title's slug in the name of a file."""


def short_slug(title: str) -> str:
    """Return a title's slug, cut at a word where it is long; empty where there are no letters or digits."""
    name = slug(title)
    return name if len(name) <= LONGEST else name[: LONGEST + 1].rpartition("-")[0] or name[:LONGEST]
