"""A project's settings: `digest.toml`, checked like a note."""

from __future__ import annotations

import re
import tomllib
import uuid
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError

from compliance_digest.countries import COUNTRIES
from compliance_digest.problems import Problem, SettingsInvalid, did_you_mean
from compliance_digest.text import clean, slug, tag_key

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

FILE = "digest.toml"
DEFAULT_NAMESPACE = uuid.UUID("1d0ae0a5-7dd1-5f0a-8f3a-3c0b5ef1a3b6")
"""The name space of the guids of a site that has none of its own: it depends on nothing that may change."""

_NAMES = re.compile(r"\"[^\"]*\"|'[^']*'|[^\s.\"']+")
_HEADER = re.compile(r"\s*\[([^\[\]]+)\]\s*(?:#.*)?$")


def _base_url(value: str) -> str:
    parts = urlsplit(value)
    whole = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0 and value.isascii()
    if not whole or parts.query or parts.fragment or re.search(r"[\s<>\"\\^`{|}]", value):
        message = (
            f"expected the site's address, such as https://example.org/ or https://example.org/digest/, found '{value}'"
        )
        raise ValueError(message)
    return value.rstrip("/") + "/"


def _language(value: str) -> str:
    try:
        Locale.parse(value, sep="-")
    except (ValueError, UnknownLocaleError):
        message = f"expected a language such as en or de-CH, found '{value}'"
        raise ValueError(message) from None
    return value


def _timezone(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        return ZoneInfo(value)
    except (ValueError, KeyError, OSError):
        message = f"expected an IANA time zone such as Europe/Paris, found '{value}'"
        raise ValueError(message) from None


def _authority_id(value: str) -> str:
    if not value or value != slug(value):
        message = f"'{value}' can't stand in an address; write it as {slug(value) or 'letters and hyphens'}"
        raise ValueError(message)
    return value


def _country(value: str) -> str:
    if value not in COUNTRIES:
        message = f"expected an ISO 3166-1 alpha-2 code such as FR, or EU, found '{value}'"
        raise ValueError(message)
    return value


def _keyed(value: object) -> object:
    if not isinstance(value, dict):
        return value
    keyed: dict[str, object] = {}
    for name, each in value.items():
        if tag_key(name) in keyed:
            message = f"'{name}' stands here a second time, written in another way; keep one of them"
            raise ValueError(message)
        keyed[tag_key(name)] = each
    return keyed


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1), AfterValidator(clean)]
MaybeText = Annotated[str, AfterValidator(clean)]


Domain = Annotated[
    str,
    StringConstraints(to_lower=True, pattern=r"^[\w-]+(\.[\w-]+)+$"),
    AfterValidator(lambda domain: domain.removeprefix("www.")),
]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class Site(_Table):
    """`[site]`: what the site is. `id` is the name space of the feeds' guids; it must never change."""

    title: Text
    base_url: Annotated[Text, AfterValidator(_base_url)]
    description: MaybeText = ""
    language: Annotated[Text, AfterValidator(_language)] = "en"
    timezone: Annotated[ZoneInfo, BeforeValidator(_timezone)] = Field(default=ZoneInfo("UTC"))
    author: MaybeText = ""
    licence: MaybeText = ""
    id: uuid.UUID = DEFAULT_NAMESPACE


class Feeds(_Table):
    """`[feeds]`: how many of the newest items they hold, and whether whole or as excerpts."""

    items: Annotated[int, Field(ge=1, le=1000)] = 50
    tag_items: Annotated[int, Field(ge=1, le=1000)] = 50
    full_text: bool = True


class Pages(_Table):
    """`[pages]`: how many notes a page of a list shows."""

    per_page: Annotated[int, Field(ge=1, le=1000)] = 30


class TagSettings(_Table):
    """`[tags.<key>]`: how a tag is called, and what it is about."""

    label: Text | None = None
    description: MaybeText = ""


class AuthoritySettings(_Table):
    """`[authorities.<id>]`: an authority that the shipped table lacks, or what is to be changed in it."""

    short: Text | None = None
    name: Text | None = None
    native: Text | None = None
    country: Annotated[str, AfterValidator(_country)] | None = None
    domains: tuple[Domain, ...] | None = None


class Settings(_Table):
    """All of `digest.toml`."""

    site: Site
    feeds: Feeds = Feeds()
    pages: Pages = Pages()
    tags: Annotated[dict[str, TagSettings], BeforeValidator(_keyed)] = Field(default={})
    authorities: dict[Annotated[str, AfterValidator(_authority_id)], AuthoritySettings] = Field(default={})


