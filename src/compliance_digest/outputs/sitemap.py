"""What search engines read: the sitemap (sitemaps.org, protocol 0.9), `robots.txt`, and hosts' headers."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit
from xml.etree import ElementTree as etree

from compliance_digest.outputs.artifact import Artifact
from compliance_digest.outputs.fingerprints import digest_of
from compliance_digest.outputs.policy import HOST
from compliance_digest.program import program_fingerprint

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from compliance_digest.settings import Settings

AT_MOST = 50_000
"""Addresses in one sitemap; with more there are several, and an index of them."""

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def for_robots(pages: Sequence[Artifact], settings: Settings) -> Iterator[Artifact]:
    """Yield the sitemap of these pages, and what else is written for programs that visit the site."""
    base_url = settings.site.base_url
    addresses = [(page.path.removesuffix("index.html"), page.listed or "") for page in pages]
    parts = [addresses[start : start + AT_MOST] for start in range(0, len(addresses), AT_MOST)]
    if len(parts) == 1:
        yield _sitemap("sitemap.xml", "urlset", "url", base_url, parts[0])
    else:
        names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
        yield _sitemap("sitemap.xml", "sitemapindex", "sitemap", base_url, [(name, "") for name in names])
        for name, part in zip(names, parts, strict=True):
            yield _sitemap(name, "urlset", "url", base_url, part)
    yield _text("robots.txt", f"User-agent: *\nAllow: /\n\nSitemap: {base_url}sitemap.xml\n")
    yield _text("_headers", _headers(urlsplit(base_url).path))


def _sitemap(path: str, root: str, item: str, base_url: str, addresses: Sequence[tuple[str, str]]) -> Artifact:
    inputs = (program_fingerprint(), root, base_url, digest_of([part for each in addresses for part in each]))
    return Artifact.of(path, "the sitemap", inputs, partial(_sitemap_xml, root, item, base_url, addresses))


def _sitemap_xml(root: str, item: str, base_url: str, addresses: Sequence[tuple[str, str]]) -> bytes:
    document = etree.Element(root, {"xmlns": _NAMESPACE})
    for address, changed in addresses:
        element = etree.SubElement(document, item)
        etree.SubElement(element, "loc").text = base_url + quote(address)
        if changed:
            etree.SubElement(element, "lastmod").text = changed
    etree.indent(document, "")
    return bytes(etree.tostring(document, encoding="UTF-8", xml_declaration=True)) + b"\n"


def _text(path: str, text: str) -> Artifact:
    return Artifact.of(path, f"the file {path}", (text,), text.encode)


def _headers(path: str) -> str:
    """Return the headers that hosts which know this file (Netlify, Cloudflare Pages) send with all pages."""
    return (
        f"{path}*\n"
        f"  Content-Security-Policy: {HOST}\n"
        "  Referrer-Policy: strict-origin-when-cross-origin\n"
        "  X-Content-Type-Options: nosniff\n"
    )
