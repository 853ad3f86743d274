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
    "editions": "editions/",
    "edition": "editions/2024-W30/",
    "statistics": "statistics/",
    "search": "search/",
    "search with results": "search/?q=cookies&sort=fine",
    "open data": "data/",
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
    "feeds": "feeds/",
    "no such page": "404.html",
}
