"""A crawler over a built site: it resolves every address against its page's, as a browser does."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from lxml import etree, html

from tests.projects import Page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.projects import Site

ATOM = "{http://www.w3.org/2005/Atom}"
ADDRESSES = ("href", "src")
FEEDS = ("feed.xml", "atom.xml", "feed.json", "feeds.opml")
"""How the names of files end that are for feed readers."""
FOR_OTHERS = (
    "//link[@rel='canonical'] | //meta[starts-with(@property, 'og:')] | //script[@type='application/ld+json']"
    " | //*[@class='citation']"
)
"""The elements of a page that say where it is to those who are elsewhere."""


def broken_links(site: Site, base_url: str) -> list[str]:
    """Return all that leads nowhere, or to a place on the host that is not below `base_url`."""
    paths = site.published()
    ids = {address: set(page.xpath("//@id")) for address, page in site.pages().items()}
    broken = []
    for source, address in addresses(site, base_url):
        url, fragment = urldefrag(address)
        if urlsplit(url).netloc != urlsplit(base_url).netloc:
            continue
        path = unquote(url.removeprefix(base_url))
        inside = url.startswith(base_url) and (path in paths or (path in ids and (not path or path.endswith("/"))))
        if not inside or (fragment and unquote(fragment) not in ids.get(path, ())):
            broken.append(f"{source}: {address}")
    return broken


def addresses(site: Site, base_url: str) -> Iterator[tuple[str, str]]:
    """Yield where a link stands and the absolute address it leads to, for all links of pages and feeds."""
    for address, page in site.pages().items():
        for link in links(page.root):
            elsewhere = address == "404.html" and not link.startswith("#")  # it is served at any address
            yield address, urljoin(base_url + ("no/such/page/" if elsewhere else address), link)
    for path in sorted(site.published()):
        if path.endswith(FEEDS):
            yield from ((path, link) for link in feed_links(site, path))


def links(root: html.HtmlElement) -> Iterator[str]:
    """Yield all addresses that a page or a piece of HTML refers to, as they are written."""
    for element in root.iter(etree.Element):
        yield from (str(element.get(name)) for name in ADDRESSES if element.get(name) is not None)
        if element.tag == "meta" and element.get("http-equiv") == "refresh":
            yield str(element.get("content")).partition("url=")[2]


def feed_links(site: Site, path: str) -> Iterator[str]:
    """Yield all addresses that a feed holds, as they are written."""
    if path.endswith(".json"):
        feed = json.loads(site.read(path))
        yield from (feed[name] for name in ("home_page_url", "feed_url", "icon"))
        for item in feed["items"]:
            yield from (item["url"], *links(html.fragment_fromstring(item["content_html"], create_parent="div")))
        return
    document = etree.fromstring(site.read(path).encode())
    for element in document.iter("link", "url", f"{ATOM}link", f"{ATOM}icon"):
        yield str(element.get("href") or element.text)
    for element in document.iterfind(".//outline[@type]"):
        yield from (str(element.get(name)) for name in ("xmlUrl", "htmlUrl"))
    for content in document.iter("{http://purl.org/rss/1.0/modules/content/}encoded", f"{ATOM}content"):
        yield from links(html.fragment_fromstring(content.text or "", create_parent="div"))


def without_metadata(page: Page) -> str:
    """Return a page's HTML without what may name the host."""
    copy = Page(page.text)
    for element in copy.xpath(FOR_OTHERS):
        element.getparent().remove(element)
    return str(html.tostring(copy.root, encoding="unicode"))
