"""Structured data: what a page is, said in the words of schema.org, as JSON-LD 1.1 in a data block of its own.

A page says by default that it is a page of the site, and where it stands there; what it is mainly about, an article or
a list, is handed over with it. Addresses are absolute, since programs read the block away from its page.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from compliance_digest.outputs.assets import ASSETS, CARD

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from compliance_digest.outputs.views import DataFile, Head, Link, NoteView
    from compliance_digest.settings import Site

    Node = dict[str, Any]

LISTED = 100
"""How many items of a list are named: of more, the page says how many there are, and stays light."""

_SEEN_BY_HTML = {sign: f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
"""Signs that could end the element that the block stands in, or a line of it."""

_encoded = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode


def block(site: Site, head: Head, main: Node | None) -> Markup:
    """Return a page's JSON-LD, to stand in a `script` element.

    `main` is what the page is mainly about, as the functions below make it.
    """
    graph = [_page(site, head, main)]
    if head.address:
        graph.append(_breadcrumbs(site, head))
    text = _encoded({"@context": "https://schema.org", "@graph": graph})
    for sign, code in _SEEN_BY_HTML.items():  # `translate` takes far longer where a letter isn't ASCII
        text = text.replace(sign, code)
    return Markup(text)  # noqa: S704 (nothing of HTML is left in it)


def _page(site: Site, head: Head, main: Node | None) -> Node:
    """Return the node of the page: that of what it is mainly about, or one that holds it."""
    if main is not None and main["@type"] != "ItemList":
        return main
    return {
        "@type": "WebPage" if main is None else "CollectionPage",
        "name": head.title,
        **_given(description=head.description),
        "url": site.base_url + head.address,
        "inLanguage": site.language,
        "isPartOf": _part_of(site),
        **_given(license=_licence(site), mainEntity=main),
    }


def _breadcrumbs(site: Site, head: Head) -> Node:
    """Return the way from the front page: by the part of the site that the page is in."""
    way = [(site.title, ""), (head.title, head.address)]
    section = f"{head.section}/"
    if head.section and head.section != "latest" and section != head.address:
        way.insert(1, (head.section.capitalize(), section))
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": number,
                "name": name,
                "item": {"@type": "WebPage", "@id": site.base_url + address},
            }
            for number, (name, address) in enumerate(way, 1)
        ],
    }


def website(site: Site) -> Node:
    """Return the node of the site, for its front page."""
    return {
        "@type": "WebSite",
        "name": site.title,
        **_given(description=site.description),
        "url": site.base_url,
        "inLanguage": site.language,
        "publisher": _publisher(site),
        **_given(license=_licence(site)),
    }


def item_list(site: Site, addresses: Sequence[str]) -> Node:
    """Return the node of a list: the addresses of what is on the page, in its order, the first `LISTED` of them."""
    return {
        "@type": "ItemList",
        "numberOfItems": len(addresses),
        "itemListElement": [
            {"@type": "ListItem", "position": number, "url": site.base_url + address}
            for number, address in enumerate(addresses[:LISTED], 1)
        ],
    }


def article(site: Site, note: NoteView) -> Node:
    """Return the node of a note. Its sources are what it cites; it is about who is in it, its topics and provisions."""
    row = note.row
    url = site.base_url + row.address
    return {
        "@type": "Article",
        "headline": row.title,
        **_given(description=row.summary),
        "url": url,
        "mainEntityOfPage": url,
        "datePublished": row.date.isoformat(),
        "dateModified": note.changed.isoformat(),
        "inLanguage": row.lang or site.language,
        "image": f"{site.base_url}{ASSETS}/{CARD}",
        "author": _author(site),
        "publisher": _publisher(site),
        "isPartOf": _part_of(site),
        **_given(
            license=_licence(site),
            about=list(_about(site, note)),
            contentLocation=_linked(site, "AdministrativeArea", row.country) if row.country else None,
            citation=[
                {
                    "@type": "CreativeWork",
                    **_given(name=source.title),
                    "url": source.url,
                    **_given(archivedAt=source.archive),
                }
                for source in note.sources
            ],
        ),
    }


def _about(site: Site, note: NoteView) -> Iterator[Node]:
    row = note.row
    for organisation in row.organisations:
        yield _linked(site, "Organization", organisation)
    if row.authority:
        yield {**_linked(site, "Organization", row.authority), **_given(alternateName=note.authority_name)}
    for provision in row.articles:
        yield _linked(site, "Legislation", provision)
    for tag in row.tags:
        yield _linked(site, "DefinedTerm", tag)


def dataset(site: Site, head: Head, files: Sequence[DataFile], dates: Sequence[date]) -> Node:
    """Return the node of the open data: the files beside the page, and the time that `dates` span."""
    url = site.base_url + head.address
    return {
        "@type": "Dataset",
        "name": f"{site.title}: {head.title.lower()}",
        "description": head.description,
        "url": url,
        "mainEntityOfPage": url,
        "inLanguage": site.language,
        "isAccessibleForFree": True,
        "creator": _author(site),
        "publisher": _publisher(site),
        **_given(
            license=_licence(site),
            temporalCoverage=f"{dates[0].isoformat()}/{dates[-1].isoformat()}" if dates else "",
        ),
        "distribution": [
            {
                "@type": "DataDownload",
                "name": file.name,
                "description": file.description,
                "contentUrl": url + file.name,
                "encodingFormat": file.mediatype,
            }
            for file in files
        ],
    }


def _linked(site: Site, type_: str, link: Link) -> Node:
    return {"@type": type_, "name": link.label, "url": site.base_url + link.address}


def _part_of(site: Site) -> Node:
    return {"@type": "WebSite", "name": site.title, "url": site.base_url}


def _publisher(site: Site) -> Node:
    return {
        "@type": "Organization",
        "name": site.title,
        "url": site.base_url,
        "logo": f"{site.base_url}{ASSETS}/icon.png",
    }


def _author(site: Site) -> Node:
    """Return who answers for the site: the site itself, or a person by another name."""
    if site.author in ("", site.title):
        return {"@type": "Organization", "name": site.title, "url": site.base_url}
    return {"@type": "Person", "name": site.author}


def _licence(site: Site) -> str | Node | None:
    if site.licence_url:
        return site.licence_url
    return {"@type": "CreativeWork", "name": site.licence} if site.licence else None


def _given(**properties: object) -> Node:
    """Return those properties that have a value."""
    return {name: value for name, value in properties.items() if value}
