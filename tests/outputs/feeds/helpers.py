"""Feeds of a built site, taken apart."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from lxml import etree, html

from tests.projects import HOST

if TYPE_CHECKING:
    from tests.projects import Project

BASE = f"https://{HOST}/"
HUB = "https://hub.example/"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
ATOM = "{http://www.w3.org/2005/Atom}"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def rss_feeds(project: Project) -> list[str]:
    return sorted(path for path in project.published() if path.endswith("feed.xml"))


def root(project: Project, path: str) -> Any:
    return etree.fromstring(project.read(path).encode())


def channel(project: Project, path: str = "feed.xml") -> Any:
    return root(project, path)[0]


def items(project: Project, path: str = "feed.xml") -> list[dict[str, str]]:
    """Return the items of a feed, each with the texts of its elements."""
    return [{str(part.tag): part.text or "" for part in item} for item in channel(project, path).iter("item")]


def fragment(text: str) -> html.HtmlElement:
    return html.fragment_fromstring(text, create_parent="div")


def entries(project: Project) -> list[Any]:
    """Return the entries of the Atom feed."""
    return list(root(project, "atom.xml").iter(f"{ATOM}entry"))


def json_feed(project: Project) -> Any:
    return json.loads(project.read("feed.json"))


def outlines(project: Project) -> list[Any]:
    """Return what the OPML list says of each feed."""
    return list(root(project, "feeds.opml").iterfind(".//outline[@type='rss']"))
