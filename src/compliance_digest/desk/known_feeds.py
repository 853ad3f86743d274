"""Which feeds there are: those of the shipped list, and what a project's settings make of it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING

from compliance_digest.problems import SettingsInvalid, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from compliance_digest.archive.authorities import Authorities
    from compliance_digest.settings import FeedSetting

SEE_LIST = "'digest import --list' shows the known ones"


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed's address, and the id of the authority whose it is, where that is known."""

    url: str
    authority: str | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """The feeds known of an authority. `named` tells whether the settings ask for them; None where they are silent."""

    authority: str
    urls: tuple[str, ...]
    named: bool | None


@lru_cache(maxsize=1)
def shipped() -> Mapping[str, tuple[str, ...]]:
    """Return the shipped list: addresses by the authority's id."""
    text = resources.files("compliance_digest.desk").joinpath("feeds.toml").read_text("utf-8")
    return {id_: tuple(urls) for id_, urls in tomllib.loads(text)["feeds"].items()}


def known_feeds(settings: Mapping[str, FeedSetting]) -> list[Known]:
    """Return all feeds of the shipped list and of the settings, by the authorities' ids in their order."""
    return [_known(id_, settings.get(id_)) for id_ in sorted({*shipped(), *settings})]


def _known(id_: str, setting: FeedSetting | None) -> Known:
    urls = setting if isinstance(setting, tuple) else shipped().get(id_, ())
    return Known(id_, urls, None if setting is None else bool(setting))


def named_feeds(settings: Mapping[str, FeedSetting], authorities: Authorities) -> list[Feed]:
    """Return the feeds that the settings ask for. Raises SettingsInvalid where they ask for what isn't known."""
    try:
        return [feed for id_, setting in settings.items() if setting for feed in feeds_of(id_, settings, authorities)]
    except SettingsInvalid as error:
        message = f"digest.toml, under [import.feeds]: {error}"
        raise SettingsInvalid(message) from None


def feeds_of(id_: str, settings: Mapping[str, FeedSetting], authorities: Authorities) -> Iterator[Feed]:
    """Yield the feeds of the authority with this id. Raises SettingsInvalid where none is known, or none is wanted."""
    if id_ not in authorities.ids:
        hint = did_you_mean(id_, [*authorities.ids, *shipped()])
        message = f"'{id_}' is no authority's id; {hint or SEE_LIST}"
        raise SettingsInvalid(message)
    known = _known(id_, settings.get(id_))
    if known.named is False:
        message = f"the feeds of '{id_}' are switched off in digest.toml, under [import.feeds]; take that line away"
        raise SettingsInvalid(message)
    if not known.urls:
        message = (
            f"no feed of '{id_}' is known; give its address, or put it into digest.toml under [import.feeds], as in"
            f' {id_} = "https://…"'
        )
        raise SettingsInvalid(message)
    yield from (Feed(url, id_) for url in known.urls)
