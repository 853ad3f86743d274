"""One page of each kind, by its address inside the site."""

from __future__ import annotations

NOTE = "2024/09/30/cnil-cegedim-sante/"
KINDS = {
    "front": "",
    "note": NOTE,
    "note with a table": "2021/12/07/tsv-vastaamo/",
    "actions": "actions/",
    "actions, filtered": "actions/?country=fr&sort=-fine",
    "actions, none": "actions/?words=xyz",
    "actions, second page": "actions/page/2/",
    "archive": "archive/",
    "year": "2024/",
    "month": "2024/09/",
    "tags": "tags/",
    "tag": "tags/transfers/",
    "second page": "tags/fine/page/2/",
    "authorities": "authorities/",
    "authority": "authorities/cnil/",
    "countries": "countries/",
    "country": "countries/fr/",
    "organisations": "organisations/",
    "organisation": "organisations/openai/",
    "articles": "articles/",
    "article": "articles/gdpr-5-1-a/",
    "editions": "editions/",
    "edition": "editions/2024-W40/",
    "statistics": "statistics/",
    "search": "search/",
    "search, with results": "search/?q=cookies&sort=fine",
    "data": "data/",
    "feeds": "feeds/",
    "no such page": "404.html",
}

ALIKE = {
    "actions, second page", "month", "second page", "country", "countries", "organisation", "organisations", "article",
    "articles",
}  # fmt: skip
"""Kinds that have the template of another, and nothing else in it: what takes long is done for the other alone."""