def load_settings(project: Path, *, base_url: str | None = None) -> tuple[Settings, list[Problem]]:
    """Return the settings of the project in this folder, and the warnings about them.

    `base_url` goes before that of the file.
    Raises SettingsInvalid where there is no `digest.toml`, where it isn't TOML, or where a value is wrong.
    """
    try:
        text = (project / FILE).read_bytes().decode("utf-8-sig")
        values = tomllib.loads(text)
    except FileNotFoundError:
        message = (
            f"no {FILE} in {project}: this is not a project; make one with 'digest init', or name its folder with -C"
        )
        raise SettingsInvalid(message) from None
    except OSError as error:
        message = f"{project / FILE} can't be read: {error.strerror}"
        raise SettingsInvalid(message) from None
    except UnicodeDecodeError:
        message = f"{FILE} is not UTF-8; save it as UTF-8"
        raise SettingsInvalid(message) from None
    except tomllib.TOMLDecodeError as error:
        raise _not_toml(error) from None
    if base_url is not None and isinstance(values.get("site"), dict):
        values["site"]["base_url"] = base_url
    try:
        return Settings.model_validate(values), []
    except ValidationError as error:
        details = error.errors(include_url=False)
        problems = [_problem(detail, text) for detail in details]
    if any(problem.severity == "error" for problem in problems):
        message = f"{FILE} has errors"
        raise SettingsInvalid(message, problems)
    return Settings.model_validate(_without(values, [detail["loc"] for detail in details])), problems


def _not_toml(error: tomllib.TOMLDecodeError) -> SettingsInvalid:
    match = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
    line, column = (int(match[1]), int(match[2])) if match else (0, 0)
    message = str(error).partition(" (at ")[0]
    hint = "text stands in double quotes" if "Invalid value" in message else ""
    return SettingsInvalid(
        f"{FILE} is not TOML", [Problem(FILE, line, column, "error", "bad-toml", f"not TOML: {message}", hint)]
    )


def _problem(detail: Any, text: str) -> Problem:
    parts = [part for part in detail["loc"] if part != "[key]"]
    way = tuple(str(part) for part in parts)
    name = ".".join(way)
    place = _place(tuple(part for part in parts if isinstance(part, str)), text)
    if detail["type"] == "extra_forbidden":
        hint = did_you_mean(way[-1], _fields_of(way[:-1]))
        message = f"{name}: this setting is not known and was passed over"
        return Problem(FILE, *place, "warning", "unknown-setting", message, hint)
    message = "this setting is required" if detail["type"] == "missing" else detail["msg"].removeprefix("Value error, ")
    return Problem(FILE, *place, "error", "bad-setting", f"{name}: {message}")


def _fields_of(way: tuple[str, ...]) -> list[str]:
    tables: dict[str, type[BaseModel]] = {
        "site": Site, "feeds": Feeds, "pages": Pages, "tags": TagSettings, "authorities": AuthoritySettings,
    }  # fmt: skip
    return list((tables.get(way[0], Settings) if way else Settings).model_fields)


def _without(values: dict[str, Any], ways: Iterable[tuple[str | int, ...]]) -> dict[str, Any]:
    """Return `values` without the settings that the ways lead to."""
    for *way, last in ways:
        holder: Any = values
        for part in way:
            holder = holder[_name_in(holder, part)]
        del holder[last]
    return values


def _name_in(holder: dict[str, Any], part: str | int) -> str:
    """Return the name in the file of a table, which is a tag's key in the settings."""
    return next(name for name in holder if part in (name, tag_key(name)))


def _place(way: tuple[str, ...], text: str) -> tuple[int, int]:
    """Return line and column of a setting's name, of its table's where it isn't there, or (1, 1)."""
    table: list[str] = []
    *above, last = (tag_key(part) for part in way)
    best = (1, 1)
    for number, line in enumerate(text.split("\n"), 1):
        if header := _HEADER.match(line):
            table = [tag_key(part.strip("\"'")) for part in _NAMES.findall(header[1])]
            if table == [*above, last][: len(table)]:
                best = (number, line.index("[") + 1)
        elif table == above and re.match(rf"\s*[\"']?{re.escape(way[-1])}[\"']?\s*=", line):
            return number, len(line) - len(line.lstrip()) + 1
    return best
