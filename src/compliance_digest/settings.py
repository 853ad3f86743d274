"""What a project's settings may be: the tables of `digest.toml`."""

from __future__ import annotations

import re
import uuid
from datetime import date  # noqa: TC003 (pydantic reads it)
from decimal import Decimal  # noqa: TC003
from typing import Annotated, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from babel import Locale, UnknownLocaleError
from babel.numbers import is_currency
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from compliance_digest.countries import COUNTRIES
from compliance_digest.problems import did_you_mean
from compliance_digest.text import clean, slug, tag_key

DEFAULT_NAMESPACE = uuid.UUID("1d0ae0a5-7dd1-5f0a-8f3a-3c0b5ef1a3b6")
"""The name space of the guids of a site that has none of its own: it depends on nothing that may change."""


def _base_url(value: str) -> str:
    parts = urlsplit(value)
    whole = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0 and value.isascii()
    if not whole or parts.query or parts.fragment or re.search(r"[\s<>\"\\^`{|}]", value):
        message = (
            f"expected the site's address, such as https://example.org/ or https://example.org/digest/, found '{value}'"
        )
        raise ValueError(message)
    return value.rstrip("/") + "/"


def _web_address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or re.search(r"[\s<>\"\\^`{|}]", value):
        message = f"expected a web address, such as https://example.org/page, found '{value}'"
        raise ValueError(message)
    return value


def _currency(value: str) -> str:
    if not is_currency(value):
        message = f"expected an ISO 4217 currency code such as EUR, found '{value}'"
        raise ValueError(message)
    return value


def _exact(value: object) -> object:
    """Take a float for the digits it was written with."""
    return repr(value) if isinstance(value, float) else value


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
        near = did_you_mean(value, available_timezones())
        message = f"expected an IANA time zone such as Europe/Paris, found '{value}'{near and f'; {near}'}"
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


def _domain(value: str) -> str:
    if not re.fullmatch(r"[\w-]+(\.[\w-]+)+", value):
        message = f"expected a host such as dpa.example, without https:// and path, found '{value}'"
        raise ValueError(message)
    return value.removeprefix("www.")


def _clean(value: object) -> object:
    return clean(value) if isinstance(value, str) else value


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


def _feeds(value: object) -> object:
    """Take one address for a list of one."""
    addresses = [value] if isinstance(value, str) else value
    if isinstance(addresses, bool):
        return addresses
    if not isinstance(addresses, list) or not addresses or not all(isinstance(each, str) for each in addresses):
        message = "expected an address, a list of addresses, true or false"
        raise ValueError(message)
    return tuple(_web_address(clean(each).strip()) for each in addresses)


FeedSetting = bool | tuple[str, ...]


def _switch(value: object) -> object:
    if value is True or value is False:
        return value
    message = f"expected true or false, found {value!r}"
    raise ValueError(message)


Period = Literal["week", "month", "none"]
Switch = Annotated[bool, BeforeValidator(_switch)]
MaybeText = Annotated[str, AfterValidator(clean)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1), BeforeValidator(_clean)]


Domain = Annotated[str, StringConstraints(to_lower=True), AfterValidator(_domain)]


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
    licence_url: Annotated[Text, AfterValidator(_web_address)] | None = None
    id: uuid.UUID = DEFAULT_NAMESPACE


class Feeds(_Table):
    """`[feeds]`: how many of the newest items they hold, whether whole or as excerpts, and the WebSub hub, if any."""

    items: Annotated[int, Field(ge=1, le=1000)] = 50
    tag_items: Annotated[int, Field(ge=1, le=1000)] = 50
    full_text: Switch = True
    hub: Annotated[Text, AfterValidator(_web_address)] | None = None


class Editions(_Table):
    """`[editions]`: whether there is one a week (ISO 8601: Monday to Sunday), one a month, or none."""

    period: Period = "week"


class Pages(_Table):
    """`[pages]`: how many notes a page of a list shows."""

    per_page: Annotated[int, Field(ge=1, le=1000)] = 30


class Rates(_Table):
    """`[rates]`: how sums in several currencies are added up: units of each for one unit of `currency`.

    `date` is the day the rates are of, `source` the page that gives them, `title` what that page is called.
    """

    currency: Annotated[Text, AfterValidator(_currency)]
    date: date
    source: Annotated[Text, AfterValidator(_web_address)]
    title: MaybeText = ""
    units: dict[Annotated[str, AfterValidator(_currency)], Annotated[Decimal, Field(gt=0), BeforeValidator(_exact)]]

    @model_validator(mode="after")
    def _one_rate_for_each(self) -> Rates:
        if self.currency in self.units:
            message = f"units has {self.currency}, which the others are converted to; take it out"
            raise ValueError(message)
        return self


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


class Import(_Table):
    """`[import]`: where `digest import` looks when it isn't told where.

    By an authority's id: `true` for the feeds that are known of it, one or several addresses of its feeds, or `false`
    for none.
    """

    feeds: dict[Annotated[str, AfterValidator(_authority_id)], Annotated[FeedSetting, BeforeValidator(_feeds)]] = Field(
        default={}
    )


class Check(_Table):
    """`[check]`: which rules of `digest check` are on, by their codes."""

    model_config = ConfigDict(alias_generator=lambda name: name.replace("_", "-"))

    fine_without_amount: Switch = True
    future_date: Switch = True
    http_link: Switch = True
    long_title: Switch = True
    same_source: Switch = True
    similar_tags: Switch = True
    unknown_authority: Switch = True
    untagged_text: Switch = True
    unused_tag: Switch = True
    link_gone: Switch = True
    link_moved: Switch = True
    link_unchecked: Switch = True

    @property
    def off(self) -> frozenset[str]:
        """The codes of the rules that are off."""
        return frozenset(code for code, on in self.model_dump(by_alias=True).items() if not on)


class Settings(_Table):
    """All of `digest.toml`."""

    site: Site
    feeds: Feeds = Feeds()
    pages: Pages = Pages()
    editions: Editions = Editions()
    rates: Rates | None = None
    tags: Annotated[dict[str, TagSettings], BeforeValidator(_keyed)] = Field(default={})
    authorities: dict[Annotated[str, AfterValidator(_authority_id)], AuthoritySettings] = Field(default={})
    # No page depends on these two: they are not among what pages are made from.
    check: Check = Field(default=Check(), repr=False)
    imports: Import = Field(default=Import(), alias="import", repr=False)


TABLES: dict[str, type[BaseModel]] = {
    "site": Site,
    "feeds": Feeds,
    "pages": Pages,
    "editions": Editions,
    "rates": Rates,
    "tags": TagSettings,
    "authorities": AuthoritySettings,
    "import": Import,
    "check": Check,
}
"""What each table holds; of tags and authorities, each one's."""
