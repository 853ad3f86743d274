"""Where feeds are, and what they are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance_digest.outputs.views import Link

if TYPE_CHECKING:
    from compliance_digest.archive.archive import Archive, Group, Kind

KINDS: tuple[Kind, ...] = ("authority", "country", "tag")
"""The kinds of groups that have a feed each."""

RSS, ATOM, JSON, OPML = "feed.xml", "atom.xml", "feed.json", "feeds.opml"
"""The addresses inside the site of the main feed in its three formats, and of the list of all feeds."""

EDITIONS = Link("RSS feed of the editions", "editions/feed.xml")


def feed_address(group: Group) -> str:
    """Return the address inside the site of a group's feed."""
    return f"{group.address}feed.xml"


def feed_label(heading: str) -> str:
    """Return what the feed of the group with this heading is called."""
    return f"RSS feed of {heading}"


def editions_feed(archive: Archive) -> Link | None:
    """Return the link to the feed of editions; None where an archive has no editions."""
    return EDITIONS if archive.groups["edition"] else None
