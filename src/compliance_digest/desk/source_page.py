"""What a page on an action says of itself: its title, and the day it was published."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from lxml import etree, html

from compliance_digest.desk.new import NOTHING
from compliance_digest.desk.web import fetch
from compliance_digest.problems import Problem, SettingsInvalid
from compliance_digest.settings_file import load_settings
from compliance_digest.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path
    from zoneinfo import ZoneInfo

    from compliance_digest.desk.answer import Answer

_PUBLISHED = frozenset(
    "article:published_time datepublished date dc.date dc.date.issued dc.date.created dcterms.date dcterms.issued "
    "dcterms.created".split()
)
"""What pages call the date of their publication: Open Graph, schema.org, Dublin Core; in lower case."""

_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ]\d{2}:\d{2}\S*)?", re.ASCII)
_DEEPEST = 20


@dataclass(frozen=True, slots=True)
class SourcePage:
    """A page's title, None where it has none, and the days it may be of: one where that is clear."""

    title: str | None
    days: tuple[date, ...]


def with_page(project: Path, url: str, asked: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """Return what is asked of a new note with a page as its first source, and how the rest was filled in.

    Title and date are the page's, unless they are asked for. Nothing is guessed: raises SettingsInvalid where the page
    doesn't say them clearly, and WebError where it can't be read.
    """
    asked = {**asked, "links": [url, *asked.get("links", ())]}
    if asked.keys() >= {"title", "date"}:
        return asked, []
    settings, _ = load_settings(project)
    answer = fetch(url)
    page = source_page(answer, settings.site.timezone)
    remarks = []
    if answer.permanent:
        remarks.append(f"{url} has moved permanently to {answer.permanent}; the note has the address as it was given")
    if page is None:
        found = answer.content_type or "something that the server does not name"
        message = f"expected a page of HTML at {url}, found {found}"
        raise _unclear(message, "give TITLE and --date")
    if "title" not in asked:
        if page.title is None:
            message = f"{url} has no title"
            raise _unclear(message, "give TITLE")
        asked["title"] = page.title
    if "date" not in asked:
        asked["date"] = _clear(page.days, url)
        remarks.append(f"date {asked['date']}, when the page says it was published; correct it if the action is older")
    return asked, remarks


def _clear(days: tuple[date, ...], url: str) -> date:
    if len(days) == 1:
        return days[0]
    shown = ", ".join(map(str, days[:5]))
    said = f"may have been published on more than one day ({shown})" if days else "doesn't say when it was published"
    message = f"{url} {said}"
    raise _unclear(message, "give the day of the action with --date")


def _unclear(message: str, hint: str) -> SettingsInvalid:
    return SettingsInvalid(NOTHING, [Problem("--from", 0, 0, "error", "unclear-page", message, hint)])


def source_page(answer: Answer, timezone: ZoneInfo) -> SourcePage | None:
    """Return what a page says of itself; None where it is no page of HTML.

    Dates count where the page marks them as those of its publication, and else where it marks any with `<time>`. One
    with a time that is of another day in the time zone is not clear.
    """
    if "html" not in answer.content_type.lower():
        return None
    try:
        root = html.document_fromstring(answer.body, parser=html.HTMLParser(encoding=answer.charset))
    except (etree.LxmlError, LookupError, ValueError):
        return SourcePage(None, ())
    meta = list(_meta(root))
    data = [fields for script in root.iterfind(".//script[@type='application/ld+json']") for fields in _objects(script)]
    stated = [content for name, content in meta if name in _PUBLISHED]
    stated += [fields["datePublished"] for fields in data if "datePublished" in fields]
    stated += [str(each.get("datetime")) for each in root.iterfind(".//time[@itemprop='datePublished']")]
    days = _days(stated, timezone) or _days((str(each.get("datetime")) for each in root.iter("time")), timezone)
    titles = [content for name, content in meta if name == "og:title"]
    titles += [fields["headline"] for fields in data if "headline" in fields]
    titles += [str(element.xpath("string()")) for name in ("h1", "title") for element in root.iter(name)]
    written = (" ".join(clean(title).split()) for title in titles if isinstance(title, str))
    return SourcePage(next(filter(None, written), None), tuple(sorted(days)))


def _meta(root: html.HtmlElement) -> Iterator[tuple[str, str]]:
    """Yield what a page says of itself, by names in lower case."""
    for element in root.iter("meta"):
        for attribute in ("property", "name", "itemprop"):
            if name := element.get(attribute):
                yield str(name).strip().lower(), str(element.get("content") or "")


def _objects(script: html.HtmlElement) -> Iterator[dict[str, Any]]:
    """Yield all objects of a JSON-LD script, the outer ones first."""
    try:
        values = [(json.loads(script.text or ""), 0)]
    except (ValueError, RecursionError):
        return
    for value, depth in values:
        if depth > _DEEPEST:
            continue
        if isinstance(value, dict):
            yield value
            values += [(each, depth + 1) for each in value.values()]
        elif isinstance(value, list):
            values += [(each, depth + 1) for each in value]


def _days(stated: Iterable[object], timezone: ZoneInfo) -> set[date]:
    days: set[date] = set()
    for each in stated:
        match = _MOMENT.fullmatch(each.strip()) if isinstance(each, str) else None
        if match is None:
            continue
        try:
            days.add(date.fromisoformat(match[1]))
            when = datetime.fromisoformat(match[0])
        except ValueError:
            continue
        if when.tzinfo:
            days.add(when.astimezone(timezone).date())
    return days
