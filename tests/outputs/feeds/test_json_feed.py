from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from tests.projects import NAMESPACE, note, settings

from .helpers import BASE, HUB, items, json_feed

if TYPE_CHECKING:
    from tests.projects import Files, Project

TEXT = {"type": "string", "minLength": 1}
ADDRESS = {"type": "string", "pattern": "^https?://[^ ]+$"}
DATE = {"type": "string", "format": "date-time", "pattern": r"T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$"}
AUTHORS = {
    "type": "array",
    "minItems": 1,
    "items": {
        "type": "object",
        "properties": {"name": TEXT, "url": ADDRESS, "avatar": ADDRESS},
        "minProperties": 1,
        "additionalProperties": False,
    },
}
ITEM = {
    "type": "object",
    "required": ["id"],
    "anyOf": [{"required": ["content_html"]}, {"required": ["content_text"]}],
    "properties": {
        "id": TEXT,
        "url": ADDRESS,
        "external_url": ADDRESS,
        "title": TEXT,
        "content_html": TEXT,
        "content_text": TEXT,
        "summary": TEXT,
        "image": ADDRESS,
        "banner_image": ADDRESS,
        "date_published": DATE,
        "date_modified": DATE,
        "authors": AUTHORS,
        "tags": {"type": "array", "items": TEXT},
        "language": {"type": "string", "pattern": "^[A-Za-z]{2,3}(-[A-Za-z0-9]+)*$"},
    },
    "additionalProperties": False,
}
HUBS = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["type", "url"],
        "properties": {"type": TEXT, "url": ADDRESS},
        "additionalProperties": False,
    },
}
SCHEMA = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "JSON Feed, version 1.1",
    "type": "object",
    "required": ["version", "title", "items"],
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        "title": TEXT,
        "home_page_url": ADDRESS,
        "feed_url": ADDRESS,
        "description": TEXT,
        "user_comment": TEXT,
        "next_url": ADDRESS,
        "icon": ADDRESS,
        "favicon": ADDRESS,
        "authors": AUTHORS,
        "language": {"type": "string", "pattern": "^[A-Za-z]{2,3}(-[A-Za-z0-9]+)*$"},
        "expired": {"type": "boolean"},
        "hubs": HUBS,
        "items": {"type": "array", "items": ITEM},
    },
    "additionalProperties": False,
}


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({}, id="no notes"),
        pytest.param({"content/a.md": note()}, id="a note"),
        pytest.param({"content/a.md": note("", date="1900-01-02", links=None, lang="de-CH")}, id="little known"),
        pytest.param({"digest.toml": settings("[feeds]\nfull_text = false"), "content/a.md": note()}, id="excerpts"),
        pytest.param({"digest.toml": settings(f'[feeds]\nhub = "{HUB}"'), "content/a.md": note()}, id="a hub"),
    ],
)
def test_it_is_what_the_specification_asks_for(project: Project, files: Files) -> None:
    feed = json_feed(project.built(files))
    Draft202012Validator(SCHEMA, format_checker=FormatChecker()).validate(feed)


def test_that_of_the_sample_as_well(sample: Project) -> None:
    feed = json_feed(sample)
    Draft202012Validator(SCHEMA, format_checker=FormatChecker()).validate(feed)
    assert [item["title"] for item in feed["items"]] == [item["title"] for item in items(sample)]


def test_what_it_says_of_itself(sample: Project) -> None:
    feed = json_feed(sample)
    feed.pop("items")
    assert feed == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Digest",
        "home_page_url": BASE,
        "feed_url": f"{BASE}feed.json",
        "description": "Fines & more.",
        "icon": f"{BASE}assets/icon.png",
        "authors": [{"name": "Jo Doe"}],
        "language": "en",
    }


def test_an_item_leads_to_its_page_and_to_its_primary_source(sample: Project) -> None:
    ruling, *_, first = json_feed(sample)["items"]
    first.pop("content_html")
    assert first == {
        "id": uuid.uuid5(uuid.UUID(NAMESPACE), "2019-01-02-first").urn,
        "url": f"{BASE}2019/01/02/first/",
        "external_url": "https://www.cnil.fr/first",
        "title": "The first case",
        "summary": "Text of the first case.",
        "date_published": "2019-01-02T00:00:00+01:00",
        "date_modified": "2024-11-02T00:00:00+01:00",
        "authors": [{"name": "Jo Doe"}],
        "tags": ["fine"],
    }
    assert ruling["language"] == "de"


def test_it_names_the_hub(project: Project) -> None:
    feed = json_feed(project.built({"digest.toml": settings(f'[feeds]\nhub = "{HUB}"')}))
    assert feed["hubs"] == [{"type": "WebSub", "url": HUB}]
